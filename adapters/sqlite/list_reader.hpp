// Answers list queries. SQL cuts the page of a query without conditions and order. Any other query reads all rows and checks
// them one by one. Memory holds only the records of the page and, if the list is ordered, the sort values up to the page's end.
#pragma once

#include "adapters/sqlite/tables.hpp"
#include "schemas/page.hpp"

namespace parley::sqlite {

/// Answers list queries on one connection, each as of one commit. Used on one thread. A fault of the connection looks like an
/// empty result: check the connection before using a result. Records without an order come in the order in which they were added.
class ListReader {
 public:
  /// The connection must outlive the reader.
  explicit ListReader(Connection& connection);

  Page<Visitor> visitors(const ListQuery& query);
  Page<Agent> agents(const ListQuery& query);
  /// The chats that have not ended, with the present data of their people.
  Page<Chat> open_chats(const ListQuery& query);
  /// The size of the JSON that the records of the last page were read from.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  template <class T>
  struct Source {
    Statement count;  ///< of all records
    Statement page;   ///< ?1 records after the first ?2; -1 = all
    Statement one;    ///< by row number
  };
  template <class T>
  Page<T> read(Source<T>& source, const ListQuery& query);
  template <class T>
  Page<T> read_slice(Source<T>& source, const ListQuery& query);
  template <class T>
  Page<T> search(Source<T>& source, const ListQuery& query);
  /// Parses the JSON of the present row. false: it is no JSON object; sets a fault.
  bool parse(const Rows& rows, std::string_view record);
  /// Reads the record of the present row into `made`, which is new. false: as `parse`.
  template <class T>
  bool read_row(const Rows& rows, T& made);
  /// The record of the JSON that was parsed last.
  template <class T>
  T record();
  /// Adds the record that was read last.
  template <class T>
  void add(Page<T>& page, Ref<T> record);

  Connection& connection_;
  Tables tables_;
  shape::Document document_;
  std::shared_ptr<shape::Arena> texts_;  // of the rows of the present list
  std::size_t bytes_ = 0;
  std::size_t record_bytes_ = 0;  // of the record that was read last
  Source<Visitor> visitors_;
  Source<Agent> agents_;
  Source<Chat> chats_;
};

}  // namespace parley::sqlite
