// The types that operations answer with, apart from plain lists and pages of records.
#pragma once

#include <memory>
#include <optional>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/contact.hpp"
#include "schemas/canonical/department.hpp"
#include "schemas/canonical/file.hpp"
#include "schemas/canonical/message.hpp"
#include "schemas/canonical/offline_message.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/file_bytes.hpp"
#include "schemas/page.hpp"
#include "schemas/ref.hpp"

namespace parley {

/// The visitor's open chat. `created`: this request opened it.
struct OpenedChat {
  OpenedChat(Chat&& opened, bool is_new);
  OpenedChat(const Chat& opened, bool is_new);
  Ref<Chat> chat;
  bool created;
};
/// `stored`: the backend kept the visit. A backend may be configured to keep only one kind of change.
struct RecordedPage {
  PageVisit page;
  bool stored = true;
};

/// A message that is in the store. `created`: this request stored it.
struct PostedMessage {
  Ref<Message> message;
  bool created = true;
};
/// A chat, and those of its messages that were asked for.
struct Transcript {
  Ref<Chat> chat;
  Page<Message> messages;
};
/// Lists of transcripts are made like pages of records, by a store's lister.
template <>
inline constexpr bool is_list_answer<List<Transcript>> = true;

/// The chats that a request ended.
struct ClosedChats {
  List<ChatId> chats;
};
/// The number of chats that a request removed.
struct DeletedChats {
  std::size_t chats = 0;
};
/// The number of offline messages that a request removed.
struct DeletedOfflineMessages {
  std::size_t messages = 0;
};
/// The contacts that a request removed.
struct DeletedContacts {
  std::size_t contacts = 0;
};
/// What was removed with a visitor. The counts are those of records that existed.
struct ErasedVisitor {
  VisitorId visitor;
  Time at;
  std::size_t chats = 0;  ///< that lost their personal data
  std::size_t messages = 0;
  std::size_t pages = 0;
  std::size_t offline_messages = 0;
};

/// What a site is to somebody who comes.
struct Site {
  bool online = false;                  ///< an agent takes chats (of the department that was asked for)
  List<Ref<Department>> departments;    ///< those that take chats and have agents
  std::optional<Ref<Visitor>> visitor;  ///< who comes, if known
  std::optional<Ref<Chat>> chat;        ///< the visitor's open chat
  bool files = false;                   ///< the backend keeps files that are sent in chats
};

/// A file, and its bytes. A rule leaves `bytes` empty; the session of the store sets it.
struct OpenedFile {
  Ref<File> file;
  std::shared_ptr<FileBytes> bytes;
};

}  // namespace parley
