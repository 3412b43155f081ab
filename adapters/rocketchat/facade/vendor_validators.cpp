// The validators' texts; see vendor_validators.hpp.
#include "adapters/rocketchat/facade/vendor_validators.hpp"

#include <algorithm>

#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"

namespace parley::rocketchat {
namespace {

using shape::Node;
using shape::NodeKind;

String join(std::string_view path, std::string_view key) {
  String joined(path);
  if (!joined.empty()) joined += '.';
  return joined.append(key);
}

}  // namespace

namespace check {

std::string_view type_of(const Node& node) noexcept {
  switch (node.kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::boolean:
      return "boolean";
    case NodeKind::number:
      return "number";
    case NodeKind::string:
    case NodeKind::plain:
      return "string";
    case NodeKind::array:
    case NodeKind::object:
      return "object";
  }
  return "undefined";
}

Error missing_key(std::string_view key, std::string_view path) {
  String message = "Match error: Missing key '" + String(key) + '\'';
  if (!path.empty()) message.append(" in field ").append(path);
  return fault(by_check, Code::missing_field, std::move(message), join(path, key));
}

Error unknown_key(std::string_view path) {
  return fault(by_check, Code::unknown_field, "Match error: Unknown key in field " + String(path), String(path));
}

Error wrong_type(std::string_view expected, std::string_view got, std::string_view path) {
  String message = "Match error: Expected " + String(expected) + ", got " + String(got);
  if (!path.empty()) message.append(" in field ").append(path);
  return fault(by_check, Code::invalid_field, std::move(message), String(path));
}

Error wrong_optional(std::string_view path) {
  return fault(by_check, Code::invalid_field,
               "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field " + String(path),
               String(path));
}

Error not_an_array(const Node& node, std::string_view path) {
  String message = "Match error: Expected array, got " + String(node.raw);
  if (!path.empty()) message.append(" in field ").append(path);
  return fault(by_check, Code::invalid_field, std::move(message), String(path));
}

Error not_a_plain_object(std::string_view path) {
  String message = "Match error: Expected plain object";
  if (!path.empty()) message.append(" in field ").append(path);
  return fault(by_check, Code::invalid_field, std::move(message), String(path));
}

}  // namespace check

namespace schema {

Error missing(std::string_view key, std::string_view path) {
  return fault(by_schema, Code::missing_field, "must have required property '" + String(key) + '\'', join(path, key));
}

Error unknown(std::string_view key, std::string_view path) {
  return fault(by_schema, Code::unknown_field, "must NOT have additional properties", join(path, key));
}

Error not_a_string(std::string_view path) { return invalid("must be string", path); }

Error invalid(std::string_view what, std::string_view path) {
  return fault(by_schema, Code::invalid_field, String(what), String(path));
}

}  // namespace schema

Result<List<Parameter>> parse_query(std::string_view query) {
  List<Parameter> parameters;
  http::QueryPairs pairs(query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = http::percent_decode(pair->first, true);
    std::optional<String> value = http::percent_decode(pair->second, true);
    if (!key || !value) return Error{.code = Code::malformed_request, .message = "Invalid query parameters"};
    const std::size_t bracket = key->find('[', 1);
    const String name = key->substr(0, bracket);
    if (name.empty()) continue;
    auto form = Parameter::Form::text;
    if (bracket != String::npos) {
      const String inside = key->substr(bracket);
      const bool index =
          inside.size() >= 2 && inside.back() == ']' && inside.find_first_not_of("0123456789", 1) == inside.size() - 1;
      form = index ? Parameter::Form::list : Parameter::Form::object;
    }
    const auto same = [&name](const Parameter& one) { return one.name == name; };
    const auto found = std::find_if(parameters.begin(), parameters.end(), same);
    if (found == parameters.end()) {
      parameters.push_back({name, std::move(*value), form});
    } else {
      found->more.push_back(std::move(*value));
      if (found->form == Parameter::Form::text) found->form = Parameter::Form::list;
      if (form == Parameter::Form::object) found->form = form;
    }
  }
  return parameters;
}

namespace {
/// The length in bytes of the blank at the beginning of `text`; 0 = none. Blanks are white space and line ends of ECMAScript.
std::size_t leading_blank(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  if (text.starts_with("\xc2\xa0")) return 2;
  if (text.starts_with("\xe2\x80") && text.size() >= 3) {
    const auto last = static_cast<unsigned char>(text[2]);
    return (last >= 0x80 && last <= 0x8a) || last == 0xa8 || last == 0xa9 || last == 0xaf ? 3 : 0;
  }
  for (const std::string_view three : {"\xe1\x9a\x80", "\xe2\x81\x9f", "\xe3\x80\x80", "\xef\xbb\xbf"}) {
    if (text.starts_with(three)) return 3;
  }
  return 0;
}
}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (const std::size_t blank = leading_blank(text)) text.remove_prefix(blank);
  const auto ends_blank = [&text](std::size_t bytes) {
    return text.size() >= bytes && leading_blank(text.substr(text.size() - bytes)) == bytes;
  };
  for (;;) {
    if (ends_blank(1)) {
      text.remove_suffix(1);
    } else if (ends_blank(2)) {
      text.remove_suffix(2);
    } else if (ends_blank(3)) {
      text.remove_suffix(3);
    } else {
      return text;
    }
  }
}

}  // namespace parley::rocketchat
