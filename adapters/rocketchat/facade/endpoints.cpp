// The endpoint table of Rocket.Chat's calls, and decoders. A request is checked as a server of the route's profile checks it, in
// the same order.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/custom_fields.hpp"
#include "adapters/rocketchat/facade/encode.hpp"
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

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<GetVisitor> get_visitor(const Facade&, const Request& request) {
  return GetVisitor{.visitor = {}, .token = request.parameters[0]};
}

// --- POST livechat/page.visited --------------------------------------------------------------------------------------

Result<RecordPageVisit> record_page_visit(const Facade& facade, const Request& request) {
  const bool old = facade.profile() == Profile::pimenta;
  Result<PageBody> body =
      old ? read_body<page_body_0_70>(request, Validator::check) : read_body<page_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  RecordPageVisit page = operation_of(*std::move(body));
  page.verify = old;
  return page;
}

// --- GET omnichannel/contacts.channels -------------------------------------------------------------------------------

Result<ListContactChannels> list_channels(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::channels);
  if (!query) return std::move(query).error();
  return ListContactChannels{.contact = {value_of(*query, "contactId")}};
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

Result<OpenChat> open_room(const Facade&, const Request& request) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return std::move(query).error();
  OpenChat open;
  bool has_token = false;
  for (const Parameter& one : *query) {
    const bool text = one.form == Parameter::Form::text;
    // Old clients send `undefined` for a missing value.
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
  return open;
}

// --- the table -------------------------------------------------------------------------------------------------------

/// An endpoint and its refusals.
struct Call {
  contract::Endpoint endpoint;
  Refusals refusals{};
};

// The calls of visitors are `open`. Those of integrators are `closed`: they need credentials.
template <class Op, auto decode, auto encode = nullptr>
constexpr Call call(Access access, Method method, std::string_view pattern, contract::QueryParameters query = {},
                    Refusals refusals = {}) {
  const BodyRule body = method == Method::post ? BodyRule::json : BodyRule::none;
  return {contract::endpoint<Op, decode, encode>(
              {.method = method, .pattern = pattern, .body = body, .access = access, .query = query}),
          refusals};
}
template <class Op, auto decode, auto encode = nullptr>
constexpr Call open(Method method, std::string_view pattern, contract::QueryParameters query = {},
                    Refusals refusals = {}) {
  return call<Op, decode, encode>(Access::open, method, pattern, query, refusals);
}
template <class Op, auto decode, auto encode = nullptr>
constexpr Call closed(Method method, std::string_view pattern, contract::QueryParameters query = {},
                      Refusals refusals = {}) {
  return call<Op, decode, encode>(Access::credentials, method, pattern, query, refusals);
}
template <auto answer>
constexpr Call own(std::string_view name, std::string_view pattern, Access access) {
  return {contract::own_answer<answer>(
      name, {.method = Method::post, .pattern = pattern, .body = BodyRule::any, .access = access})};
}

constexpr NotFound no_visitor_by_token{Code::no_such_visitor, 200, R"({"success":true})", true};
constexpr NotFound no_visitor_by_id{Code::no_such_visitor, 400, R"({"success":false,"error":"visitor-not-found"})"};
constexpr NotFound no_user{Code::no_such_agent, 200, R"({"user":null,"success":true})"};
constexpr NotFound no_agent{Code::no_such_agent, 404, R"({"success":false,"error":"Agent not found"})"};
constexpr NotFound no_room{
    Code::no_such_chat, 400,
    R"({"success":false,"error":"The required \"roomId\" or \"roomName\" param provided does not match )"
    R"(any channel [error-room-not-found]","errorType":"error-room-not-found"})"};
constexpr Refusals named{.names_only = true};

constexpr std::array calls = {
    open<RegisterVisitor, &register_visitor, &show_registered>(Method::post, path::visitor),
    open<GetVisitor, &get_visitor>(Method::get, path::visitor_by_token, {}, {no_visitor_by_token}),
    open<SetVisitorVariables, &set_custom_field, &show_custom_field>(Method::post, path::custom_field, {}, named),
    open<SetVisitorVariables, &set_custom_fields, &show_custom_fields>(Method::post, path::custom_fields, {}, named),
    open<RecordPageVisit, &record_page_visit>(Method::post, path::page_visited),
    open<OpenChat, &open_room>(Method::get, path::room, parameters::room, named),
    closed<ListContactChannels, &list_channels>(Method::get, path::channels, parameters::channels),
    closed<GetVisitor, &get_visitor_by_id>(Method::get, path::visitor_info, parameters::visitor_info,
                                           {no_visitor_by_id}),
    closed<ListVisitors, &search_visitors, &show_visitors>(Method::get, path::visitors_search, parameters::visitors),
    closed<ListAgents, &list_users, &show_users>(Method::get, path::agents, parameters::agents),
    closed<GetAgent, &get_user>(Method::get, path::agent, {}, {no_user}),
    closed<SetAgentStatus, &set_agent_status, &show_status>(Method::post, path::agent_status, {}, {no_agent}),
    closed<ListChats, &list_rooms, &show_rooms>(Method::get, path::rooms, parameters::rooms),
    closed<GetChatContact, &get_room>(Method::get, path::room_info, parameters::room_info, {no_room}),
    closed<GetChatContact, &get_pages, &show_pages>(Method::get, path::pages_of_room, parameters::pages),
    own<&answer_login>("Login", path::login, Access::open),
    own<&answer_logout>("Logout", path::logout, Access::credentials),
};
constexpr std::size_t own_calls = 2;

constexpr auto all = [] {
  std::array<contract::Endpoint, calls.size()> rows;
  std::transform(calls.begin(), calls.end(), rows.begin(), [](const Call& one) { return one.endpoint; });
  return rows;
}();

}  // namespace

std::span<const contract::Endpoint> endpoints(bool with_logins) noexcept {
  return std::span(all).first(all.size() - (with_logins ? 0 : own_calls));
}

const Refusals* refusals_of(const contract::Endpoint* endpoint) noexcept {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (&all[i] == endpoint) return &calls[i].refusals;
  }
  return nullptr;
}

}  // namespace parley::rocketchat
