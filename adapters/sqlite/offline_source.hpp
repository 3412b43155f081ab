// The rows of the offline messages of a filter.
#pragma once

#include "adapters/sqlite/tables.hpp"

namespace parley::sqlite {

/// Has the members of ChatSource. Statements are made for the filter, so make one for each list.
class OfflineSource {
 public:
  /// The connection must outlive the source.
  OfflineSource(Connection& connection, const OfflineMessageFilter& filter);

  Rows count() { return count_.rows(from_, to_, department_); }
  Rows page(std::int64_t limit, std::int64_t offset) { return page_.rows(from_, to_, department_, limit, offset); }
  Rows one(std::int64_t number) { return one_.rows(number); }

 private:
  const String department_;
  const std::int64_t from_, to_;
  const String count_sql_, page_sql_;
  Statement count_, page_, one_;
};

}  // namespace parley::sqlite
