// Opens the connector, builds and sends its requests, and finds the list in an answer.
#include "adapters/comm100/connector/connector.hpp"

#include <charconv>

#include "adapters/comm100/fields.hpp"
#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "adapters/upstream/figures.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

// The vendor's quota for each address.
constexpr upstream::Quota vendor_quota{.calls = 300, .per = std::chrono::minutes(5)};
constexpr std::size_t most_parameters = 16;

}  // namespace

Result<std::unique_ptr<contract::Backend>> Connector::open(const config::Backend& settings) {
  auto api = upstream::Upstream::open(settings, vendor_quota);
  if (!api) return std::move(api).error();
  Result<Access> access = open_access(settings);
  if (!access) return std::move(access).error();
  return std::unique_ptr<contract::Backend>(std::make_unique<Connector>(
      *std::move(api), *std::move(access), config::settings_of<BackendAuth>(settings).site_id));
}

std::unique_ptr<contract::BackendSession> Connector::open_session(const contract::Loop& loop) {
  return std::make_unique<ConnectorSession>(*this, loop);
}

void Connector::measure_times(List<contract::Timing>& timings) const {
  if (access_.tokens == nullptr) return api_->measure_times(timings);
  upstream::measure_times_of_both(*api_, *access_.tokens, timings);
}

void Connector::measure(List<contract::Figure>& figures) const {
  if (access_.tokens == nullptr) return api_->measure(figures);
  upstream::measure_both(*api_, *access_.tokens, figures);
}

void Connector::describe(List<contract::UpstreamStatus>& upstreams) const {
  api_->describe(upstreams);
  if (access_.tokens != nullptr) access_.tokens->describe(upstreams);
}

void Connector::report_to(const std::shared_ptr<contract::EventSink>& sink) {
  api_->report_to(sink);
  if (access_.tokens != nullptr) access_.tokens->report_to(sink);
}

Result<void> Connector::load(const contract::Records&) {
  return fault(Code::unsupported_operation, "records cannot be loaded into a Comm100 site");
}

upstream::Request ConnectorSession::request(std::string_view path, std::string_view id) const {
  upstream::Request made;
  made.target = upstream::Target(path);
  if (ids::is_lower_guid(id)) {
    made.target.segment(id);
  } else if (!id.empty()) {
    made.target.segment(ids::format(ids::to_guid(id)));
  }
  if (!connector_.site_.empty()) made.target.query("siteId", connector_.site_);
  return made;
}

contract::Task<Result<upstream::Response>> ConnectorSession::ask(const upstream::Request& request, OperationKind kind,
                                                                 Code absent, const Call& call) {
  Result<upstream::Response> answer = co_await connector_.access_.credentials->send(clients_, request, call);
  if (!answer) co_return answer;
  std::atomic<bool>& allowed = connector_.allowed_[static_cast<std::size_t>(kind)];
  if (answer->status < 200 || answer->status > 299) {
    const std::string_view sent = kind == operation_kind<SetAgentStatus>        ? "status"
                                  : kind == operation_kind<SetVisitorVariables> ? "variables"
                                                                                : "";
    const bool wrote = request.method == http::Method::put;
    co_return explain(*answer, {.absent = absent,
                                .sent = wrote ? sent : std::string_view{},
                                .allowed_before = allowed.load(std::memory_order_relaxed)});
  }
  allowed.store(true, std::memory_order_relaxed);
  co_return answer;
}

std::optional<ListPage> find_page(const shape::Node& root, std::string_view plural) noexcept {
  ListPage page;
  if (root.is_array()) {
    page.items = &root;
    return page;
  }
  if (!root.is_object()) return {};
  for (const shape::Node& member : root) {
    if (ascii::same_ignoring_case(member.key, plural)) page.items = &member;
  }
  if (page.items == nullptr) page.items = root.find("list");
  if (page.items == nullptr || !page.items->is_array()) return {};
  if (const shape::Node* next = root.find("nextPage")) {
    if (next->is_text()) page.next = next->text;
    page.more = !page.next.empty();
  } else if (const shape::Node* total = root.find("total"); total != nullptr) {
    page.more = page.items->size > 0;  // the envelope of searches has no nextPage
    std::size_t count = 0;
    const auto [end, fault] = std::from_chars(total->text.data(), total->text.data() + total->text.size(), count);
    if (fault == std::errc{}) page.total = count;
  }
  return page;
}

void follow(std::string_view next, upstream::Target& target) {
  const std::size_t mark = next.find('?');
  if (mark == std::string_view::npos) return;
  http::QueryPairs pairs(next.substr(mark + 1, next.find('#') - mark - 1));
  for (std::size_t count = 0; count < most_parameters; ++count) {
    const auto pair = pairs.next();
    if (!pair) return;
    const auto name = http::percent_decode(pair->first, true);
    const auto value = http::percent_decode(pair->second, true);
    if (name && value && !ascii::same_ignoring_case(*name, "siteId")) target.query(*name, *value);
  }
}

}  // namespace parley::comm100
