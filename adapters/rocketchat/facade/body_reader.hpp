// Reads the JSON body of a request by its table. First it checks the body like one of the vendor's two validators, and refuses it
// in the words of that validator.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::rocketchat {

/// `check`: the older validator, of visitor registration and of all calls of 0.70. `schema`: JSON Schema, of the newer calls.
enum class Validator : std::uint8_t { check, schema };

/// The validator of a facade's profile.
[[nodiscard]] inline Validator validator_of(const Facade& facade) noexcept {
  return facade.profile() == Profile::pimenta ? Validator::check : Validator::schema;
}

/// Parses the body as JSON whatever its Content-Type, because clients forget the header. An empty body counts as `{}`. Errors: those
/// of the parser, with line and column in the message; unsupported_media, where the body is not JSON and its type is another one.
Result<void> parse_body(const http::Request& request, shape::Document& document);

/// Returns the first fault of a parsed body, in the order of the vendor's validator. Errors, with the source by_check or by_schema:
/// missing_field, unknown_field, invalid_field. `field` is the path: `customFields[1].key`.
///
/// check: checks the members in the order of the document, then looks for missing ones. A fault inside an optional value is
/// reported at the path of the optional value.
/// schema: looks for missing members, then for unknown ones, then checks the rows in their order. As the vendor's library does, it
/// converts scalars in `document` to the type of their row: 1 to "1", "true" to true, null to "" or false.
Result<void> validate(const shape::View& view, Validator validator, shape::Document& document);

/// Parses, validates, and reads by the table. Errors: those of parse_body and validate.
template <const auto& TableRef>
auto read_body(const http::Request& request, Validator validator) {
  using Body = typename std::remove_cvref_t<decltype(TableRef)>::object;
  Result<Body> body(boost::system::in_place_value);
  shape::Document document;
  Result<void> good = parse_body(request, document);
  if (good) good = validate(shape::view<TableRef>, validator, document);
  if (!good) {
    body = std::move(good).error();
    return body;
  }
  shape::Reading reading;
  shape::read_object(shape::view<TableRef>, document.root(), &*body, reading);
  return body;
}

}  // namespace parley::rocketchat
