// What a request asks of a list, as a query for the backend: the filters (filters.hpp), the order and the page.
#pragma once

#include "adapters/contract/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// The words of a ListQuery that this adapter makes and its connector passes on.
inline constexpr std::string_view api_name = "rocketchat";

/// The query with only the parameters of `known`, each of the kind that it must have. Errors: malformed_request; missing_field,
/// unknown_field, invalid_field by_schema.
Result<List<Parameter>> read_query(const http::Request& request, std::span<const contract::QueryParameter> known);
/// The first value of a parameter, or an empty text.
[[nodiscard]] String value_of(const List<Parameter>& query, std::string_view name);

/// The query of a request for a list whose documents have this shape. nullptr: documents that have no table.
/// Errors: those of read_query; invalid_field by_sort; malformed_request for a filter that is no JSON or no date.
Result<ListQuery> read_list_request(const http::Request& request, std::span<const contract::QueryParameter> known,
                                    const shape::View* shape);

}  // namespace parley::rocketchat
