// Makes the backend's query from a list request: the filters (filters.hpp), the order and the page.
#pragma once

#include "adapters/contract/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// ListQuery::Asked::api of the queries that this facade makes. The connector sends the parameters of such a query to its server.
inline constexpr std::string_view api_name = "rocketchat";

/// Parses the query and checks it: every parameter must be in `known` and have a value of its kind. Errors: malformed_request;
/// missing_field, unknown_field and invalid_field with the source by_schema.
Result<List<Parameter>> read_query(const http::Request& request, std::span<const contract::QueryParameter> known);
/// The same for a call of visitors, whose old clients send `undefined` for a missing value.
Result<List<Parameter>> read_visitors_query(const http::Request& request,
                                            std::span<const contract::QueryParameter> known);
/// The same for a query that is parsed already.
Result<List<Parameter>> check_query(List<Parameter> query, std::span<const contract::QueryParameter> known);
/// The first value of a parameter, or an empty text.
[[nodiscard]] String value_of(const List<Parameter>& query, std::string_view name);
/// The number that a parameter has; `otherwise`, where it has none.
[[nodiscard]] std::size_t number_of(const List<Parameter>& query, std::string_view name, std::size_t otherwise);
/// Reads an order such as `{"ts": -1, "fname": 1}`; empty text: none. Errors: no_such_order.
Result<List<SortKey>> read_order(const String& text);
/// invalid_field, with the source by_sort.
[[nodiscard]] Error no_such_order(const String& text);
/// Whether an order of messages begins with the oldest. They can be sorted by `ts` only; without an order, the newest is first. Errors:
/// no_such_order.
Result<bool> is_oldest_first(const List<Parameter>& query);

/// The page that a list request asks for: at most 100 records, by default 50.
struct AskedPage {
  std::size_t offset = 0;
  std::size_t limit = 0;
};
[[nodiscard]] AskedPage page_of(const List<Parameter>& query);

/// The query of a list request. `shape`: the table of the documents in the list; nullptr: they have none. Errors: those of
/// read_query; invalid_field with the source by_sort; malformed_request, for a filter that is not the JSON or the date it must be.
Result<ListQuery> read_list_request(const http::Request& request, std::span<const contract::QueryParameter> known,
                                    const shape::View* shape);

}  // namespace parley::rocketchat
