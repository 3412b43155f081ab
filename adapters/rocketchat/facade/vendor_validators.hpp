// The two checkers of a Rocket.Chat server, with their texts: `check` (older: visitor, room) and JSON Schema (newer:
// page.visited, contacts.channels). The errors say by `source` which one refused, because their documents differ.
#pragma once

#include "adapters/http/request.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

inline constexpr std::string_view by_check = "rocketchat.check";      ///< message is complete: `Match error: …`
inline constexpr std::string_view by_schema = "rocketchat.schema";    ///< message lacks its suffix ` [invalid-params]`
inline constexpr std::string_view by_sort = "rocketchat.sort";        ///< the checker of `sort`; message is complete
inline constexpr std::string_view by_login = "rocketchat.login";      ///< the account system
inline constexpr std::string_view by_handler = "rocketchat.handler";  ///< a rule of the call itself

/// The body as JSON, whatever its Content-Type says: people forget the header. No body is `{}`. Errors: those of the
/// parser, their messages with line and column; unsupported_media where the type is another and it is no JSON either.
Result<void> parse_body(const http::Request& request, shape::Document& document);

/// `check`: what a value must be. `path` is the vendor's (`visitor.token`), empty for the body itself.
namespace check {
[[nodiscard]] Error missing_key(std::string_view key, std::string_view path);
/// Only the key is named, as the vendor does.
[[nodiscard]] Error unknown_key(std::string_view key);
/// `got`: number, boolean, null, object, string, undefined.
[[nodiscard]] Error wrong_type(std::string_view expected, std::string_view got, std::string_view path);
/// An optional value that is neither absent, null nor right.
[[nodiscard]] Error wrong_optional(std::string_view path);

Result<void> object(const shape::Node& node, std::string_view path);
Result<String> string(const shape::Node& node, std::string_view path);
/// null is absent.
Result<std::optional<String>> optional_string(const shape::Node& node, std::string_view path);
}  // namespace check

/// JSON Schema: only the first error, in the order missing, unknown, then member by member. `path` is for our log.
namespace schema {
Result<void> object(const shape::Node& node, std::string_view path);
Result<void> required(const shape::Node& node, std::span<const std::string_view> keys, std::string_view path);
Result<void> nothing_else(const shape::Node& node, std::span<const std::string_view> keys, std::string_view path);
/// Numbers and booleans become their text, null becomes empty, as the vendor coerces them.
Result<String> string(const shape::Node& node, std::string_view path);
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
  String value;  ///< the first one
  Form form = Form::text;
  List<String> more = {};  ///< the other ones
};
/// In the order of their first appearance. Errors: malformed_request.
Result<List<Parameter>> parse_query(std::string_view query);

/// Without the blanks at both ends that JavaScript's trim() takes away.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace parley::rocketchat
