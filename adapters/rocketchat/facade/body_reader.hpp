// Reads the JSON body of a request by its table. One of the vendor's two validators looks at it first, and what it says is what
// the client gets.
#pragma once

#include "adapters/http/request.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::rocketchat {

/// `check`: the older one, of visitor registration and of all calls of 0.70. `schema`: JSON Schema, of the newer calls.
enum class Validator : std::uint8_t { check, schema };

/// Parses the body, whatever its Content-Type says: people forget the header. No body is `{}`. Errors: those of the
/// parser, their messages with line and column; unsupported_media where the type is another and it is no JSON either.
Result<void> parse_body(const http::Request& request, shape::Document& document);

/// Looks for the first fault of a parsed body, in the order of the vendor's validator. Errors by_check or by_schema:
/// missing_field, unknown_field, invalid_field. `field` is the path: `customFields[1].key`.
///
/// check: the members in the order of the document, then what is missing. A wrong optional value is told by its own path,
/// whatever is wrong below it.
/// schema: what is missing, then what is unknown, then the rows in their order. As the vendor's library does, it changes
/// scalars in `document` to the type of their row: 1 to "1", "true" to true, null to "" or false.
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
