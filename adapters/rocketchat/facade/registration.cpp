// POST livechat/visitor: the vendor's check of the body, and what it does with a visitor that passed.
#include "adapters/rocketchat/facade/registration.hpp"

#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;
using shape::Node;

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
Result<void> settle_visitor(const Facade& facade, RegisterVisitor& made, List<String>& dropped) {
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
  if (made.email) made.email = ascii::lower(trim(*made.email));
  if (made.email && made.email->empty()) made.email.reset();
  // Unregistered fields are left out, as the vendor does without a word; we say which.
  for (const CustomField& field : made.fields) {
    if (!facade.keeps(field.name)) dropped.push_back(field.name);
  }
  if (!dropped.empty()) {
    std::erase_if(made.fields, [&facade](const CustomField& field) { return !facade.keeps(field.name); });
  }
  return {};
}

}  // namespace

Result<RegisterVisitor> register_visitor(const Facade& facade, const Request& request, List<String>& dropped) {
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
  if (Result<void> settled = settle_visitor(facade, made, dropped); !settled) return std::move(settled).error();
  made.ip.assign(request.peer);
  made.user_agent.assign(request.header("User-Agent").value_or(""));
  made.host.assign(request.header("Host").value_or(""));
  return made;
}

}  // namespace parley::rocketchat
