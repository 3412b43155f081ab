// Rocket.Chat's calls: what a request must look like, and the operation it becomes. The rules are those of the servers
// of each profile, down to the order in which they look at a body.
#include <algorithm>

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
using shape::Node;

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<GetVisitor> get_visitor(const Facade&, const Request& request) {
  return GetVisitor{.visitor = {}, .token = request.parameters[0]};
}

// --- POST livechat/page.visited --------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> page_required = {"token", "pageInfo"};
constexpr std::array<std::string_view, 3> page_known = {"token", "rid", "pageInfo"};
constexpr std::array<std::string_view, 3> info_keys = {"title", "change", "location"};
constexpr std::array<std::string_view, 1> location_keys = {"href"};

/// Nothing missing, nothing else.
Result<void> keys_of(const Node& node, std::span<const std::string_view> required,
                     std::span<const std::string_view> known, std::string_view path) {
  if (Result<void> object = schema::object(node, path); !object) return object;
  if (Result<void> complete = schema::required(node, required, path); !complete) return complete;
  return schema::nothing_else(node, known, path);
}

/// The JSON Schema of today, walked in its order.
Result<void> read_page(const Node& root, RecordPageVisit& page) {
  const auto text = [](const Node& parent, std::string_view key, std::string_view path, String& value) -> Result<void> {
    const Node* node = parent.find(key);
    if (node == nullptr) return {};
    Result<String> read = schema::string(*node, path);
    if (!read) return std::move(read).error();
    value = std::move(*read);
    return {};
  };
  if (Result<void> keys = keys_of(root, page_required, page_known, {}); !keys) return keys;
  if (Result<void> token = text(root, "token", "token", page.token); !token) return token;
  if (Result<void> rid = text(root, "rid", "rid", page.chat.text); !rid) return rid;
  const Node& info = *root.find("pageInfo");
  if (Result<void> keys = keys_of(info, info_keys, info_keys, "pageInfo"); !keys) return keys;
  if (Result<void> change = text(info, "change", "pageInfo.change", page.change); !change) return change;
  if (Result<void> title = text(info, "title", "pageInfo.title", page.title); !title) return title;
  const Node& location = *info.find("location");
  if (Result<void> keys = keys_of(location, location_keys, location_keys, "pageInfo.location"); !keys) return keys;
  return text(location, "href", "pageInfo.location.href", page.url);
}

/// A member that the check of 0.70 wants: a string to be put somewhere, or an object with members of its own.
struct Wanted {
  std::string_view key;
  std::string_view path;
  String* text = nullptr;
  std::span<const Wanted> members = {};
};

/// Walks the document's members in their order, then looks for what is missing: as the vendor's checker does.
Result<void> check_members(const Node& node, std::string_view path, std::span<const Wanted> wanted, bool others) {
  if (Result<void> object = check::object(node, path); !object) return object;
  for (const Node& child : node) {
    const auto one = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.key == child.key; });
    if (one == wanted.end()) {
      if (!others) return check::unknown_key(child.key);
    } else if (one->text == nullptr) {
      if (Result<void> below = check_members(child, one->path, one->members, true); !below) return below;
    } else {
      Result<String> read = check::string(child, one->path);
      if (!read) return std::move(read).error();
      *one->text = std::move(*read);
    }
  }
  for (const Wanted& one : wanted) {
    if (node.find(one.key) == nullptr) return check::missing_key(one.key, path);
  }
  return {};
}

/// The check of 0.70: the room is required, and more than that below pageInfo is not refused.
Result<void> check_page(const Node& root, RecordPageVisit& page) {
  const std::array<Wanted, 1> location = {{{"href", "pageInfo.location.href", &page.url}}};
  const std::array<Wanted, 3> info = {{{"change", "pageInfo.change", &page.change},
                                       {"title", "pageInfo.title", &page.title},
                                       {"location", "pageInfo.location", nullptr, location}}};
  const std::array<Wanted, 3> body = {
      {{"token", "token", &page.token}, {"rid", "rid", &page.chat.text}, {"pageInfo", "pageInfo", nullptr, info}}};
  return check_members(root, {}, body, false);
}

Result<RecordPageVisit> record_page_visit(const Facade& facade, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  RecordPageVisit page;
  page.verify = facade.profile() == Profile::pimenta;
  Result<void> read = page.verify ? check_page(document.root(), page) : read_page(document.root(), page);
  if (!read) return std::move(read).error();
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
  return open;
}

// --- the table -------------------------------------------------------------------------------------------------------

/// A call, with what is particular to its refusals.
struct Call {
  contract::Endpoint endpoint;
  Refusals refusals{};
};

/// A visitor's own calls are open; integrators' need credentials.
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
