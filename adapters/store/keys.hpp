// The keys by which a rule asks a store for records. Every store gives each key the same meaning. A key's texts belong
// to the operation or to a gathered record, which must outlive the key.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "adapters/store/standing.hpp"
#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/contact.hpp"
#include "schemas/canonical/department.hpp"
#include "schemas/canonical/file.hpp"
#include "schemas/canonical/message.hpp"
#include "schemas/canonical/offline_message.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/chat_query.hpp"
#include "schemas/page.hpp"

namespace parley::store {

/// A record as it is in the store.
template <class T>
struct Stored {
  std::int64_t number = 0;  ///< the store's own key of the record; rules only return it, in a `Put`
  std::size_t bytes = 0;    ///< size of its JSON
  T value;
};

/// One way to name a visitor.
struct VisitorHandle {
  enum class Kind : std::uint8_t {
    id,                ///< a canonical id, as in `AgentKey`
    id_without_token,  ///< exactly this id, of a visitor without a token
    token,             ///< the newest visitor with it; only loading can make several. An empty token names nobody
    phone,             ///< the oldest visitor with it
    email,             ///< the oldest visitor with it; ASCII case is ignored
  };
  Kind kind = Kind::id;
  std::string_view text;
  friend bool operator==(const VisitorHandle&, const VisitorHandle&) = default;
};

/// A visitor, and the kind of handle that found it.
struct FoundVisitor : Stored<Visitor> {
  VisitorHandle::Kind handle = VisitorHandle::Kind::id;
};

/// Tries the handles in their order. The first that names a visitor counts.
class VisitorKey {
 public:
  using Answer = FoundVisitor;

  void add(VisitorHandle::Kind kind, std::string_view text) { handles_.at(size_++) = {kind, text}; }
  [[nodiscard]] std::span<const VisitorHandle> handles() const noexcept { return {handles_.data(), size_}; }
  friend bool operator==(const VisitorKey&, const VisitorKey&) = default;

 private:
  std::array<VisitorHandle, 4> handles_{};  // token, id_without_token, phone, e-mail: no rule needs more
  std::size_t size_ = 0;
};

/// An agent by canonical id. A guid that is no record's own id names the record whose free-text id it stands for
/// (ids::to_guid). A store keeps a map for that.
struct AgentKey {
  using Answer = Stored<Agent>;
  std::string_view id;
  friend bool operator==(const AgentKey&, const AgentKey&) = default;
};

/// A chat by id, as for an agent.
struct ChatKey {
  using Answer = Stored<Chat>;
  std::string_view id;
  friend bool operator==(const ChatKey&, const ChatKey&) = default;
};

/// A chat by its sequence.
struct SequenceKey {
  using Answer = Stored<Chat>;
  std::int64_t sequence;
  friend bool operator==(const SequenceKey&, const SequenceKey&) = default;
};

/// All open chats, the oldest first.
struct OpenChatsKey {
  using Answer = List<Stored<Chat>>;
  friend bool operator==(const OpenChatsKey&, const OpenChatsKey&) = default;
};

/// A message by id, of any chat. Deleted ones, too.
struct MessageKey {
  using Answer = Stored<Message>;
  std::string_view id;
  friend bool operator==(const MessageKey&, const MessageKey&) = default;
};

/// Where the messages of a chat end.
struct LastMessage {
  std::int64_t number = 0;
  Time shown_at;
};
/// The last message of a chat, also a deleted one. Absent: there is none.
struct LastMessageKey {
  using Answer = LastMessage;
  std::string_view chat;  ///< exactly this id
  friend bool operator==(const LastMessageKey&, const LastMessageKey&) = default;
};

/// The most JSON that messages of one answer are read from, in bytes.
inline constexpr std::size_t most_message_bytes = 16U << 20U;

/// Messages of a chat, and the size of their JSON.
struct FoundMessages {
  Page<Message> page;
  std::size_t bytes = 0;

  /// Whether an answer may not have so many.
  [[nodiscard]] bool too_many() const noexcept {
    return page.records.size() > most_messages || bytes > most_message_bytes;
  }
};
/// The messages of a query in its order; never absent. A store stops reading where there are too many.
struct MessagesKey {
  using Answer = FoundMessages;
  std::string_view chat;      ///< exactly this id
  const MessageQuery* query;  ///< of the operation
  friend bool operator==(const MessagesKey&, const MessagesKey&) = default;
};

/// The latest open chat of a visitor.
struct OpenChatKey {
  using Answer = Stored<Chat>;
  std::string_view visitor;
  friend bool operator==(const OpenChatKey&, const OpenChatKey&) = default;
};

/// The standing of a visitor's chats: that of the latest open chat, or else of the latest chat. Absent: the visitor never chatted.
struct StandingKey {
  using Answer = Standing;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const StandingKey&, const StandingKey&) = default;
};

/// A contact by id, as for an agent.
struct ContactKey {
  using Answer = Stored<Contact>;
  std::string_view id;
  friend bool operator==(const ContactKey&, const ContactKey&) = default;
};

/// The oldest contact that has a channel of this visitor, or is known by the visitor's id.
struct ContactOfKey {
  using Answer = Stored<Contact>;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const ContactOfKey&, const ContactOfKey&) = default;
};

/// All contacts that have a channel of this visitor, or are known by the visitor's id, the oldest first.
struct ContactsOfKey {
  using Answer = List<Stored<Contact>>;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const ContactsOfKey&, const ContactsOfKey&) = default;
};

/// The contact that has the identity with this id, as for an agent. Of several, which only loading can make, the oldest.
struct IdentityKey {
  using Answer = Stored<Contact>;
  std::string_view id;
  friend bool operator==(const IdentityKey&, const IdentityKey&) = default;
};

/// Visitors may say the same address, each of another contact.
inline constexpr std::size_t most_known_by = 100;
/// The contacts that are known by this value, the oldest first, at most `most_known_by`. Deleted identities do not count; in e-mail
/// addresses ASCII case is ignored.
struct KnownByKey {
  using Answer = List<Stored<Contact>>;
  IdentityKind kind;
  std::string_view value;
  friend bool operator==(const KnownByKey&, const KnownByKey&) = default;
};

/// All chats of a visitor, the oldest first.
struct ChatsOfKey {
  using Answer = List<Stored<Chat>>;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const ChatsOfKey&, const ChatsOfKey&) = default;
};

/// What else a store has of a visitor.
struct Traces {
  std::int64_t messages = 0;  ///< of the visitor's chats, whoever wrote them; not those that are deleted
  std::int64_t pages = 0;
};
/// Never absent.
struct TracesKey {
  using Answer = Traces;
  std::string_view visitor;  ///< exactly this id
  std::string_view token;    ///< of the visitor's page visits
  friend bool operator==(const TracesKey&, const TracesKey&) = default;
};

/// A department by id, as for an agent.
struct DepartmentKey {
  using Answer = Stored<Department>;
  std::string_view id;
  friend bool operator==(const DepartmentKey&, const DepartmentKey&) = default;
};

/// All departments, the oldest first. There are as many as an operator makes.
struct DepartmentsKey {
  using Answer = List<Stored<Department>>;
  friend bool operator==(const DepartmentsKey&, const DepartmentsKey&) = default;
};

/// All agents, the oldest first. There are as many as an operator employs.
struct AgentsKey {
  using Answer = List<Stored<Agent>>;
  friend bool operator==(const AgentsKey&, const AgentsKey&) = default;
};

/// An offline message by id, as for an agent.
struct OfflineMessageKey {
  using Answer = Stored<OfflineMessage>;
  std::string_view id;
  friend bool operator==(const OfflineMessageKey&, const OfflineMessageKey&) = default;
};

/// An offline message by its number.
struct OfflineNumberKey {
  using Answer = Stored<OfflineMessage>;
  std::int64_t number;
  friend bool operator==(const OfflineNumberKey&, const OfflineNumberKey&) = default;
};

/// The offline messages of an e-mail address (ASCII case is ignored), or those of a visitor.
struct OfflineMessagesOfKey {
  using Answer = List<Stored<OfflineMessage>>;
  std::string_view email;    ///< empty: `visitor` counts
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const OfflineMessagesOfKey&, const OfflineMessagesOfKey&) = default;
};

/// The visitors on the site without an open chat and without a sign of life since `before`, at most `limit`.
struct SilentVisitorsKey {
  using Answer = List<Stored<Visitor>>;
  Time before;
  std::size_t limit;
  friend bool operator==(const SilentVisitorsKey&, const SilentVisitorsKey&) = default;
};

/// The chats that ended before a time, at most `limit`; an ended chat without a known end counts from its begin. `with_messages`: only those
/// whose messages have not been removed.
struct EndedChatsKey {
  using Answer = List<Stored<Chat>>;
  Time before;
  std::size_t limit;
  bool with_messages;
  friend bool operator==(const EndedChatsKey&, const EndedChatsKey&) = default;
};

/// How many of the oldest `limit` page visits are older than `before`.
struct OldPagesKey {
  using Answer = std::int64_t;
  Time before;
  std::size_t limit;
  friend bool operator==(const OldPagesKey&, const OldPagesKey&) = default;
};

/// The offline messages that were left before a time, at most `limit`. One without a known time is never among them.
struct OldOfflineMessagesKey {
  using Answer = List<Stored<OfflineMessage>>;
  Time before;
  std::size_t limit;
  friend bool operator==(const OldOfflineMessagesKey&, const OldOfflineMessagesKey&) = default;
};

/// How many page visits equal to this one a store has; `repeat` does not count. Never absent.
struct EqualPagesKey {
  using Answer = std::int64_t;
  const PageVisit* page;
  friend bool operator==(const EqualPagesKey&, const EqualPagesKey&) = default;
};

/// A file by exactly this id.
struct FileKey {
  using Answer = Stored<File>;
  std::string_view id;
  friend bool operator==(const FileKey&, const FileKey&) = default;
};

/// The parts that are kept of a file: of one that is complete, or being received.
struct KeptParts {
  std::int64_t parts = 0;
  std::int64_t bytes = 0;  ///< of all of them
};
/// Never absent.
struct KeptPartsKey {
  using Answer = KeptParts;
  std::string_view file;  ///< exactly this id
  friend bool operator==(const KeptPartsKey&, const KeptPartsKey&) = default;
};

/// The files that are not complete and got no part since a time, at most `limit`.
struct OldUploadsKey {
  using Answer = List<String>;
  Time before;
  std::size_t limit;
  friend bool operator==(const OldUploadsKey&, const OldUploadsKey&) = default;
};

/// The value of a counter; 0 if it was never set.
struct CounterKey {
  using Answer = std::int64_t;
  std::string_view name;  ///< a literal
  friend bool operator==(const CounterKey&, const CounterKey&) = default;
};

/// A visitor by canonical id.
[[nodiscard]] inline VisitorKey visitor_by_id(std::string_view id) {
  VisitorKey key;
  key.add(VisitorHandle::Kind::id, id);
  return key;
}

/// A visitor by token. A visitor without a token can be found by its id instead; one with a token cannot, because ids are not secret.
[[nodiscard]] inline VisitorKey visitor_by_token(std::string_view token) {
  VisitorKey key;
  key.add(VisitorHandle::Kind::token, token);
  key.add(VisitorHandle::Kind::id_without_token, token);
  return key;
}

/// A visitor by a token that only the visitor knows. An id never stands for it, as ids are not secret.
[[nodiscard]] inline VisitorKey visitor_by_secret(std::string_view token) {
  VisitorKey key;
  key.add(VisitorHandle::Kind::token, token);
  return key;
}

}  // namespace parley::store
