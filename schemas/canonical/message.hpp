// A message of a chat: what somebody wrote, or something that happened in the chat.
#pragma once

#include "schemas/canonical/actor.hpp"

namespace parley {

/// `text` to `note` were written by somebody. The others tell what happened in the chat; `note` is seen by agents only.
enum class MessageKind : std::uint8_t {
  unknown,
  text,
  link,
  image,
  document,
  file,
  note,
  started,
  taken,
  left,
  transferred,
  page,
  closed,
  transcript_sent,
};
template <>
inline constexpr auto shape::words_of<MessageKind> = shape::words("", "text", "link", "image", "document", "file",
                                                                  "note", "started", "taken", "left", "transferred",
                                                                  "page", "closed", "transcript_sent");

/// Whether somebody wrote it, as opposed to something that happened.
[[nodiscard]] constexpr bool is_written(MessageKind kind) noexcept { return kind < MessageKind::started; }

/// How far a message has got on its way to the people in the chat.
enum class Delivery : std::uint8_t { unknown, queued, sent, delivered, read, failed };
template <>
inline constexpr auto shape::words_of<Delivery> = shape::words("", "queued", "sent", "delivered", "read", "failed");

/// A file that belongs to a message.
struct Attachment {
  Text id;
  Text name;
  Text type;
  std::int64_t size = 0;
  Text url;
  Text caption;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// The messages of a chat are numbered 1, 2, 3 … in the order in which they were accepted. `shown_at` never goes back from one to the
/// next, for clients that sort by time. A deleted message keeps its number and has no text.
struct Message {
  MessageId id;
  ChatId chat;
  std::int64_t number = 0;
  Time at;
  Time shown_at;
  Actor author;
  MessageKind kind = MessageKind::unknown;
  Text text;
  List<Attachment> attachments;
  MessageId reply_to;
  Time edited_at;
  bool deleted = false;
  Delivery delivery = Delivery::unknown;
  Text delivery_reason;
  Time updated_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Message&, const Message&) = default;
};

template <>
inline constexpr auto shape::fields_of<Attachment> = shape::fields<Attachment, "attachment">(
    shape::row<&Attachment::id>("id", shape::Need::optional, "Id of the file."),
    shape::row<&Attachment::name>("name", shape::Need::optional, "File name."),
    shape::row<&Attachment::type>("type", shape::Need::optional, "Media type."),
    shape::row<&Attachment::size>("size", shape::Need::optional, "Bytes."),
    shape::row<&Attachment::url>("url", shape::Need::optional, "Where it can be fetched."),
    shape::row<&Attachment::caption>("caption", shape::Need::optional, "What the sender wrote about it."));

template <>
inline constexpr auto shape::fields_of<Message> = shape::fields<Message, "message">(
    shape::row<&Message::id>("id", shape::Need::required, "Stable id of the message."),
    shape::row<&Message::chat>("chat", shape::Need::optional, "The chat it belongs to."),
    shape::row<&Message::number>("number", shape::Need::optional, "Place in the chat, from 1."),
    shape::row<&Message::at>("at", shape::Need::optional, "When it was written, as its author or vendor said."),
    shape::row<&Message::shown_at>("shown_at", shape::Need::optional,
                                   "Time to sort by; never before that of the message before."),
    shape::row<&Message::author>("author", shape::Need::optional, "Who wrote it."),
    shape::row<&Message::kind>("kind", shape::Need::optional,
                               "text, link, image, …; or what happened: started, closed, …"),
    shape::row<&Message::text>("text", shape::Need::optional, "What was written."),
    shape::row<&Message::attachments>("attachments", shape::Need::optional, "Files."),
    shape::row<&Message::reply_to>("reply_to", shape::Need::optional, "The message that it answers."),
    shape::row<&Message::edited_at>("edited_at", shape::Need::optional, "Latest change of its text."),
    shape::row<&Message::deleted>("deleted", shape::Need::optional, "Deleted; its text is gone."),
    shape::row<&Message::delivery>("delivery", shape::Need::optional, "queued, sent, delivered, read or failed."),
    shape::row<&Message::delivery_reason>("delivery_reason", shape::Need::optional, "Why it failed."),
    shape::row<&Message::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
