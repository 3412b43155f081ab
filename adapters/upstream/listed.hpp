// A list as a connector reads it: its records, and what each of them has lost. A record that the answer leaves out loses nothing.
#pragma once

#include <algorithm>

#include "schemas/page.hpp"
#include "schemas/shape/view.hpp"

namespace parley::upstream {

template <class T>
struct Listed {
  List<T> records;
  /// The losses of the record at `place`. Records without losses have none here, in any order.
  struct Lost {
    std::size_t place;
    shape::Losses losses;
  };
  List<Lost> lost;

  /// Adds a record with its losses.
  void add(T record, shape::Losses losses) {
    if (!losses.empty()) lost.push_back({records.size(), std::move(losses)});
    records.push_back(std::move(record));
  }
  /// Removes the records for which `unwanted` holds, and their losses.
  template <class Test>
  void remove_if(const Test& unwanted) {
    Listed kept;
    for (std::size_t place = 0; place < records.size(); ++place) {
      if (!unwanted(records[place])) kept.add(std::move(records[place]), losses_of(place));
    }
    *this = std::move(kept);
  }
  /// For a record that was replaced by another one.
  void replace_losses(std::size_t place, shape::Losses losses) {
    std::erase_if(lost, [place](const Lost& one) { return one.place == place; });
    if (!losses.empty()) lost.push_back({place, std::move(losses)});
  }
  /// Adds the losses of the record at `place` to `told`, unless that is nullptr.
  void tell(std::size_t place, shape::Losses* told) const {
    if (told == nullptr) return;
    for (const Lost& one : lost) {
      if (one.place == place) told->insert(told->end(), one.losses.begin(), one.losses.end());
    }
  }
  /// Adds the losses of all records.
  void tell_all(shape::Losses* told) const {
    if (told == nullptr) return;
    for (const Lost& one : lost) told->insert(told->end(), one.losses.begin(), one.losses.end());
  }
  /// The losses of the record at `place`.
  [[nodiscard]] shape::Losses losses_of(std::size_t place) const {
    shape::Losses found;
    tell(place, &found);
    return found;
  }
};

/// Selects the page of a query and adds the losses of its records to `told`, unless that is nullptr.
template <class T>
[[nodiscard]] Page<T> select(Listed<T> listed, const ListQuery& query, shape::Losses* told) {
  if (told == nullptr || listed.lost.empty()) return parley::select(std::move(listed.records), query);
  const Selection selection =
      parley::select(query, listed.records.size(), [&](std::size_t place, shape::Writer& writer) {
        shape::write_object(*query.shape, &listed.records[place], writer);
      });
  List<T> records;
  records.reserve(selection.places.size());
  for (const std::size_t place : selection.places) {
    listed.tell(place, told);
    records.push_back(std::move(listed.records[place]));
  }
  return Page<T>(std::move(records), selection.total);
}

}  // namespace parley::upstream
