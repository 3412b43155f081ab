// The errors of a Rocket.Chat server's two validators, with their texts: `check` (the older one: visitor, room) and JSON Schema
// (the newer one: page.visited, contacts.channels). The `source` of an error is the validator, because their documents differ.
#pragma once

#include "adapters/http/request.hpp"
#include "adapters/rocketchat/errors.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

/// The errors of `check`. `path` is in the vendor's notation (`visitor.token`); empty for the body itself.
namespace check {
/// The type of a value by JavaScript's typeof, except that null is `null`, as in the vendor's validator.
[[nodiscard]] std::string_view type_of(const shape::Node& node) noexcept;
[[nodiscard]] Error missing_key(std::string_view key, std::string_view path);
[[nodiscard]] Error unknown_key(std::string_view path);
/// `got`: a word of type_of, or undefined.
[[nodiscard]] Error wrong_type(std::string_view expected, std::string_view got, std::string_view path);
/// The message repeats the value, as the vendor's message does.
[[nodiscard]] Error not_an_array(const shape::Node& node, std::string_view path);
/// The error of an array where an object is expected.
[[nodiscard]] Error not_a_plain_object(std::string_view path);
/// The error of an optional value that is neither null nor valid.
[[nodiscard]] Error wrong_optional(std::string_view path);
}  // namespace check

/// The errors of JSON Schema. The vendor reports only the first. `path` is not shown to clients.
namespace schema {
[[nodiscard]] Error missing(std::string_view key, std::string_view path);
[[nodiscard]] Error unknown(std::string_view key, std::string_view path);
[[nodiscard]] Error not_a_string(std::string_view path);
/// `what` is the vendor's text: `must be number`.
[[nodiscard]] Error invalid(std::string_view what, std::string_view path);
}  // namespace schema

/// A query parameter as the vendor's parser sees it: one text, a list (`a=1&a=2`, `a[]=1`) or an object (`a[b]=1`).
struct Parameter {
  enum class Form : std::uint8_t { text, list, object };
  String name;
  String value;  ///< the first value
  Form form = Form::text;
  List<String> more = {};  ///< the other values
};
/// The parameters of a query, in the order of their first appearance. Errors: malformed_request.
Result<List<Parameter>> parse_query(std::string_view query);

/// Removes at both ends the blanks that JavaScript's trim() removes.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace parley::rocketchat
