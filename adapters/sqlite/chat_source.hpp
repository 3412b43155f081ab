// The chats of a filter as SQL: every condition is answered by a column, and the selective ones by an index.
#pragma once

#include "adapters/sqlite/tables.hpp"
#include "schemas/chat_query.hpp"

namespace parley::sqlite {

/// The rows of one filter, in its order. Used for one list. The connection, the tables and the filter must outlive it.
class ChatSource {
 public:
  ChatSource(Connection& connection, Tables& tables, const ChatFilter& filter, std::string_view domain);

  /// One row: the number of chats.
  [[nodiscard]] Rows count();
  /// Number and body of `limit` chats after the first `offset`; -1 = all.
  [[nodiscard]] Rows page(std::int64_t limit, std::int64_t offset);
  /// Number and body of one chat.
  [[nodiscard]] Rows one(std::int64_t number);

 private:
  String visitor_, contact_, agent_, department_, service_, values_, domain_;
  std::int64_t from_, to_;
  String count_sql_, page_sql_;
  Statement count_, page_, one_;
};

}  // namespace parley::sqlite
