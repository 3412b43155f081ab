// What a request asks of a list: which records (filters.hpp), in which order, and which page of them.
#pragma once

#include "adapters/contract/facade.hpp"
#include "adapters/rocketchat/facade/filters.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"

namespace parley::rocketchat {

/// The words of a ListQuery that this adapter makes and its connector passes on.
inline constexpr std::string_view api_name = "rocketchat";

/// The query with only the parameters of `known`, each of the kind that it must have. Errors: malformed_request; missing_field,
/// unknown_field, invalid_field by_schema.
Result<List<Parameter>> read_query(const http::Request& request, std::span<const contract::QueryParameter> known);
/// The first value of a parameter, or an empty text.
[[nodiscard]] String value_of(const List<Parameter>& query, std::string_view name);

/// One key of an order, by its path in a document: `v.name`.
struct SortKey {
  String path;
  bool descending = false;
};

struct ListRequest {
  String term;  ///< of visitors.search; see matches
  List<Filter> filters;
  List<SortKey> order;  ///< empty = as the backend gives them
  std::size_t offset = 0;
  std::size_t count = 0;  ///< 0 = all that follow
  ListQuery query;        ///< the same for a backend that speaks this API
};

/// Errors: those of read_query; invalid_field by_sort; malformed_request for a filter that is no JSON or no date.
Result<ListRequest> read_list_request(const http::Request& request, std::span<const contract::QueryParameter> known);
/// Of a request that passed its decoder; of another vendor's request: everything.
[[nodiscard]] ListRequest list_request_of(const http::Request& request);

/// The records that an answer shows, by their place in the list, and how many match in all.
struct Selection {
  List<std::size_t> shown;
  std::size_t total = 0;
};
/// Writes the document of the record at a place.
using WriteDocument = std::function<void(std::size_t place, shape::Writer& writer)>;
/// Whether the record at a place is worth a look at its document.
using Wants = std::function<bool(std::size_t place)>;
/// Filters and sorts those of `size` records that `wants` takes by their documents, as a MongoDB would: equal ones stay in their order. A request without
/// filters and order has no document written.
[[nodiscard]] Selection select(const ListRequest& asked, std::size_t size, const Wants& wants,
                               const WriteDocument& write);

}  // namespace parley::rocketchat
