// Rocket.Chat's calls: what a request must look like, and the operation it becomes. The rules are those of the servers
// of each profile, down to the order in which they look at a body.
#include <algorithm>

#include "adapters/rocketchat/checks.hpp"
#include "adapters/rocketchat/facade.hpp"

namespace parley::rocketchat {
namespace {

using adapters::Access;
using adapters::BodyRule;
using adapters::Method;
using adapters::Request;
using shape::Node;

const Facade& of(const adapters::Facade& facade) { return static_cast<const Facade&>(facade); }

String lower_case(std::string_view text) {
  String lower(text);
  for (char& byte : lower) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return lower;
}

// --- POST livechat/visitor -------------------------------------------------------------------------------------------

/// An element of customFields. nullopt: not what it must be; the vendor's text then blames the list as a whole.
std::optional<CustomField> read_custom_field(const Node& node) {
  const Node* key = node.find("key");
  const Node* value = node.find("value");
  const Node* overwrite = node.find("overwrite");
  if (key == nullptr || value == nullptr || overwrite == nullptr) return {};
  if (!key->is_text() || !value->is_text() || overwrite->kind != shape::NodeKind::boolean) return {};
  return CustomField{String(key->text), String(value->text), overwrite->text == "true"};
}

Result<List<CustomField>> read_custom_fields(const Node& node) {
  List<CustomField> fields;
  if (node.kind == shape::NodeKind::null) return fields;
  if (!node.is_array()) return check::wrong_optional("visitor.customFields");
  for (const Node& child : node) {
    std::optional<CustomField> field = read_custom_field(child);
    if (!field) return check::wrong_optional("visitor.customFields");
    fields.push_back(std::move(*field));
  }
  return fields;
}

/// Takes the value unless it is empty: the vendor leaves a visitor's value alone then.
Result<void> take(const Node& node, std::string_view path, std::optional<String>& value) {
  Result<std::optional<String>> read = check::optional_string(node, path);
  if (!read) return std::move(read).error();
  if (*read && !(*read)->empty()) value = std::move(*read);
  return {};
}

/// Checked in the order of the document, as the vendor's checker walks it; other members are ignored.
Result<void> read_visitor(const Node& node, RegisterVisitor& made) {
  if (Result<void> object = check::object(node, "visitor"); !object) return object;
  std::optional<String> username;
  bool has_token = false;
  for (const Node& child : node) {
    Result<void> taken;
    if (child.key == "token") {
      Result<String> token = check::string(child, "visitor.token");
      if (!token) return std::move(token).error();
      made.token = std::move(*token);
      has_token = true;
    } else if (child.key == "name") {
      taken = take(child, "visitor.name", made.name);
    } else if (child.key == "email") {
      taken = take(child, "visitor.email", made.email);
    } else if (child.key == "phone") {
      taken = take(child, "visitor.phone", made.phone);
    } else if (child.key == "department") {
      taken = take(child, "visitor.department", made.department);
    } else if (child.key == "username") {
      taken = take(child, "visitor.username", username);
    } else if (child.key == "customFields") {
      Result<List<CustomField>> fields = read_custom_fields(child);
      if (!fields) return std::move(fields).error();
      made.fields = std::move(*fields);
    } else if (child.key == "id" && child.is_text()) {
      made.id.text.assign(child.text);
    }
    if (!taken) return taken;
  }
  if (!has_token) return check::missing_key("token", "visitor");
  if (username) made.username = std::move(*username);
  return {};
}

/// What the vendor does with a visitor that passed the check.
Result<void> settle_visitor(const Facade& facade, RegisterVisitor& made) {
  const auto refuse = [](Code code, const char* message, const char* field) {
    return Error{.code = code, .message = message, .field = field, .detail = {}, .source = by_handler};
  };
  if (trim(made.token).empty()) return refuse(Code::invalid_field, "Token cannot be empty", "visitor.token");
  if (facade.profile() == Profile::pimenta) {
    made.identity = IdentityRule::token_email;
    for (const CustomField& field : made.fields) {
      if (!facade.keeps(field.name)) return refuse(Code::unknown_field, "", "visitor.customFields");
    }
    return {};
  }
  made.identity = IdentityRule::token_phone_email;
  if (made.email) made.email = lower_case(trim(*made.email));
  if (made.email && made.email->empty()) made.email.reset();
  // Unregistered fields are left out, as the vendor does; encode reports them.
  std::erase_if(made.fields, [&facade](const CustomField& field) { return !facade.keeps(field.name); });
  return {};
}

Result<Operation> register_visitor(const adapters::Facade& facade, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  if (Result<void> object = check::object(document.root(), {}); !object) return std::move(object).error();
  RegisterVisitor made;
  bool has_visitor = false;
  for (const Node& child : document.root()) {
    if (child.key != "visitor") return check::unknown_key(child.key);
    if (Result<void> read = read_visitor(child, made); !read) return std::move(read).error();
    has_visitor = true;
  }
  if (!has_visitor) return check::missing_key("visitor", {});
  if (Result<void> settled = settle_visitor(of(facade), made); !settled) return std::move(settled).error();
  made.ip.assign(request.peer);
  made.user_agent.assign(request.header("User-Agent").value_or(""));
  made.host.assign(request.header("Host").value_or(""));
  return Operation(std::move(made));
}

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<Operation> get_visitor(const adapters::Facade&, const Request& request) {
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

Result<Operation> record_page_visit(const adapters::Facade& facade, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  RecordPageVisit page;
  page.verify = of(facade).profile() == Profile::pimenta;
  Result<void> read = page.verify ? check_page(document.root(), page) : read_page(document.root(), page);
  if (!read) return std::move(read).error();
  return Operation(std::move(page));
}

// --- GET omnichannel/contacts.channels -------------------------------------------------------------------------------

Result<Operation> list_channels(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return std::move(query).error();
  const Parameter* contact = nullptr;
  const Parameter* other = nullptr;
  for (const Parameter& one : *query) {
    (one.name == "contactId" ? contact : other) = &one;
  }
  if (contact == nullptr) return schema::missing("contactId", {});
  if (other != nullptr) return schema::unknown(other->name, {});
  // A list of one is coerced to its element; anything longer or deeper is not.
  if (contact->form == Parameter::Form::object || contact->values > 1) return schema::not_a_string("contactId");
  return Operation(ListContactChannels{.contact = {contact->value}});
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

Result<Operation> open_room(const adapters::Facade&, const Request& request) {
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

constexpr std::array<adapters::Endpoint, 5> all = {{
    {Method::post, "/api/v1/livechat/visitor", OperationKind::register_visitor, BodyRule::json, Access::open,
     &register_visitor},
    {Method::get, "/api/v1/livechat/visitor/:token", OperationKind::get_visitor, BodyRule::none, Access::open,
     &get_visitor},
    {Method::post, "/api/v1/livechat/page.visited", OperationKind::record_page_visit, BodyRule::json, Access::open,
     &record_page_visit},
    {Method::get, "/api/v1/livechat/room", OperationKind::open_chat, BodyRule::none, Access::open, &open_room},
    {Method::get, "/api/v1/omnichannel/contacts.channels", OperationKind::list_contact_channels, BodyRule::none,
     Access::credentials, &list_channels},
}};

}  // namespace

std::span<const adapters::Endpoint> endpoints() noexcept { return all; }

bool is_endpoint(const adapters::Endpoint* endpoint) noexcept {
  return std::any_of(all.begin(), all.end(), [endpoint](const adapters::Endpoint& one) { return &one == endpoint; });
}
bool is_endpoint(const adapters::Endpoint* endpoint, OperationKind operation) noexcept {
  return is_endpoint(endpoint) && endpoint->operation == operation;
}

List<String> custom_field_names(std::string_view body) {
  List<String> names;
  shape::Document document;
  if (!document.parse_json(body)) return names;
  const Node* visitor = document.root().find("visitor");
  const Node* fields = visitor == nullptr ? nullptr : visitor->find("customFields");
  if (fields == nullptr || !fields->is_array()) return names;
  for (const Node& field : *fields) {
    if (const Node* key = field.find("key")) names.emplace_back(key->text);
  }
  return names;
}

}  // namespace parley::rocketchat
