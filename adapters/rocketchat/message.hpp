// A message as Rocket.Chat shows it, in both profiles: the tables and their codecs. A visitor's message has a `token`; what
// happened in a room is a message with a type, `t`.
#pragma once

#include "adapters/rocketchat/codecs.hpp"
#include "schemas/canonical/message.hpp"

namespace parley::rocketchat {

/// `t`: what happened, or `rm` of a deleted message. What somebody wrote has none. A type that the canonical model does not have is
/// kept as it is.
struct MessageType {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `ts`: the time to sort by; the time at which the message was written, where only that is known.
struct MessageTime {
  static constexpr shape::Type type{.form = shape::Form::date_time};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `_id` of an author; the name of one of whom only that is known. Reading does not take the name for an id.
struct AuthorId {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Actor& author, shape::Reading& reading);
  static void write(const Actor& author, shape::Writer& writer);
  static bool empty(const Actor& author);
};

/// `username` of an author, which clients require; the name, else the id, of one without. Reading does not take these for a username.
struct AuthorUsername {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Actor& author, shape::Reading& reading);
  static void write(const Actor& author, shape::Writer& writer);
  static bool empty(const Actor& author);
};

/// Removes the id and the username that writing would show anyway. Runs after the last row.
void forget_stand_ins(Actor& author);

/// Who wrote a message.
inline constexpr auto message_author = shape::shape<Actor, "rocketchat.message_author">(
    shape::group<AuthorId, &Actor::id>("_id", shape::Need::optional,
                                       "Id of the visitor or user; the name where there is no id."),
    shape::group<AuthorUsername, &Actor::username>(
        "username", shape::Need::optional, "Short handle, or login name; where there is none, the name, else the id."),
    shape::row<&Actor::name>("name", shape::Need::optional, "Display name."), shape::finish<&forget_stand_ins>(),
    shape::elsewhere<&Actor::kind, &Actor::token>("the key `token`: only the message of a visitor has it"));

/// `u`: the author. Messages that nobody wrote are those of the server's own user, rocket.cat; reading takes that user as the system.
/// A bot is a user like an agent.
struct MessageAuthor {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<message_author>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `token`: of the visitor who wrote the message; the id of a visitor without one. Reading makes the author a visitor.
struct AuthorToken {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `alias`: the name of a visitor once more. Old servers show it here only.
struct AuthorAlias {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer) { writer.string(message.author.name); }
  static bool empty(const Message& message);
};

/// `transferData` of a transfer, without which the widget cannot show one. That of a document is kept as it is.
struct AnyTransferData {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message, std::string_view shape);
};
/// The same in the table with that name.
template <shape::Literal Shape>
struct TransferData : AnyTransferData {
  static bool empty(const Message& message) { return AnyTransferData::empty(message, Shape.view()); }
};

/// `editedBy`: the author, who alone may change a message. Another one in a document is kept as it is.
struct AnyEditedBy {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message, std::string_view shape);
};
template <shape::Literal Shape>
struct EditedBy : AnyEditedBy {
  static bool empty(const Message& message) { return AnyEditedBy::empty(message, Shape.view()); }
};

/// A file of a message, in `file` and `files`.
inline constexpr auto message_file = shape::shape<Attachment, "rocketchat.message_file">(
    shape::row<&Attachment::id>("_id", shape::Need::optional, "Id of the file."),
    shape::row<&Attachment::name>("name", shape::Need::optional, "File name."),
    shape::row<&Attachment::type>("type", shape::Need::optional, "Media type."),
    shape::row<&Attachment::size>("size", shape::Need::optional, "Bytes."),
    shape::elsewhere<&Attachment::url, &Attachment::caption>("the key `attachments` of the message"));

/// The type of an element of `files`.
inline constexpr shape::Type message_file_type{.form = shape::Form::object, .view = &shape::view<message_file>};

/// `files`: all files.
struct MessageFiles {
  static constexpr shape::Type type{.form = shape::Form::list, .element = &message_file_type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `file`: the first file.
struct MessageFile {
  static constexpr const shape::Type& type = message_file_type;
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
};
/// The same, where a message has no `files`.
struct OnlyMessageFile : MessageFile {
  static void losses(const Message& message, std::string_view member, shape::Losses& losses);
};

/// `attachments`: how the files are shown, with their links. Elements that are no files, such as quotations, are only kept.
struct MessageAttachments {
  static constexpr shape::Type type{.form = shape::Form::json};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Message& message, shape::Reading& reading);
  static void write(const Message& message, shape::Writer& writer);
  static bool empty(const Message& message);
};

/// Gives a message without a type its kind: text, or image or file by its first file. Runs after the last row.
void settle_kind(Message& message);

namespace message_rows {
using shape::Need;
inline constexpr auto id = shape::row<&Message::id>("_id", Need::required, "Id of the message.");
inline constexpr auto room = shape::row<&Message::chat>("rid", Need::optional, "Id of the room.");
inline constexpr auto type =
    shape::group<MessageType, &Message::kind, &Message::deleted>("t", Need::optional, "What happened; none of a text.");
inline constexpr auto text = shape::row<&Message::text>("msg", Need::always, "The text.");
inline constexpr auto time =
    shape::group<MessageTime, &Message::shown_at>("ts", Need::optional, "When; messages sort by it.");
inline constexpr auto author = shape::group<MessageAuthor, &Message::author>("u", Need::always, "Who wrote it.");
inline constexpr auto token = shape::group<AuthorToken, &Message::author>(
    "token", Need::optional, "The visitor's token, only of a message by the visitor.");
inline constexpr auto alias =
    shape::group<AuthorAlias, &Message::author>("alias", Need::optional, "The visitor's name once more.");
template <shape::Literal Shape>
inline constexpr auto transfer = shape::group<TransferData<Shape>, &Message::kind>(
    "transferData", Need::optional, "Of a transfer: who transferred the room.");
inline constexpr auto attachments =
    shape::group<MessageAttachments, &Message::attachments>("attachments", Need::optional, "How files are shown.");
inline constexpr auto edited_at =
    shape::row<&Message::edited_at>("editedAt", Need::optional, "Latest change of the text.");
template <shape::Literal Shape>
inline constexpr auto edited_by = shape::group<EditedBy<Shape>, &Message::edited_at>("editedBy", Need::optional,
                                                                                     "Who changed the text.");
inline constexpr auto updated_at = shape::row<&Message::updated_at>("_updatedAt", Need::optional, "Latest change.");
inline constexpr auto settle = shape::finish<&settle_kind>();
inline constexpr auto written_at = shape::elsewhere<&Message::at>("the key `ts`, which may be some milliseconds later");
inline constexpr auto no_number = shape::dropped<&Message::number>("Messages have an order by `ts`, and no numbers.");
inline constexpr auto no_delivery = shape::dropped<&Message::delivery, &Message::delivery_reason>(
    "Rocket.Chat shows a message once it is stored, and does not say how far it got.");
}  // namespace message_rows

/// A message as current servers show it.
inline constexpr auto message = shape::shape<Message, "rocketchat.message">(
    message_rows::id, message_rows::room, message_rows::type, message_rows::text, message_rows::time,
    message_rows::author, message_rows::token, message_rows::alias,
    shape::row<&Message::reply_to>("tmid", shape::Need::optional, "The message whose thread it belongs to."),
    message_rows::transfer<"rocketchat.message">,
    shape::group<MessageFile, &Message::attachments>("file", shape::Need::optional, "The first file."),
    shape::group<MessageFiles, &Message::attachments>("files", shape::Need::optional, "All files."),
    message_rows::attachments, message_rows::edited_at, message_rows::edited_by<"rocketchat.message">,
    message_rows::updated_at, message_rows::settle, message_rows::written_at, message_rows::no_number,
    message_rows::no_delivery);

/// A message as 0.70 (Pimenta) shows it.
inline constexpr auto message_0_70 = shape::shape<Message, "rocketchat.message_0_70">(
    message_rows::id, message_rows::room, message_rows::type, message_rows::text, message_rows::time,
    message_rows::author, message_rows::token, message_rows::alias, message_rows::transfer<"rocketchat.message_0_70">,
    shape::group<OnlyMessageFile, &Message::attachments>("file", shape::Need::optional, "The file."),
    message_rows::attachments, message_rows::edited_at, message_rows::edited_by<"rocketchat.message_0_70">,
    message_rows::updated_at, message_rows::settle, message_rows::written_at, message_rows::no_number,
    message_rows::no_delivery, shape::dropped<&Message::reply_to>("0.70 has no threads yet."));

}  // namespace parley::rocketchat
