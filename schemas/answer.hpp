// The types that operations answer with, apart from plain lists and pages of records.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/message.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/page.hpp"
#include "schemas/ref.hpp"

namespace parley {

/// The visitor's open chat. `created`: this request opened it.
struct OpenedChat {
  OpenedChat(Chat&& opened, bool is_new) : chat(std::move(opened)), created(is_new) {}
  OpenedChat(const Chat& opened, bool is_new) : chat(opened), created(is_new) {}
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

}  // namespace parley
