// Reads records by their keys.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/sqlite/database.hpp"
#include "adapters/store/transaction.hpp"
#include "schemas/buffer.hpp"
#include "schemas/shape/node.hpp"

namespace parley::sqlite {

/// A guid as a value of a statement. Refers to `guid`.
[[nodiscard]] inline Bytes bytes_of(const ids::Guid& guid) noexcept {
  return {{reinterpret_cast<const char*>(guid.data()), guid.size()}};
}

/// An identity's value as the table of identities has it.
[[nodiscard]] String indexed_value(IdentityKind kind, std::string_view value);

/// Reading, on any connection. For results that must be consistent, the caller begins and ends a transaction of the
/// connection. A fault of the connection looks like an empty result: check the connection before using a result.
class Tables final : public store::Snapshot {
 public:
  explicit Tables(Connection& connection);

  /// Errors: the connection's fault, which stays with the connection.
  Result<void> gather(store::Gathered& gathered) override;

  /// Puts the record of the key into `place`.
  void find(const store::VisitorKey& key, std::optional<store::FoundVisitor>& place);
  void find(const store::AgentKey& key, std::optional<store::Stored<Agent>>& place);
  void find(const store::ChatKey& key, std::optional<store::Stored<Chat>>& place);
  void find(const store::SequenceKey& key, std::optional<store::Stored<Chat>>& place);
  void find(const store::OpenChatKey& key, std::optional<store::Stored<Chat>>& place);
  void find(const store::OpenChatsKey& key, std::optional<List<store::Stored<Chat>>>& place);
  void find(const store::StandingKey& key, std::optional<store::Standing>& place);
  void find(const store::ContactKey& key, std::optional<store::Stored<Contact>>& place);
  void find(const store::ContactOfKey& key, std::optional<store::Stored<Contact>>& place);
  void find(const store::CounterKey& key, std::optional<std::int64_t>& place);
  void find(const store::MessageKey& key, std::optional<store::Stored<Message>>& place);
  void find(const store::LastMessageKey& key, std::optional<store::LastMessage>& place);
  void find(const store::MessagesKey& key, std::optional<store::FoundMessages>& place);
  void find(const store::ContactsOfKey& key, std::optional<List<store::Stored<Contact>>>& place);
  void find(const store::IdentityKey& key, std::optional<store::Stored<Contact>>& place);
  void find(const store::KnownByKey& key, std::optional<List<store::Stored<Contact>>>& place);
  void find(const store::ChatsOfKey& key, std::optional<List<store::Stored<Chat>>>& place);
  void find(const store::TracesKey& key, std::optional<store::Traces>& place);
  void find(const store::DepartmentKey& key, std::optional<store::Stored<Department>>& place);
  void find(const store::DepartmentsKey& key, std::optional<List<store::Stored<Department>>>& place);
  void find(const store::AgentsKey& key, std::optional<List<store::Stored<Agent>>>& place);
  void find(const store::OfflineMessageKey& key, std::optional<store::Stored<OfflineMessage>>& place);
  void find(const store::OfflineNumberKey& key, std::optional<store::Stored<OfflineMessage>>& place);
  void find(const store::OfflineMessagesOfKey& key, std::optional<List<store::Stored<OfflineMessage>>>& place);
  void find(const store::SilentVisitorsKey& key, std::optional<List<store::Stored<Visitor>>>& place);
  void find(const store::EndedChatsKey& key, std::optional<List<store::Stored<Chat>>>& place);
  void find(const store::OldPagesKey& key, std::optional<std::int64_t>& place);
  void find(const store::OldOfflineMessagesKey& key, std::optional<List<store::Stored<OfflineMessage>>>& place);
  void find(const store::EqualPagesKey& key, std::optional<std::int64_t>& place);
  void find(const store::FileKey& key, std::optional<store::Stored<File>>& place);
  void find(const store::KeptPartsKey& key, std::optional<store::KeptParts>& place);
  void find(const store::OldUploadsKey& key, std::optional<List<String>>& place);

  /// Appends the bytes of a part of a file. false: there is no such part.
  bool append_part(std::string_view file, std::int64_t part, Buffer& out);

  /// The id under which a record with this id is stored: for the guid of a free-text id, that text; otherwise `id` itself.
  [[nodiscard]] String stored_id(std::string_view id);

  /// Whether there are no records at all.
  bool empty();

 private:
  /// True if there was a row and it holds a record.
  template <class Found>
  bool read(Rows& rows, std::optional<Found>& place);
  template <class Found>
  bool read(Rows&& rows, std::optional<Found>& place) {
    return read(rows, place);
  }
  /// Reads the record of the present row.
  template <class Found>
  bool read_row(const Rows& rows, Found& stored);
  /// Reads the records of all rows.
  template <class Found>
  void read_all(Rows&& rows, std::optional<List<Found>>& place);
  /// Also finds a record by the guid of its free-text id (id map).
  template <class Found>
  bool read_by_id(Statement& statement, std::string_view id, std::optional<Found>& place);
  /// The messages of the rows that fit, from the query's offset up to its limit.
  void read_messages(Rows&& rows, const MessageQuery& query, store::FoundMessages& found);
  bool read_visitor(const store::VisitorHandle& handle, std::optional<store::FoundVisitor>& place);

  Connection& connection_;
  shape::Document document_;
  Statement visitor_, visitor_by_token_, visitor_without_token_, visitor_by_phone_, visitor_by_email_;
  Statement agent_, chat_, contact_, open_chat_, standing_, contact_of_, mapped_;
  Statement counter_, sequence_, open_chats_, message_, last_message_, messages_, messages_down_, count_messages_;
  Statement contacts_of_, chats_of_, count_messages_of_, count_pages_, department_, offline_message_, offline_number_;
  Statement offline_messages_of_, offline_messages_by_, silent_visitors_, ended_chats_, old_pages_,
      old_offline_messages_, departments_, agents_, equal_pages_, file_, kept_parts_, old_uploads_, file_part_,
      contact_with_, known_by_;
};

}  // namespace parley::sqlite
