// See read_request.hpp.
#include "adapters/comm100/facade/read_request.hpp"

#include <charconv>

#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

constexpr std::size_t largest_number = 1'000'000'000;

/// Whether a Content-Type is JSON, with or without parameters.
bool is_json(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return ascii::same_ignoring_case(type, "application/json") || ascii::same_ignoring_case(type, "text/json");
}

}  // namespace

Result<void> parse_body(const http::Request& request, shape::Document& body) {
  if (request.body.empty()) {
    return fault(Code::missing_body,
                 "The request body is missing. With curl, send it with -d: -D only says where to save the headers.");
  }
  if (const auto type = request.header("Content-Type"); type && !is_json(*type)) {
    return fault(Code::unsupported_media,
                 "The request body must be sent as Content-Type: application/json. With curl, add -H 'Content-Type: "
                 "application/json'.");
  }
  return body.parse_json(request.body);
}

std::optional<Error> first_fault(shape::Reading& reading) {
  for (const shape::Fault& found : reading.faults()) {
    if (found.unknown) continue;
    const std::string_view name = std::string_view(found.path).substr(found.path.rfind('.') + 1);
    if (found.missing) return fault(Code::missing_field, "Parameter '" + String(name) + "' is required.", found.path);
    const String what = name.empty()          ? String("The request body")
                        : name.front() == '[' ? "Element " + String(name) + " of the request body"
                                              : "Parameter '" + String(name) + '\'';
    return fault(Code::invalid_field, what + " must be " + found.expected + ", not " + found.got + '.', found.path);
  }
  return {};
}

Result<String> path_id(const http::Request& request) {
  const std::optional<ids::Guid> guid = ids::parse_guid(request.parameters.front());
  if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
  return ids::from_guid(*guid);
}

Result<String> query_id(const http::Request& request, std::string_view name) {
  const std::optional<String> text = http::query_value(request.query, name, true);
  if (!text || text->empty()) return String();
  const std::optional<ids::Guid> guid = ids::parse_guid(*text);
  if (!guid) return fault(Code::invalid_field, "Parameter '" + String(name) + "' must be a guid.", String(name));
  return ids::from_guid(*guid);
}

Result<std::size_t> query_number(const http::Request& request, std::string_view name, std::size_t otherwise) {
  const std::optional<String> text = http::query_value(request.query, name, true);
  if (!text || text->empty()) return otherwise;
  std::size_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [at, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc{} || at != end || number == 0 || number > largest_number) {
    return fault(Code::invalid_field, "Parameter '" + String(name) + "' must be an integer from 1.", String(name));
  }
  return number;
}

}  // namespace parley::comm100
