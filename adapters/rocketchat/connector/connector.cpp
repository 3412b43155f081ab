// The backend, and the function of each operation; see connector.hpp.
#include "adapters/rocketchat/connector/connector.hpp"

#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/credentials.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::rocketchat {
namespace {

/// `chat.example.com:3000` of a URL.
String host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return String(url.substr(0, url.find('/')));
}

/// The function of each operation.
struct Handlers {
  VendorCalls& vendor;

  auto operator()(const GetChatContact& operation) const { return calls::get_chat_contact(vendor, operation); }
  auto operator()(const ListVisitors& operation) const { return calls::list_visitors(vendor, operation); }
  auto operator()(const GetVisitor& operation) const { return calls::get_visitor(vendor, operation); }
  auto operator()(const SetVisitorVariables& operation) const { return calls::set_variables(vendor, operation); }
  auto operator()(const ListAgents& operation) const { return calls::list_agents(vendor, operation); }
  auto operator()(const GetAgent& operation) const { return calls::get_agent(vendor, operation); }
  auto operator()(const SetAgentStatus& operation) const { return calls::set_agent_status(vendor, operation); }
  auto operator()(const RegisterVisitor& operation) const { return calls::register_visitor(vendor, operation); }
  auto operator()(const RecordPageVisit& operation) const { return calls::record_page(vendor, operation); }
  auto operator()(const ListContactChannels& operation) const { return calls::list_channels(vendor, operation); }
  auto operator()(const OpenChat& operation) const { return calls::open_chat(vendor, operation); }
  auto operator()(const ListChats& operation) const { return calls::list_chats(vendor, operation); }
  static contract::Task<Result<Outcome>> refuse(std::string_view why) {
    co_return Error{.code = Code::unsupported_operation, .message = String(why)};
  }
};

}  // namespace

Result<std::unique_ptr<contract::Backend>> Connector::open(const config::Backend& settings) {
  // No quota is assumed: the vendor limits each call by address, and some users have no limits. The client follows the
  // X-RateLimit-* headers of the answers.
  Result<std::shared_ptr<upstream::Upstream>> upstream = upstream::Upstream::open(settings, upstream::Quota{});
  if (!upstream) return std::move(upstream).error();
  return std::unique_ptr<contract::Backend>(std::make_unique<Connector>(*std::move(upstream), settings));
}

Connector::Connector(std::shared_ptr<upstream::Upstream> upstream, const config::Backend& settings)
    : upstream_(std::move(upstream)),
      credentials_(make_credentials(settings)),
      host_(host_of(config::settings_of<upstream::Settings>(settings).url)),
      server_{credentials_, host_} {}

std::unique_ptr<contract::BackendSession> Connector::open_session(const contract::Loop& loop) {
  return std::make_unique<ConnectorSession>(server_, upstream_, loop);
}

Result<void> Connector::load(const contract::Records&) {
  return Error{.code = Code::unsupported_operation,
               .message = "records are loaded into a store, not into a Rocket.Chat server"};
}

contract::Task<Result<Outcome>> ConnectorSession::execute(const Operation& operation, const contract::Call& call) {
  VendorCalls vendor(server_, client_, call);
  const Handlers handlers{vendor};
  co_return co_await contract::dispatch<support>(operation, handlers);
}

void check_backend(const config::Backend& settings, config::Faults& faults) {
  if (config::settings_of<upstream::Settings>(settings).url.empty()) {
    faults.push_back({settings.kind_mark, "backends." + settings.name + ".url",
                      "missing: the Rocket.Chat server, as `https://chat.example.com`"});
  }
  // The last is the page of the vendor's widget, whose address is easily taken for the server's.
  static constexpr std::string_view own[] = {"/api/v1/*/*/*", "/api/info", "/v1", "/livechat"};
  upstream::check_settings(settings, own, faults);
  check_credentials(settings, faults);
}

}  // namespace parley::rocketchat
