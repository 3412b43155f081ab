// The vendor's two validators, driven by tables; see body_reader.hpp.
#include "adapters/rocketchat/facade/body_reader.hpp"

#include <algorithm>

#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/codecs.hpp"

namespace parley::rocketchat {
namespace {

using shape::Form;
using shape::Node;
using shape::NodeKind;
using shape::Row;
using shape::Type;
using shape::View;

/// The place of a value in the body. It is converted to text only for an error.
struct Place {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  const Place* above = nullptr;  ///< nullptr: the body itself
  std::string_view key{};
  std::size_t index = none;  ///< of an element of a list

  [[nodiscard]] String path() const {
    if (above == nullptr) return {};
    String path = above->path();
    if (index != none) return path.append("[").append(std::to_string(index)).append("]");
    if (!path.empty()) path += '.';
    return path.append(key);
  }
};

bool is_json_type(std::string_view type) noexcept {
  type = trim(type.substr(0, type.find(';')));
  return ascii::same_ignoring_case(type, "application/json") ||
         (type.size() > 5 && ascii::same_ignoring_case(type.substr(type.size() - 5), "+json"));
}

Type without_null(Type type) noexcept {
  type.nullable = false;
  return type;
}

/// The value of a member, which may be changed; nullptr where it is absent.
Node* find(Node& object, std::string_view key) noexcept { return const_cast<Node*>(object.find(key)); }

/// Calls `check(element, index)` for each element until one fails.
template <class Check>
Result<void> for_each(Node& list, const Check& check) {
  std::size_t index = 0;
  for (Node* one = &list + 1; one != &list + list.span; one += one->span) {
    if (Result<void> good = check(*one, index++); !good) return good;
  }
  return {};
}

// --- check -----------------------------------------------------------------------------------------------------------

Result<void> check_object(const View& view, const Node& node, const Place& place);

Result<void> check_value(const Type& type, const Node& node, const Place& place) {
  if (type.nullable) {
    if (node.kind == NodeKind::null || check_value(without_null(type), node, place)) return {};
    return check::wrong_optional(place.path());
  }
  switch (type.form) {
    case Form::json:
      return {};
    case Form::boolean:
      if (node.kind == NodeKind::boolean) return {};
      return check::wrong_type("boolean", check::type_of(node), place.path());
    case Form::object:
      return check_object(*type.view, node, place);
    case Form::list: {
      if (!node.is_array()) return check::not_an_array(node, place.path());
      std::size_t index = 0;
      for (const Node& child : node) {
        const Place inside{&place, {}, index++};
        if (Result<void> good = check_value(*type.element, child, inside); !good) return good;
      }
      return {};
    }
    case Form::map:
      if (!node.is_object()) return check::wrong_type("object", check::type_of(node), place.path());
      for (const Node& child : node) {
        if (Result<void> good = check_value(*type.element, child, Place{&place, child.key}); !good) return good;
      }
      return {};
    default:  // text
      if (node.is_text()) return {};
      return check::wrong_type("string", check::type_of(node), place.path());
  }
}

Result<void> check_object(const View& view, const Node& node, const Place& place) {
  if (node.is_array()) return check::not_a_plain_object(place.path());
  if (!node.is_object()) return check::wrong_type("object", check::type_of(node), place.path());
  for (const Node& child : node) {
    const Place inside{&place, child.key};
    const int row = view.find(child.key);
    if (row < 0) {
      if (view.closed) return check::unknown_key(inside.path());
      continue;
    }
    Result<void> good = check_value(*view.rows[static_cast<std::size_t>(row)].type, child, inside);
    if (!good) return good;
  }
  for (const Row& row : view.rows) {
    if (row.need == shape::Need::required && node.find(row.key) == nullptr) {
      return check::missing_key(row.key, place.path());
    }
  }
  return {};
}

// --- schema ----------------------------------------------------------------------------------------------------------

Result<void> schema_object(const View& view, Node& node, const Place& place);

/// Converts the value: 1 and "true" are true; 0, "false" and null are false. Errors: invalid_field for any other value.
Result<void> coerce_to_boolean(Node& node, const Place& place) {
  const auto is = [&node](std::string_view word, std::string_view digit) {
    return node.text == (node.kind == NodeKind::number ? digit : word);
  };
  const bool scalar = !node.is_array() && !node.is_object();
  const bool yes = scalar && is("true", "1");
  if (!yes && node.kind != NodeKind::null && !(scalar && is("false", "0"))) {
    return schema::invalid("must be boolean", place.path());
  }
  node.kind = NodeKind::boolean;
  node.text = yes ? "true" : "false";
  return {};
}

/// Converts numbers and booleans to their text, and null to an empty text. Errors: invalid_field for any other value that is not text,
/// and for a text that is not one of the type's words.
Result<void> coerce_to_text(const Type& type, Node& node, const Place& place) {
  if (node.is_array() || node.is_object()) return schema::not_a_string(place.path());
  node.kind = NodeKind::string;
  if (type.form == Form::word && shape::find_word(type.words, node.text) < 0) {
    return schema::invalid("must be equal to one of the allowed values", place.path());
  }
  return {};
}

Result<void> schema_value(const Type& type, Node& node, const Place& place) {
  if (type.nullable && node.kind == NodeKind::null) return {};
  switch (type.form) {
    case Form::json:
      return {};
    case Form::boolean:
      return coerce_to_boolean(node, place);
    case Form::object:
      return schema_object(*type.view, node, place);
    case Form::list:
      if (!node.is_array()) return schema::invalid("must be array", place.path());
      return for_each(node, [&type, &place](Node& child, std::size_t index) {
        return schema_value(*type.element, child, Place{&place, {}, index});
      });
    case Form::map:
      if (!node.is_object()) return schema::invalid("must be object", place.path());
      return for_each(node, [&type, &place](Node& child, std::size_t) {
        return schema_value(*type.element, child, Place{&place, child.key});
      });
    default:
      return coerce_to_text(type, node, place);
  }
}

Result<void> schema_object(const View& view, Node& node, const Place& place) {
  if (!node.is_object()) return schema::invalid("must be object", place.path());
  for (const Row& row : view.rows) {
    if (row.need != shape::Need::required) continue;
    const Node* child = node.find(row.key);
    const bool absent = child == nullptr || (row.type->nullable && child->kind == NodeKind::null);
    if (absent) return schema::missing(row.key, place.path());
  }
  for (const Node& child : node) {
    if (view.closed && view.find(child.key) < 0) return schema::unknown(child.key, place.path());
  }
  for (const Row& row : view.rows) {
    Node* const child = find(node, row.key);
    if (child == nullptr) continue;
    if (Result<void> good = schema_value(*row.type, *child, Place{&place, row.key}); !good) return good;
  }
  return {};
}

}  // namespace

Result<void> parse_body(const http::Request& request, shape::Document& document) {
  const std::string_view text = shape::skip_byte_order_mark(request.body);
  const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  Result<void> parsed = document.parse_json(blank ? "{}" : request.body);
  if (parsed) return parsed;
  Error error = std::move(parsed).error();
  const std::optional<std::string_view> type = request.header("Content-Type");
  if (type && !is_json_type(*type)) error.code = Code::unsupported_media;
  error.message.insert(0, "The body is not valid JSON: ");
  if (error.code == Code::unsupported_media) error.message += "; send JSON with Content-Type: application/json";
  return error;
}

Result<void> validate(const View& view, Validator validator, shape::Document& document) {
  Node& root = document.nodes().front();
  return validator == Validator::check ? check_object(view, root, Place{}) : schema_object(view, root, Place{});
}

}  // namespace parley::rocketchat
