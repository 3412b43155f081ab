// Lists: the database passes over rows, counts them and cuts the page; what a query means beyond that is looked up row by row.
// No more than the records of the page are in memory, and of an ordered list the sort values up to its end.
#pragma once

#include "adapters/sqlite/tables.hpp"
#include "schemas/page.hpp"

namespace parley::sqlite {

/// Answers list queries on one connection, each as of one commit. Used on one thread. Nothing found and a fault of the connection look
/// alike: ask the connection before believing it. Records without an order come in the order in which they were added.
class ListReader {
 public:
  /// The connection must outlive the reader.
  explicit ListReader(Connection& connection);

  Page<Visitor> visitors(const ListQuery& query);
  Page<Agent> agents(const ListQuery& query);
  /// Those that go on, with the people in them as they are now.
  Page<Chat> open_chats(const ListQuery& query);

 private:
  template <class T>
  struct Source {
    Statement count;  ///< of all
    Statement page;   ///< ?1 records behind the first ?2; -1 = all
    Statement one;    ///< by row number
  };
  template <class T>
  Page<T> read(Source<T>& source, const ListQuery& query);
  template <class T>
  Page<T> read_slice(Source<T>& source, const ListQuery& query);
  template <class T>
  Page<T> search(Source<T>& source, const ListQuery& query);
  /// Reads the JSON of the present row; false: it is none, which is a fault.
  bool parse(const Rows& rows, std::string_view record);
  /// The record of the JSON that was parsed last.
  template <class T>
  T record();

  Connection& connection_;
  Tables tables_;
  shape::Document document_;
  Source<Visitor> visitors_;
  Source<Agent> agents_;
  Source<Chat> chats_;
};

}  // namespace parley::sqlite
