// See read_request.hpp.
#include "adapters/comm100/facade/read_request.hpp"

#include <charconv>

#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

constexpr std::size_t largest_number = 1'000'000'000;
constexpr std::size_t most_names = 1000;  // in one call; the vendor names no number

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

List<String> included(const http::Request& request) {
  List<String> names;
  http::QueryPairs pairs(request.query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = http::percent_decode(pair->first, true);
    if (!key || !ascii::same_ignoring_case(*key, "include")) continue;
    const std::optional<String> value = http::percent_decode(pair->second, true);
    for (std::string_view rest = value ? std::string_view(*value) : std::string_view(); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      names.emplace_back(ascii::trim(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return names;
}

Result<RecordName> path_name(const http::Request& request) {
  std::optional<RecordName> name = record_named(request.parameters.front());
  if (!name) return fault(Code::invalid_field, "Parameter 'id' must be an integer from 1 or a guid.", "id");
  return *std::move(name);
}

Result<List<RecordName>> body_names(const http::Request& request, const shape::View& view) {
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  const shape::Node& root = body.root();
  if (!root.is_array()) return fault(Code::invalid_field, "The request body must be a list of ids.");
  if (root.size > most_names) return fault(Code::invalid_field, "The request body must have at most 1000 ids.");
  List<RecordName> names;
  names.reserve(root.size);
  shape::Reading reading(true);
  for (const shape::Node& child : root) {
    const shape::Reading::Step step(reading, names.size());
    RecordKey key;
    if (child.is_object()) {  // clients send back what a search has found
      shape::read_object(view, child, &key, reading);
    } else {
      NumberOrGuid::read(child, key.name, reading);
    }
    if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
    names.push_back(std::move(key.name));
  }
  return names;
}

Result<Search> read_search_body(const http::Request& request, const shape::View& view) {
  Search search;
  if (request.body.empty()) return search;
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  shape::Reading reading(true);
  shape::read_object(view, body.root(), &search, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  return search;
}

Result<String> asked_department(const http::Request& request, const List<SearchFilter>& filters) {
  Result<String> filtered = department_of(filters);
  if (!filtered) return filtered;
  Result<String> asked = query_id(request, "departmentId");
  return !asked || !asked->empty() ? asked : filtered;
}

}  // namespace parley::comm100
