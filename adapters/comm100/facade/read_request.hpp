// What the decoders of this facade have in common: bodies, faults, ids of paths, query values.
#pragma once

#include "adapters/comm100/errors.hpp"
#include "adapters/http/request.hpp"
#include "schemas/chat_query.hpp"
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

}  // namespace parley::comm100
