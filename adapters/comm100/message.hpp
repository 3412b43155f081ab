// A message of a chat: an item of its `messages`.
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/message.hpp"

namespace parley::comm100 {

/// `senderType`: visitor, agent, chatbot or system; note for a note among agents. Whatever happened in the chat is of the system. Reading
/// takes every message as a text but for notes, which are an agent's.
struct SenderType {
  static constexpr std::array<std::string_view, 5> words = {"visitor", "agent", "system", "chatbot", "note"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `senderName`: the author's name.
struct SenderName {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer) { writer.string(message.author.name); }
  static bool empty(const Message& message) { return message.author.name.empty(); }
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// What stands before the path of a file that Parley keeps.
inline constexpr std::string_view file_root = "/v4/livechat";

/// `attachmentUrl`: where the first file can be fetched. That of a file that Parley keeps is a path of this API.
struct AttachmentUrl {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, List<Attachment>& files, shape::Reading& reading);
  static void write(const List<Attachment>& files, shape::Writer& writer);
  static bool empty(const List<Attachment>& files) { return files.empty() || files.front().url.empty(); }
  static void losses(const List<Attachment>& files, std::string_view member, shape::Losses& losses);
};

inline constexpr auto message = shape::shape<Message, "comm100.message">(
    shape::group<SenderType, &Message::author, &Message::kind>("senderType", shape::Need::always,
                                                               "visitor, agent, system, chatbot or note."),
    shape::group<SenderName, &Message::author>("senderName", shape::Need::always, "Display name of the sender."),
    shape::row<&Message::text>("message", shape::Need::always, "What was written."),
    shape::row<&Message::at, VisitTime>("time", shape::Need::always, "When it was written."),
    shape::row<&Message::attachments, AttachmentUrl>("attachmentUrl", shape::Need::optional,
                                                     "Where the file of the message can be fetched."),
    shape::dropped<&Message::id, &Message::reply_to>("Messages have no ids in this API."),
    shape::dropped<&Message::chat>("Messages are shown inside of their chat only."),
    shape::dropped<&Message::number>("The order of the list is the order of the messages."),
    shape::dropped<&Message::shown_at>("A message has one time; the list has the order."),
    shape::dropped<&Message::edited_at, &Message::deleted, &Message::updated_at>(
        "The history shows messages as they are at the end."),
    shape::dropped<&Message::delivery, &Message::delivery_reason>(
        "Comm100 does not say how far a message has got on its way."));

}  // namespace parley::comm100
