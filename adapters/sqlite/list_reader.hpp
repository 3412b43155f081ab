// Answers list queries. SQL cuts the page of a query without conditions and order. Any other query reads all rows and checks
// them one by one. Memory holds only the records of the page and, if the list is ordered, the sort values up to the page's end.
#pragma once

#include "adapters/sqlite/chat_source.hpp"
#include "adapters/sqlite/contact_source.hpp"
#include "adapters/sqlite/offline_source.hpp"
#include "adapters/sqlite/tables.hpp"
#include "schemas/operation.hpp"

namespace parley::sqlite {

/// Answers list queries on one connection, each as of one commit. Used on one thread. A fault of the connection looks like an
/// empty result: check the connection before using a result. Records without an order come in the order in which they were added.
class ListReader {
 public:
  /// The connection must outlive the reader.
  explicit ListReader(Connection& connection);

  /// `on_site`: only those who are on the site.
  Page<Visitor> visitors(const ListQuery& query, bool on_site = false);
  Page<Agent> agents(const ListQuery& query);
  Page<Department> departments(const ListQuery& query);
  Page<OfflineMessage> offline_messages(const ListOfflineMessages& operation);
  Page<Contact> contacts(const ListContacts& operation);
  /// Whether there is a contact with this id.
  bool knows(const ContactId& contact);
  /// The chats of the operation's filter, with the present data of their people.
  Page<Chat> chats(const ListChats& operation);
  /// Errors: answer_too_large (more than `most_messages` chats and messages in all).
  Result<List<Transcript>> transcripts(const ListTranscripts& operation);
  /// The answer of a reading operation that has a rule, as of one commit. Errors: the rule's.
  Result<Outcome> read_one(const Operation& operation);
  /// The size of the JSON that the records of the last page were read from.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
  /// Whether the last page was given up, as it would take too much memory. What is there of it must not be shown.
  [[nodiscard]] bool too_large() const noexcept { return bytes_ > most_bytes; }

 private:
  /// The rows of a whole table, with the members of ChatSource.
  class Table {
   public:
    Table(Connection& connection, const char* count, const char* page, const char* one)
        : count_(connection, count), page_(connection, page), one_(connection, one) {}
    Rows count() { return count_.rows(); }
    Rows page(std::int64_t limit, std::int64_t offset) { return page_.rows(limit, offset); }
    Rows one(std::int64_t number) { return one_.rows(number); }

   private:
    Statement count_, page_, one_;
  };
  template <class T, class Source>
  Page<T> read(Source& source, const ListQuery& query);
  template <class T, class Source>
  Page<T> read_slice(Source& source, const ListQuery& query);
  template <class T, class Source>
  Page<T> search(Source& source, const ListQuery& query);
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

  static constexpr std::size_t most_bytes =
      64U << 20U;  ///< of JSON, for one page; its records take about four times as much

  Connection& connection_;
  Tables tables_;
  shape::Document document_;
  std::shared_ptr<shape::Arena> texts_;  // of the rows of the present list
  std::size_t bytes_ = 0;
  std::size_t record_bytes_ = 0;  // of the record that was read last
  Table visitors_;
  Table visitors_on_site_;
  Table agents_;
  Table departments_;
};

}  // namespace parley::sqlite
