// The records of a page as values, which tests can compare.
#pragma once

#include "schemas/page.hpp"

namespace parley::test {

/// Copies of a page's records.
template <class T>
[[nodiscard]] List<T> records_of(const Page<T>& page) {
  List<T> copies;
  copies.reserve(page.records.size());
  for (const Ref<T>& record : page.records) copies.push_back(*record);
  return copies;
}

}  // namespace parley::test
