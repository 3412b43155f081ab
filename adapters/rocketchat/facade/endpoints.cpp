// Rocket.Chat's calls: what a request must look like, and the operation it becomes. The rules are those of the servers
// of each profile, down to the order in which they look at a body.
#include <algorithm>

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
using shape::Node;

const Facade& of(const contract::Facade& facade) { return static_cast<const Facade&>(facade); }

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<Operation> get_visitor(const contract::Facade&, const Request& request) {
  return Operation(GetVisitor{.visitor = {}, .token = request.parameters[0]});
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

Result<Operation> record_page_visit(const contract::Facade& facade, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  RecordPageVisit page;
  page.verify = of(facade).profile() == Profile::pimenta;
  Result<void> read = page.verify ? check_page(document.root(), page) : read_page(document.root(), page);
  if (!read) return std::move(read).error();
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
    open(Method::post, path::visitor, operation_kind<RegisterVisitor>, &register_visitor),
    open(Method::get, path::visitor_by_token, operation_kind<GetVisitor>, &get_visitor),
    open(Method::post, path::custom_field, operation_kind<SetVisitorVariables>, &set_custom_field),
    open(Method::post, path::custom_fields, operation_kind<SetVisitorVariables>, &set_custom_fields),
    open(Method::post, path::page_visited, operation_kind<RecordPageVisit>, &record_page_visit),
    open(Method::get, path::room, operation_kind<OpenChat>, &open_room, parameters::room),
    closed(Method::get, path::channels, operation_kind<ListContactChannels>, &list_channels, parameters::channels),
    closed(Method::get, path::visitor_info, operation_kind<GetVisitor>, &get_visitor_by_id, parameters::visitor_info),
    closed(Method::get, path::visitors_search, operation_kind<ListVisitors>, &search_visitors, parameters::visitors),
    closed(Method::get, path::agents, operation_kind<ListAgents>, &list_users, parameters::agents),
    closed(Method::get, path::agent, operation_kind<GetAgent>, &get_user),
    closed(Method::post, path::agent_status, operation_kind<SetAgentStatus>, &set_agent_status),
    closed(Method::get, path::rooms, operation_kind<ListChats>, &list_rooms, parameters::rooms),
    closed(Method::get, path::room_info, operation_kind<GetChatContact>, &get_room, parameters::room_info),
    closed(Method::get, path::pages_of_room, operation_kind<GetChatContact>, &get_pages, parameters::pages),
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
