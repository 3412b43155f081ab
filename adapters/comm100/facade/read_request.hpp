// What the decoders of this facade have in common: bodies, faults, ids of paths, query values.
#pragma once

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/errors.hpp"
#include "adapters/http/request.hpp"
#include "schemas/shape/view.hpp"

namespace parley::comm100 {

/// Parses the body. Errors: missing_body, unsupported_media, and those of `Document::parse_json`.
Result<void> parse_body(const http::Request& request, shape::Document& body);

/// The first fault other than an unknown member. Unknown members are ignored, because clients send back whole objects.
[[nodiscard]] std::optional<Error> first_fault(shape::Reading& reading);

/// The guid in the path as a canonical id. Errors: invalid_field.
[[nodiscard]] Result<String> path_id(const http::Request& request);

/// The guid of a query parameter as a canonical id; empty if the parameter is absent or empty. Errors: invalid_field.
[[nodiscard]] Result<String> query_id(const http::Request& request, std::string_view name);

/// The number of a query parameter, or `otherwise` if it is absent or empty. Errors: invalid_field, if it is not a number from 1.
[[nodiscard]] Result<std::size_t> query_number(const http::Request& request, std::string_view name,
                                               std::size_t otherwise);

/// The names of `include=a,b` and `include=a&include=b`.
[[nodiscard]] List<String> included(const http::Request& request);

/// The number or guid in the path. Errors: invalid_field.
[[nodiscard]] Result<RecordName> path_name(const http::Request& request);

/// A body that is a list of numbers and guids, or of objects with one; at most 1000. `view`: the table of such an object, a RecordKey.
/// Errors: those of parse_body; invalid_field, missing_field.
[[nodiscard]] Result<List<RecordName>> body_names(const http::Request& request, const shape::View& view);

/// The body of a search, by its table; a request without a body asks for everything. Errors: those of parse_body; missing_field,
/// invalid_field.
[[nodiscard]] Result<Search> read_search_body(const http::Request& request, const shape::View& view);

/// The department that the query asks for, or else the filters, as `department_of` tells it. Errors: invalid_field.
[[nodiscard]] Result<String> asked_department(const http::Request& request, const List<SearchFilter>& filters);

}  // namespace parley::comm100
