// The answer of a list operation, and the function that makes it from a whole list.
#pragma once

#include <optional>
#include <utility>

#include "schemas/list_query.hpp"
#include "schemas/ref.hpp"

namespace parley {

/// The records that a list operation found. A copy of a page shares them, so it stays on the thread of the page.
template <class T>
struct Page {
  using Record = T;

  Page() = default;
  explicit Page(List<T> found, std::optional<std::size_t> of = {}) : total(of) {
    records.reserve(found.size());
    for (T& record : found) records.emplace_back(std::move(record));
  }

  List<Ref<T>> records;
  /// The number of records that match in all, if `records` is only a page of them. nullopt: `records` has all that match.
  std::optional<std::size_t> total{};

  [[nodiscard]] std::size_t matching() const noexcept { return total.value_or(records.size()); }
};
template <class Answer>
inline constexpr bool is_page = false;
template <class T>
inline constexpr bool is_page<Page<T>> = true;
/// Whether an operation with this answer lists records of a whole table: by one of its own threads, where a store has such.
template <class Answer>
inline constexpr bool is_list_answer = is_page<Answer>;

/// Selects the page of a query from a whole list. Equal records keep their order.
template <class T>
[[nodiscard]] Page<T> select(List<T> records, const ListQuery& query) {
  const Selection selection = select(query, records.size(), [&](std::size_t place, shape::Writer& writer) {
    shape::write_object(*query.shape, &records[place], writer);
  });
  Page<T> page;
  page.total = selection.total;
  page.records.reserve(selection.places.size());
  for (const std::size_t place : selection.places) page.records.emplace_back(std::move(records[place]));
  return page;
}

}  // namespace parley
