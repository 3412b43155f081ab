// What a list operation answers with, and how a backend makes it that has the whole list in its hands.
#pragma once

#include <optional>
#include <utility>

#include "schemas/list_query.hpp"

namespace parley {

/// The records that a list operation found.
template <class T>
struct Page {
  using Record = T;

  List<T> records;
  /// How many match in all, where `records` is only the page that was asked for. Nothing: `records` are all that match.
  std::optional<std::size_t> total{};

  [[nodiscard]] std::size_t matching() const noexcept { return total.value_or(records.size()); }
};
template <class Answer>
inline constexpr bool is_page = false;
template <class T>
inline constexpr bool is_page<Page<T>> = true;

/// The page of a whole list that a query asks for. Equal records stay in their order.
template <class T>
[[nodiscard]] Page<T> select(List<T> records, const ListQuery& query) {
  const Selection selection = select(query, records.size(), [&](std::size_t place, shape::Writer& writer) {
    shape::write_object(*query.shape, &records[place], writer);
  });
  Page<T> page;
  page.total = selection.total;
  page.records.reserve(selection.places.size());
  for (const std::size_t place : selection.places) page.records.push_back(std::move(records[place]));
  return page;
}

}  // namespace parley
