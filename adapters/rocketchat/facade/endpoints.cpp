// Rocket.Chat's calls: what a request must look like, and the operation it becomes. The rules are those of the servers
// of each profile, down to the order in which they look at a body.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/custom_fields.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/integrator_api.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/facade/registration.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"

namespace parley::rocketchat {
namespace {

using contract::Access;
using contract::BodyRule;
using http::Method;
using http::Request;

const Facade& of(const contract::Facade& facade) { return static_cast<const Facade&>(facade); }

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<Operation> get_visitor(const contract::Facade&, const Request& request) {
  return Operation(GetVisitor{.visitor = {}, .token = request.parameters[0]});
}

// --- POST livechat/page.visited --------------------------------------------------------------------------------------

Result<Operation> record_page_visit(const contract::Facade& facade, const Request& request) {
  const bool old = of(facade).profile() == Profile::pimenta;
  Result<PageBody> body =
      old ? read_body<page_body_0_70>(request, Validator::check) : read_body<page_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  RecordPageVisit page = operation_of(*std::move(body));
  page.verify = old;
  return Operation(std::move(page));
}

// --- GET omnichannel/contacts.channels -------------------------------------------------------------------------------

Result<Operation> list_channels(const contract::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::channels);
  if (!query) return std::move(query).error();
  return Operation(ListContactChannels{.contact = {value_of(*query, "contactId")}});
}

// --- GET livechat/room -----------------------------------------------------------------------------------------------

/// Whether the request carries both cookies that the widget sets.
bool comes_from_widget(const Request& request) {
  bool widget = false;
  bool livechat = false;
  std::string_view cookies = request.header("Cookie").value_or("");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    const std::string_view cookie = trim(cookies.substr(0, end));
    widget = widget || cookie == "rc_is_widget=t";
    livechat = livechat || cookie == "rc_room_type=l";
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
  }
  return widget && livechat;
}

Result<Operation> open_room(const contract::Facade&, const Request& request) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return std::move(query).error();
  OpenChat open;
  bool has_token = false;
  for (const Parameter& one : *query) {
    const bool text = one.form == Parameter::Form::text;
    // Old clients write `undefined` for what they do not have.
    const String value = one.value == "undefined" ? String() : one.value;
    if (one.name == "token") {
      if (!text) return check::wrong_type("string", "object", "token");
      open.token = one.value;
      has_token = true;
    } else if (one.name == "rid") {
      if (!text) return check::wrong_optional("rid");
      open.chat.text = value;
    } else if (one.name == "agentId") {
      if (!text) return check::wrong_optional("agentId");
      open.agent.text = value;
    } else {
      return check::unknown_key(one.name);
    }
  }
  if (!has_token) return check::missing_key("token", {});
  const bool widget = comes_from_widget(request);
  open.source = widget ? "widget" : "api";
  if (widget) open.source_destination.assign(request.header("Host").value_or(""));
  return Operation(std::move(open));
}

/// A visitor's own calls are open; integrators' need credentials.
constexpr contract::Endpoint open(Method method, std::string_view pattern, OperationKind operation,
                                  Result<Operation> (*decode)(const contract::Facade&, const Request&),
                                  std::span<const contract::QueryParameter> query = {}) {
  const BodyRule body = method == Method::post ? BodyRule::json : BodyRule::none;
  return {.method = method,
          .pattern = pattern,
          .operation = operation,
          .body = body,
          .access = Access::open,
          .decode = decode,
          .query = query};
}
constexpr contract::Endpoint closed(Method method, std::string_view pattern, OperationKind operation,
                                    Result<Operation> (*decode)(const contract::Facade&, const Request&),
                                    std::span<const contract::QueryParameter> query = {}) {
  contract::Endpoint endpoint = open(method, pattern, operation, decode, query);
  endpoint.access = Access::credentials;
  return endpoint;
}

/// What the facade answers by itself.
constexpr contract::Endpoint own(std::string_view pattern, Access access, std::string_view name,
                                 Result<void> (*answer)(const contract::Facade&, const Request&, http::Reply&)) {
  return {Method::post, pattern, {}, BodyRule::any, access, nullptr, answer, name};
}

constexpr std::array all = {
    open(Method::post, path::visitor, OperationKind::register_visitor, &register_visitor),
    open(Method::get, path::visitor_by_token, OperationKind::get_visitor, &get_visitor),
    open(Method::post, path::custom_field, OperationKind::set_visitor_variables, &set_custom_field),
    open(Method::post, path::custom_fields, OperationKind::set_visitor_variables, &set_custom_fields),
    open(Method::post, path::page_visited, OperationKind::record_page_visit, &record_page_visit),
    open(Method::get, path::room, OperationKind::open_chat, &open_room, parameters::room),
    closed(Method::get, path::channels, OperationKind::list_contact_channels, &list_channels, parameters::channels),
    closed(Method::get, path::visitor_info, OperationKind::get_visitor, &get_visitor_by_id, parameters::visitor_info),
    closed(Method::get, path::visitors_search, OperationKind::list_visitors, &search_visitors, parameters::visitors),
    closed(Method::get, path::agents, OperationKind::list_agents, &list_users, parameters::agents),
    closed(Method::get, path::agent, OperationKind::get_agent, &get_user),
    closed(Method::post, path::agent_status, OperationKind::set_agent_status, &set_agent_status),
    closed(Method::get, path::rooms, OperationKind::list_chats, &list_rooms, parameters::rooms),
    closed(Method::get, path::room_info, OperationKind::get_chat_contact, &get_room, parameters::room_info),
    closed(Method::get, path::pages_of_room, OperationKind::get_chat_contact, &get_pages, parameters::pages),
    own(path::login, Access::open, "Login", &answer_login),
    own(path::logout, Access::credentials, "Logout", &answer_logout),
};
constexpr std::size_t own_calls = 2;

}  // namespace

std::span<const contract::Endpoint> endpoints(bool with_logins) noexcept {
  return std::span(all).first(all.size() - (with_logins ? 0 : own_calls));
}

bool is_endpoint(const contract::Endpoint* endpoint) noexcept {
  return std::any_of(all.begin(), all.end(), [endpoint](const contract::Endpoint& one) { return &one == endpoint; });
}
bool is_endpoint(const contract::Endpoint* endpoint, std::string_view pattern) noexcept {
  return is_endpoint(endpoint) && endpoint->pattern == pattern;
}

}  // namespace parley::rocketchat
