// The codecs of a message; see message.hpp.
#include "adapters/rocketchat/message.hpp"

#include <algorithm>

#include "adapters/rocketchat/message_parts.hpp"

namespace parley::rocketchat {
namespace {

using shape::Fit;
using shape::Losses;
using shape::Node;
using shape::Reading;
using shape::Writer;

struct KnownType {
  std::string_view word;
  MessageKind kind;
};
/// The first word of a kind is the one that is written.
constexpr KnownType known_types[] = {
    {"livechat-started", MessageKind::started},
    {"uj", MessageKind::taken},
    {"command", MessageKind::taken},
    {"ul", MessageKind::left},
    {"livechat_transfer_history", MessageKind::transferred},
    {"livechat_transfer_history_fallback", MessageKind::transferred},
    {"livechat_navigation_history", MessageKind::page},
    {"livechat-close", MessageKind::closed},
    {"livechat_transcript_history", MessageKind::transcript_sent},
};
constexpr std::string_view removed = "rm";
constexpr std::string_view type_key = "t";

std::string_view word_of(MessageKind kind) noexcept {
  const auto* known = std::ranges::find(known_types, kind, &KnownType::kind);
  return known == std::end(known_types) ? std::string_view() : known->word;
}

std::string_view type_of(const Message& message) noexcept { return message.deleted ? removed : word_of(message.kind); }

/// The kind of a message that somebody wrote, as reading finds it. The message of an upload has no text.
MessageKind kind_by_files(const Message& message) noexcept {
  if (message.attachments.empty() || !message.text.empty()) return MessageKind::text;
  return message.attachments.front().type.starts_with("image/") ? MessageKind::image : MessageKind::file;
}

}  // namespace

// --- what happened, and when ------------------------------------------------------------------------------------------

Fit MessageType::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "a string");
  if (node.text == removed) {
    message.deleted = true;
    return Fit::exact;
  }
  const auto* known = std::ranges::find(known_types, node.text, &KnownType::word);
  if (known == std::end(known_types)) return reading.refuse(node, "a type that is known");
  message.kind = known->kind;
  return word_of(known->kind) == node.text ? Fit::exact : Fit::respelt;
}

void MessageType::write(const Message& message, Writer& writer) { writer.string(type_of(message)); }

bool MessageType::empty(const Message& message) { return type_of(message).empty(); }

void MessageType::losses(const Message& message, std::string_view, Losses& losses) {
  if (message.kind == MessageKind::unknown || (!message.deleted && !word_of(message.kind).empty())) return;
  if (message.kind != kind_by_files(message))
    losses.push_back({"message.kind", "Rocket.Chat has text, files and some things that happen in a room"});
}

void settle_kind(Message& message) {
  const auto is_type = [](const shape::Extension& one) { return one.key == type_key; };
  if (message.kind != MessageKind::unknown || std::ranges::any_of(message.extensions, is_type)) return;
  message.kind = kind_by_files(message);
}

Fit MessageTime::read(const Node& node, Message& message, Reading& reading) {
  const Fit fit = shape::IsoTime::read(node, message.shown_at, reading);
  message.at = message.shown_at;
  return fit;
}

void MessageTime::write(const Message& message, Writer& writer) {
  shape::IsoTime::write(message.shown_at.known() ? message.shown_at : message.at, writer);
}

bool MessageTime::empty(const Message& message) { return !message.shown_at.known() && !message.at.known(); }

void MessageTime::losses(const Message& message, std::string_view, Losses& losses) {
  if (message.at.known() && message.shown_at.known() && message.at != message.shown_at)
    losses.push_back({"message.at", "the time to sort by is shown"});
}

// --- files ------------------------------------------------------------------------------------------------------------

namespace {

Attachment& file_at(Message& message, std::size_t place) {
  if (message.attachments.size() <= place) message.attachments.resize(place + 1);
  return message.attachments[place];
}

/// A file stands under up to three keys: each adds what it knows.
void add(Text& to, std::string_view text) {
  if (to.empty()) to.assign(text);
}

void add_size(Attachment& file, const Node* size, Reading& reading) {
  if (size != nullptr && file.size == 0) static_cast<void>(shape::IntegerCodec::read(*size, file.size, reading));
}

void add_file(const Node& node, Attachment& file, Reading& reading) {
  add(file.id, text_at(node, "_id"));
  add(file.name, text_at(node, "name"));
  add(file.type, text_at(node, "type"));
  add_size(file, node.find("size"), reading);
}

/// How an attachment that is shown in the page has its link.
struct Medium {
  std::string_view begin;  ///< of the media type
  std::string_view url;
  std::string_view type;
  std::string_view size;
};
constexpr Medium media[] = {{"image/", "image_url", "image_type", "image_size"},
                            {"audio/", "audio_url", "audio_type", "audio_size"},
                            {"video/", "video_url", "video_type", "video_size"}};

/// Whether an element of `attachments` is a file.
bool is_file(const Node& node) noexcept {
  return text_at(node, "type") == "file" || node.find("title_link") != nullptr ||
         std::ranges::any_of(media, [&node](const Medium& one) { return node.find(one.url) != nullptr; });
}

void add_attachment(const Node& node, Attachment& file, Reading& reading) {
  add(file.name, text_at(node, "title"));
  add(file.caption, text_at(node, "description"));
  add(file.url, text_at(node, "title_link"));
  for (const Medium& one : media) {
    add(file.url, text_at(node, one.url));
    add(file.type, text_at(node, one.type));
    add_size(file, node.find(one.size), reading);
  }
}

void write_attachment(const Attachment& file, Writer& writer) {
  writer.begin_object();
  write_text("title", file.name, writer);
  write_text("type", "file", writer);
  write_text("description", file.caption, writer);
  write_text("title_link", file.url, writer);
  writer.key("title_link_download");
  writer.boolean(true);
  const auto* medium =
      std::ranges::find_if(media, [&file](const Medium& one) { return file.type.starts_with(one.begin); });
  if (medium != std::end(media)) {
    write_text(medium->url, file.url, writer);
    write_text(medium->type, file.type, writer);
    if (file.size != 0) {
      writer.key(medium->size);
      writer.integer(file.size);
    }
  }
  writer.end_object();
}

}  // namespace

Fit MessageFiles::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_array()) return reading.refuse(node, "a list");
  for (const Node& child : node) {
    if (!child.is_object()) return reading.refuse(child, "an object");
  }
  std::size_t place = 0;
  for (const Node& child : node) add_file(child, file_at(message, place++), reading);
  return Fit::respelt;
}

void MessageFiles::write(const Message& message, Writer& writer) {
  writer.begin_array();
  for (const Attachment& file : message.attachments) shape::write_object(shape::view<message_file>, &file, writer);
  writer.end_array();
}

bool MessageFiles::empty(const Message& message) {
  return message.attachments.empty() || came_without(message, "files");
}

void MessageFiles::losses(const Message& message, std::string_view, Losses& losses) {
  for (const Attachment& file : message.attachments) shape::find_losses(shape::view<message_file>, &file, losses);
}

Fit MessageFile::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  add_file(node, file_at(message, 0), reading);
  return Fit::respelt;
}

void MessageFile::write(const Message& message, Writer& writer) {
  if (message.attachments.empty()) return writer.null();
  shape::write_object(shape::view<message_file>, &message.attachments.front(), writer);
}

bool MessageFile::empty(const Message& message) { return message.attachments.empty() || came_without(message, "file"); }

void OnlyMessageFile::losses(const Message& message, std::string_view member, Losses& losses) {
  MessageFiles::losses(message, member, losses);
  if (message.attachments.size() > 1)
    losses.push_back({"message.attachments", "the ids of all files but the first are not shown"});
}

Fit MessageAttachments::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_array()) return reading.refuse(node, "a list");
  std::size_t place = 0;
  for (const Node& child : node) {
    if (child.is_object() && is_file(child)) add_attachment(child, file_at(message, place++), reading);
  }
  return Fit::respelt;
}

void MessageAttachments::write(const Message& message, Writer& writer) {
  writer.begin_array();
  for (const Attachment& file : message.attachments) write_attachment(file, writer);
  writer.end_array();
}

bool MessageAttachments::empty(const Message& message) {
  return message.attachments.empty() || came_without(message, "attachments");
}

}  // namespace parley::rocketchat
