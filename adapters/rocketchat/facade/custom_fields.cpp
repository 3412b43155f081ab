// POST livechat/custom.field and custom.fields; see custom_fields.hpp.
#include "adapters/rocketchat/facade/custom_fields.hpp"

#include <algorithm>

#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;
using shape::Node;

constexpr std::array<std::string_view, 4> single_keys = {"token", "key", "value", "overwrite"};
constexpr std::array<std::string_view, 2> list_keys = {"token", "customFields"};
constexpr std::array<std::string_view, 3> item_keys = {"key", "value", "overwrite"};

/// The checkers of the two profiles, under one name each.
class Checker {
 public:
  explicit Checker(Profile profile) : today_(profile == Profile::v8) {}

  /// `node` is an object with exactly these members. 0.70 looks for unknown ones first and tolerates them in a list.
  [[nodiscard]] Result<void> keys(const Node& node, std::span<const std::string_view> wanted, String path,
                                  bool others) const {
    if (today_) {
      if (Result<void> object = schema::object(node, path); !object) return object;
      if (Result<void> complete = schema::required(node, wanted, path); !complete) return complete;
      return schema::nothing_else(node, wanted, path);
    }
    if (Result<void> object = check::object(node, path); !object) return object;
    if (!others) {
      for (const Node& child : node) {
        if (std::find(wanted.begin(), wanted.end(), child.key) == wanted.end()) return check::unknown_key(child.key);
      }
    }
    for (const std::string_view key : wanted) {
      if (node.find(key) == nullptr) return check::missing_key(key, path);
    }
    return {};
  }

  [[nodiscard]] Result<void> text(const Node& parent, std::string_view key, const String& path, String& value) const {
    const Node& node = *parent.find(key);
    Result<String> read = today_ ? schema::string(node, path) : check::string(node, path);
    if (!read) return std::move(read).error();
    value = std::move(*read);
    return {};
  }

  [[nodiscard]] Result<void> flag(const Node& parent, std::string_view key, const String& path, bool& value) const {
    const Node& node = *parent.find(key);
    const auto is = [&node](std::string_view word, std::string_view digit) {
      return node.text == (node.kind == shape::NodeKind::number ? digit : word);
    };
    if (node.kind == shape::NodeKind::boolean) {
      value = node.text == "true";
      return {};
    }
    const bool scalar = !node.is_array() && !node.is_object();
    if (today_ && scalar) {  // the schema coerces: 1 and "true", 0, "false" and null
      value = is("true", "1");
      if (value || node.kind == shape::NodeKind::null || is("false", "0")) return {};
    }
    if (!today_) return check::wrong_type("boolean", node.is_text() ? "string" : name_of(node.kind), path);
    return Error{
        .code = Code::invalid_field, .message = "must be boolean", .field = path, .detail = {}, .source = by_schema};
  }

 private:
  bool today_;
};

Result<void> read_field(const Checker& checker, const Node& node, const String& prefix, CustomField& field) {
  if (Result<void> key = checker.text(node, "key", prefix + "key", field.name); !key) return key;
  if (Result<void> value = checker.text(node, "value", prefix + "value", field.value); !value) return value;
  return checker.flag(node, "overwrite", prefix + "overwrite", field.overwrite);
}

Result<void> read_single(const Checker& checker, const Node& root, SetVisitorVariables& made) {
  if (Result<void> keys = checker.keys(root, single_keys, {}, false); !keys) return keys;
  if (Result<void> token = checker.text(root, "token", "token", made.token); !token) return token;
  return read_field(checker, root, {}, made.fields.emplace_back());
}

Result<void> read_list(const Checker& checker, const Node& root, SetVisitorVariables& made) {
  if (Result<void> keys = checker.keys(root, list_keys, {}, false); !keys) return keys;
  if (Result<void> token = checker.text(root, "token", "token", made.token); !token) return token;
  const Node& list = *root.find("customFields");
  if (!list.is_array()) {
    return Error{.code = Code::invalid_field,
                 .message = "must be array",
                 .field = "customFields",
                 .detail = {},
                 .source = by_schema};
  }
  for (const Node& node : list) {
    const String path = "customFields[" + std::to_string(made.fields.size()) + ']';
    if (Result<void> keys = checker.keys(node, item_keys, path, true); !keys) return keys;
    if (Result<void> read = read_field(checker, node, path + '.', made.fields.emplace_back()); !read) return read;
  }
  return {};
}

using Read = Result<void> (*)(const Checker& checker, const Node& root, SetVisitorVariables& made);

Result<SetVisitorVariables> decode(const Facade& facade, const Request& request, Read read) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  SetVisitorVariables made;
  if (Result<void> done = read(Checker(facade.profile()), document.root(), made); !done) return std::move(done).error();
  for (const CustomField& field : made.fields) {
    if (facade.keeps(field.name)) continue;
    return Error{.code = Code::unknown_field, .message = {}, .field = field.name, .detail = {}, .source = by_handler};
  }
  return made;
}

void write_field(const CustomField& field, std::string_view key, shape::Writer& writer) {
  writer.begin_object();
  writer.key(key);
  writer.string(field.name);
  writer.key("value");
  writer.string(field.value);
  writer.key("overwrite");
  writer.boolean(field.overwrite);
  writer.end_object();
}

}  // namespace

Result<SetVisitorVariables> set_custom_field(const Facade& facade, const Request& request) {
  return decode(facade, request, &read_single);
}

Result<SetVisitorVariables> set_custom_fields(const Facade& facade, const Request& request) {
  return decode(facade, request, &read_list);
}

void write_custom_field(const CustomField& field, shape::Writer& writer) {
  writer.key("field");
  write_field(field, "key", writer);
}

void write_custom_fields(const List<CustomField>& fields, shape::Writer& writer) {
  writer.key("fields");
  writer.begin_array();
  for (const CustomField& field : fields) write_field(field, "Key", writer);  // a capital letter, as the vendor has it
  writer.end_array();
}

}  // namespace parley::rocketchat
