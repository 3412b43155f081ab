// Operations on visitors: get, list, register.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/custom_field_calls.hpp"
#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/rocketchat/connector/lists.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/upstream/errors.hpp"

namespace parley::rocketchat::calls {
namespace {

using shape::Node;

constexpr std::string_view search_call = "GET livechat/visitors.search";

// --- registering -----------------------------------------------------------------------------------------------------

/// Whether a value from a client can be sent as a header value.
bool can_be_a_header(std::string_view value) noexcept {
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char byte) { return byte >= ' ' && byte <= '~'; });
}

upstream::Request registration_request(const RegisterVisitor& operation) {
  upstream::Request request;
  request.method = http::Method::post;
  request.target = upstream::Target(path::visitor);
  request.body.assign(write_body<registration_body>(body_of(operation)).view());
  request.content_type = json_type;
  request.repeatable = false;
  // The server takes a visitor's address and browser from these headers, and limits registrations by address.
  if (can_be_a_header(operation.user_agent)) request.headers.emplace_back("User-Agent", operation.user_agent);
  if (can_be_a_header(operation.ip)) {
    request.headers.emplace_back("X-Real-IP", operation.ip);
    request.headers.emplace_back("X-Forwarded-For", operation.ip);
  }
  return request;
}

void compare_registration(const RegisterVisitor& asked, const Visitor& kept, WriteLosses& losses) {
  const auto first = [](const List<Text>& values) { return values.empty() ? Text() : values.front(); };
  if (asked.name && kept.name != *asked.name) losses.note("visitor.name", "the upstream kept another one");
  if (asked.email && first(kept.emails) != *asked.email)
    losses.note("visitor.emails",
                kept.emails.empty() ? "the upstream keeps none" : "the upstream wrote it its own way");
  if (asked.phone && first(kept.phones) != *asked.phone) losses.note("visitor.phones", "the upstream kept another one");
  if (asked.department && kept.department.text != *asked.department) {
    losses.note("visitor.department", kept.department.empty() ? "the upstream does not show one"
                                                              : "the upstream shows the id of the department");
  }
}

}  // namespace

Result<Visitor> read_visitor(const VendorCalls& vendor, shape::Document& document) {
  const Result<const Node*> node = vendor.object_in(document.root(), "visitor");
  if (!node) return node.error();
  if (*node == nullptr) return not_found(Code::no_such_visitor);
  Visitor made;
  shape::Reading reading(vendor.text_losses(), document.lend());
  shape::read_object(shape::view<visitor>, **node, &made, reading);
  if (made.id.empty()) return vendor.unreadable("visitor has no _id");
  return made;
}

bool is_mapped(std::string_view id) noexcept {
  const std::optional<ids::Guid> guid = ids::parse_guid(id);
  return guid && ids::may_be_mapped(*guid);
}

bool stands_for(std::string_view id, std::string_view canonical) {
  return !canonical.empty() && ids::format(ids::to_guid(canonical)) == id;
}

Error not_found(Code code) {
  const std::string_view what = code == Code::no_such_visitor ? "visitor"
                                : code == Code::no_such_agent ? "agent"
                                                              : "chat";
  return upstream::fault(code, "no such " + String(what));
}

contract::Task<Result<Visitor>> visitor_by_token(VendorCalls& vendor, const Text& token) {
  upstream::Target target(path::visitor);
  target.segment(token);
  if (!target.good()) co_return not_found(Code::no_such_visitor);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET livechat/visitor/:token", target, document);
  if (!read) co_return read.error();
  co_return read_visitor(vendor, document);
}

contract::Task<Result<Visitor>> visitor_by_id(VendorCalls& vendor, const VisitorId& id) {
  Text asked = id.text;
  if (is_mapped(asked)) {
    const Quiet quiet(vendor);
    const Result<upstream::Listed<Visitor>> read = co_await read_visitors(vendor);
    if (!read) co_return read.error();
    const List<Visitor>& all = read->records;
    const auto same = [&asked](const Visitor& one) {
      return stands_for(asked, one.id.text) || stands_for(asked, one.token);
    };
    const auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end()) co_return not_found(Code::no_such_visitor);
    asked = found->id.text;
  }
  upstream::Target target(path::visitor_info);
  target.query("visitorId", asked);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET livechat/visitors.info", target, document);
  if (!read) co_return read.error();
  co_return read_visitor(vendor, document);
}

contract::Task<Result<upstream::Listed<Visitor>>> read_visitors(VendorCalls& vendor) {
  upstream::Target target(path::visitors_search);
  target.query("term", "");
  const Wanted<Visitor> all;
  co_return co_await read_list<Visitor>(vendor, search_call, target, "visitors", shape::view<visitor>, all);
}

Answer list_visitors(VendorCalls& vendor, const ListVisitors& operation) {
  return answer_list<Visitor>(vendor, search_call, path::visitors_search, "visitors", shape::view<visitor>,
                              operation.query, &read_visitors);
}

Answer get_visitor(VendorCalls& vendor, const GetVisitor& operation) {
  if (operation.visitor.empty()) {
    Result<Visitor> found = co_await visitor_by_token(vendor, operation.token);
    if (!found) co_return std::move(found).error();
    co_return Outcome(Ref<Visitor>(*std::move(found)));
  }
  Result<Visitor> found = co_await visitor_by_id(vendor, operation.visitor);
  if (!found) co_return std::move(found).error();
  co_return Outcome(Ref<Visitor>(*std::move(found)));
}

Answer register_visitor(VendorCalls& vendor, const RegisterVisitor& operation) {
  if (operation.by_agent) {
    co_return fault(by_rocketchat, Code::unsupported_operation,
                    "what an agent notes of a visitor is not sent to the server");
  }
  WriteLosses losses(vendor.call());
  if (vendor.call().lossless && !operation.fields.empty()) {
    const Result<void> asked = co_await predict(vendor, operation.fields, losses);
    if (!asked) co_return asked.error();
  }
  if (Result<void> good = losses.before(); !good) co_return std::move(good).error();
  const upstream::Request request = registration_request(operation);
  shape::Document document;
  Result<void> sent = co_await vendor.send("POST livechat/visitor", request, document);
  if (!sent && is_unregistered_field(sent.error())) {
    // 0.70 registers the visitor, and then refuses the first field that it does not know.
    upstream::Target target(path::visitor);
    target.segment(operation.token);
    sent = co_await vendor.get("GET livechat/visitor/:token", target, document);
  }
  if (!sent) co_return std::move(sent).error();
  Result<Visitor> kept = read_visitor(vendor, document);
  if (!kept) {
    Error error = std::move(kept).error();
    if (error.code == Code::no_such_visitor) error = vendor.unreadable("no visitor in the answer");
    co_return error;
  }
  compare_registration(operation, *kept, losses);
  compare_fields(document, operation.fields, losses);
  if (Result<void> good = losses.after(); !good) co_return std::move(good).error();
  co_return Outcome(Ref<Visitor>(*std::move(kept)));
}

}  // namespace parley::rocketchat::calls
