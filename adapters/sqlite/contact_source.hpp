// The rows of the contacts of a filter.
#pragma once

#include "adapters/sqlite/tables.hpp"
#include "schemas/contact_operations.hpp"

namespace parley::sqlite {

/// Has the members of ChatSource. Statements are made for the filter, so make one for each list.
class ContactSource {
 public:
  /// The connection and the tables must outlive the source.
  ContactSource(Connection& connection, Tables& tables, const ContactFilter& filter);

  Rows count() { return count_.rows(kind_, value_, folded_, identities_); }
  Rows page(std::int64_t limit, std::int64_t offset) {
    return page_.rows(kind_, value_, folded_, identities_, limit, offset);
  }
  Rows one(std::int64_t number) { return one_.rows(number); }

 private:
  const String kind_, value_, folded_, identities_;
  const String count_sql_, page_sql_;
  Statement count_, page_, one_;
};

}  // namespace parley::sqlite
