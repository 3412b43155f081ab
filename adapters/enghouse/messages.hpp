// How Enghouse writes a message: its table and those of the objects within it.
#pragma once

#include "adapters/enghouse/codecs.hpp"
#include "schemas/canonical/message.hpp"

namespace parley::enghouse {

using shape::Need;
using shape::row;

/// An object within a document, whose members are members of the same record. `TableRef` is its table; it drops nothing, since the table
/// around it does. Members that it does not know become extensions of the record, under its own name.
template <const auto& TableRef>
struct InnerObject {
  using T = typename std::remove_cvref_t<decltype(TableRef)>::object;
  static constexpr Type type{.form = Form::object, .words = {}, .view = &shape::view<TableRef>, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;

  static Fit read(const Node& node, T& record, Reading& reading) {
    const shape::View& view = shape::view<TableRef>;
    if (shape::read_object(view, node, &record, reading) == Fit::refused) return Fit::refused;
    record.wire = {};  // it remembers the document of the table around this one only
    Buffer ours;
    Writer writer(ours);
    write(record, writer);
    writer.finish();
    return ours.view() == node.raw ? Fit::exact : Fit::respelt;
  }
  static void write(const T& record, Writer& writer) { shape::write_object(shape::view<TableRef>, &record, writer); }
  static bool empty(const T& record) {
    const auto& rows = shape::view<TableRef>.rows;
    return std::all_of(rows.begin(), rows.end(), [&record](const shape::Row& one) { return one.empty(&record); });
  }
  static void losses(const T& record, std::string_view, Losses& losses) {
    for (const shape::Row& one : shape::view<TableRef>.rows) {
      if (one.losses != nullptr) one.losses(&record, one.lossy, losses);
    }
  }
};

/// Whether Enghouse shows a message of this kind: it was written by somebody, and is no note among agents.
[[nodiscard]] constexpr bool is_shown(MessageKind kind) noexcept {
  return is_written(kind) && kind != MessageKind::note;
}

/// Whether `content` has a member of the message's file.
[[nodiscard]] inline bool shows_file(const Message& message) noexcept {
  if (message.attachments.empty()) return false;
  const Attachment& file = message.attachments.front();
  return !file.id.empty() || !file.name.empty() || !file.type.empty() || !file.url.empty() || !file.caption.empty();
}

/// `messageType`. A word that is not known here stays an extension. A text with a file is a DOCUMENT, so that clients show the file.
struct MessageType {
  static constexpr std::array<std::string_view, 4> words = {"TEXT", "LINK", "IMAGE", "DOCUMENT"};
  static constexpr Type type{.form = Form::word, .words = words, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Message& message, Reading& reading);
  static void write(const Message& message, Writer& writer);
  static bool empty(const Message& message) { return message.kind == MessageKind::unknown; }
  static void losses(const Message& message, std::string_view member, Losses& losses);
};

/// `isAgent`: an agent or a customer.
struct IsAgent {
  static constexpr Type type{.form = Form::boolean, .words = {}, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, ActorKind& kind, Reading& reading);
  static void write(ActorKind kind, Writer& writer);
  static bool empty(ActorKind kind) { return kind == ActorKind::unknown; }
  static void losses(ActorKind kind, std::string_view member, Losses& losses);
};

/// `deliverySuccess`: absent until it is known.
struct DeliverySuccess {
  static constexpr Type type{.form = Form::boolean, .words = {}, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Delivery& delivery, Reading& reading);
  static void write(Delivery delivery, Writer& writer) { writer.boolean(delivery != Delivery::failed); }
  static bool empty(Delivery delivery) { return delivery < Delivery::delivered; }
  static void losses(Delivery delivery, std::string_view member, Losses& losses);
};

/// Whether the text of the message is the address of its link.
[[nodiscard]] inline bool is_bare_link(const Message& message) noexcept {
  return message.kind == MessageKind::link && message.attachments.empty();
}

/// Whether the message is shown as a TEXT. Only such a one has a text even where that is empty.
[[nodiscard]] inline bool is_shown_as_text(const Message& message) noexcept {
  switch (message.kind) {
    case MessageKind::unknown:  // one without an id is no message, but a document that could not be read
      return !message.id.empty() && !shows_file(message);
    case MessageKind::link:
    case MessageKind::image:
    case MessageKind::document:
    case MessageKind::file:
      return false;
    default:
      return !shows_file(message);
  }
}

/// `content.text`: there in every TEXT, and in others that have one.
struct ContentText {
  static constexpr Type type{.form = Form::text, .words = {}, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Message& message, Reading& reading) {
    return shape::TextCodec::read(node, message.text, reading);
  }
  static void write(const Message& message, Writer& writer) { writer.string(message.text); }
  static bool empty(const Message& message) {
    return is_bare_link(message) || (message.text.empty() && !is_shown_as_text(message));
  }
};

/// A member of the message's file: of the first one.
template <auto Member>
struct OfFile {
  static constexpr Type type{.form = Form::text, .words = {}, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Message& message, Reading& reading) {
    if (!node.is_text()) return reading.refuse(node, "a string");
    if (message.attachments.empty()) message.attachments.emplace_back();
    return shape::TextCodec::read(node, message.attachments.front().*Member, reading);
  }
  static void write(const Message& message, Writer& writer) {
    writer.string(message.attachments.empty() ? std::string_view() : (message.attachments.front().*Member).view());
  }
  static bool empty(const Message& message) {
    return message.attachments.empty() || (message.attachments.front().*Member).empty();
  }
};

/// `fileName`, which also tells what is lost of the message's files.
struct FileName : OfFile<&Attachment::name> {
  static void losses(const Message& message, std::string_view members, Losses& losses);
};

/// What stands before the path of a file that Parley keeps.
inline constexpr std::string_view file_root = "/livechat";

/// `content.url`: the text of a link, or where the file is. finish_data decides between the two. That of a file that Parley keeps is a path
/// of this API.
struct ContentUrl : OfFile<&Attachment::url> {
  static Fit read(const Node& node, Message& message, Reading& reading);
  static void write(const Message& message, Writer& writer);
  static bool empty(const Message& message) {
    return is_bare_link(message) ? message.text.empty() : OfFile::empty(message);
  }
};

/// Makes the address of a link its text.
void finish_data(Message& message);

inline constexpr auto author = shape::shape<Actor, "enghouse.author">(
    row<&Actor::id, UserIdCodec>("id", Need::always, "User id; \"\" where only a name is known."),
    row<&Actor::kind, IsAgent>("isAgent", Need::always, "An agent or a bot, else a customer."),
    row<&Actor::name>("nickname", Need::optional, "Display name; newer releases only."),
    shape::dropped<&Actor::token>("Enghouse users have no secret handle."),
    shape::dropped<&Actor::username>("Enghouse users have one name, the nickname."));

/// `content.user`. What is lost of an author is lost of the message, too.
struct Author : shape::Object<author> {
  static void losses(const Actor& value, std::string_view member, Losses& losses);
};

inline constexpr auto message_content = shape::shape<Message, "enghouse.message.data.content">(
    shape::group<ContentText, &Message::text>("text", Need::optional, "What was written."),
    shape::group<ContentUrl, &Message::kind, &Message::text, &Message::attachments>("url", Need::optional,
                                                                                    "Of a LINK, or where the file is."),
    shape::group<OfFile<&Attachment::id>, &Message::attachments>("id", Need::optional, "Id of the file."),
    shape::group<OfFile<&Attachment::caption>, &Message::attachments>("caption", Need::optional,
                                                                      "What was written about the file."),
    shape::group<FileName, &Message::attachments>("fileName", Need::optional, "Name of the file."),
    shape::group<OfFile<&Attachment::type>, &Message::attachments>("documentType", Need::optional,
                                                                   "Media type of the file."),
    row<&Message::author, Author>("user", Need::always, "Who wrote it."),
    shape::elsewhere<&Message::id, &Message::at, &Message::reply_to, &Message::delivery, &Message::delivery_reason>(
        "data"),
    shape::elsewhere<&Message::chat, &Message::number, &Message::shown_at, &Message::edited_at, &Message::deleted,
                     &Message::updated_at>("the message around it"));

inline constexpr auto message_data = shape::shape<Message, "enghouse.message.data">(
    row<&Message::id>("id", Need::always, "Message id."),
    shape::group<MessageType, &Message::kind>("messageType", Need::always, "TEXT, LINK, IMAGE or DOCUMENT."),
    row<&Message::at, EpochTime>("ts", Need::always, "When it was written, in milliseconds."),
    shape::group<InnerObject<message_content>, &Message::author, &Message::text, &Message::attachments>(
        "content", Need::always, "What was written, and who wrote it."),
    row<&Message::reply_to>("replyTo", Need::optional, "Id of the message that it answers."),
    row<&Message::delivery, DeliverySuccess>("deliverySuccess", Need::optional, "Whether it reached the other side."),
    row<&Message::delivery_reason>("deliveryErrorReason", Need::optional, "Why it did not."),
    shape::finish<&finish_data>(),
    shape::elsewhere<&Message::chat, &Message::number, &Message::shown_at, &Message::edited_at, &Message::deleted,
                     &Message::updated_at>("the message around it"));

inline constexpr auto message = shape::shape<Message, "enghouse.message">(
    row<&Message::chat, ChatIdCodec>("room", Need::always, "Chat id."),
    shape::group<InnerObject<message_data>, &Message::id, &Message::kind, &Message::at, &Message::author,
                 &Message::text, &Message::attachments, &Message::reply_to, &Message::delivery,
                 &Message::delivery_reason>("data", Need::always, "The message itself."),
    shape::dropped<&Message::number>("Enghouse numbers no messages; a list of them is in their order."),
    shape::dropped<&Message::shown_at>("A message has one time, the one at which it was written."),
    shape::dropped<&Message::edited_at>("Enghouse changes no messages."),
    shape::dropped<&Message::deleted>("Enghouse deletes no messages; one that is deleted is not listed."),
    shape::dropped<&Message::updated_at>("A message does not say when its record was changed."));

}  // namespace parley::enghouse
