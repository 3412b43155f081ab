// The codecs of who wrote a message, and of who transferred a room; see message.hpp.
#include "adapters/rocketchat/message.hpp"
#include "adapters/rocketchat/message_parts.hpp"

namespace parley::rocketchat {

using shape::Fit;
using shape::Losses;
using shape::Node;
using shape::Reading;
using shape::Writer;

namespace {

/// The server's own user, who writes what nobody wrote.
constexpr std::string_view server_id = "rocket.cat";
constexpr std::string_view server_name = "Rocket.Cat";

/// What stands for the username of an author without one.
const Text& shown_username(const Actor& author) noexcept {
  if (!author.username.empty()) return author.username;
  return author.name.empty() ? author.id : author.name;
}

const Text& shown_id(const Actor& author) noexcept { return author.id.empty() ? author.name : author.id; }

/// Whether the author is nobody whom a client could know.
bool is_nobody(const Actor& author) noexcept {
  return (author.kind == ActorKind::system || author.kind == ActorKind::unknown) && author.id.empty();
}

/// Reads a text in whose place writing would put another one if it is empty.
Fit read_replaceable(const Node& node, Text& text, Reading& reading) {
  const Fit fit = shape::TextCodec::read(node, text, reading);
  return fit == Fit::exact && text.empty() ? Fit::respelt : fit;
}

/// Whether a document of the shape decides on the key: it had it, or had it not.
bool comes_from_document(const Message& message, std::string_view shape, std::string_view key) noexcept {
  return find_extension(message.extensions, shape, key) != nullptr ||
         (message.wire.shape != nullptr && message.wire.shape->name == shape && !has_row(message.wire, key));
}

}  // namespace

Fit AuthorId::read(const Node& node, Actor& author, Reading& reading) {
  return read_replaceable(node, author.id, reading);
}

void AuthorId::write(const Actor& author, Writer& writer) { writer.string(shown_id(author)); }

bool AuthorId::empty(const Actor& author) {
  return author.id.empty() && (author.name.empty() || came_without(author, "_id"));
}

Fit AuthorUsername::read(const Node& node, Actor& author, Reading& reading) {
  return read_replaceable(node, author.username, reading);
}

void AuthorUsername::write(const Actor& author, Writer& writer) { writer.string(shown_username(author)); }

bool AuthorUsername::empty(const Actor& author) {
  return author.username.empty() && (shown_username(author).empty() || came_without(author, "username"));
}

void forget_stand_ins(Actor& author) {
  if (author.username == (author.name.empty() ? author.id : author.name)) author.username.clear();
  if (author.id == author.name) author.id.clear();
}

Fit MessageAuthor::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  Actor& author = message.author;
  const bool by_server = text_at(node, "_id") == server_id;
  if (author.kind != ActorKind::visitor) author.kind = by_server ? ActorKind::system : ActorKind::agent;
  if (by_server) {  // the names of that user say nothing, others do
    if (const std::string_view name = text_at(node, "name"); name != server_name) author.name.assign(name);
    if (const std::string_view name = text_at(node, "username"); name != server_id) author.username.assign(name);
    return Fit::respelt;
  }
  Actor read;
  Fit fit = shape::read_object(shape::view<message_author>, node, &read, reading);
  read.kind = author.kind;
  read.token = author.token;
  if (read.name.empty()) {  // the name may be the `alias` only
    read.name = author.name;
    fit = Fit::respelt;
  }
  author = std::move(read);
  return fit;
}

void MessageAuthor::write(const Message& message, Writer& writer) {
  const Actor& author = message.author;
  if (!is_nobody(author)) return shape::write_object(shape::view<message_author>, &author, writer);
  writer.begin_object();
  write_text("_id", server_id, writer);
  write_text("username", author.username.empty() ? server_id : author.username.view(), writer);
  write_text("name", author.name.empty() ? server_name : author.name.view(), writer);
  writer.end_object();
}

bool MessageAuthor::empty(const Message& message) { return came_without(message, "u"); }

void MessageAuthor::losses(const Message& message, std::string_view, Losses& losses) {
  const Actor& author = message.author;
  if (author.kind == ActorKind::bot) losses.push_back({"actor.kind", "a bot is a user like an agent"});
  if (author.kind == ActorKind::system && !author.id.empty())
    losses.push_back({"actor.kind", "what has an id is a visitor or a user"});
  shape::find_losses(shape::view<message_author>, &author, losses);
}

Fit AuthorToken::read(const Node& node, Message& message, Reading& reading) {
  const Fit fit = shape::TextCodec::read(node, message.author.token, reading);
  if (fit == Fit::refused) return fit;
  message.author.kind = ActorKind::visitor;
  return message.author.token.empty() ? Fit::respelt : fit;  // writing would put the id here
}

void AuthorToken::write(const Message& message, Writer& writer) {
  const Actor& author = message.author;
  writer.string(author.token.empty() ? author.id : author.token);
}

bool AuthorToken::empty(const Message& message) { return message.author.kind != ActorKind::visitor; }

void AuthorToken::losses(const Message& message, std::string_view, Losses& losses) {
  const Actor& author = message.author;
  if (author.kind != ActorKind::visitor && !author.token.empty())
    losses.push_back({"actor.token", "only the message of a visitor has a token"});
  if (author.kind == ActorKind::visitor && author.token.empty())
    losses.push_back({"actor.token", "there is none; the id stands in its place"});
}

Fit AuthorAlias::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "a string");
  if (message.author.name.empty()) message.author.name.assign(node.text);
  return Fit::respelt;
}

bool AuthorAlias::empty(const Message& message) {
  return message.author.kind != ActorKind::visitor || message.author.name.empty() || came_without(message, "alias");
}

Fit AnyTransferData::read(const Node& node, Message&, Reading& reading) {
  return reading.refuse(node, "nothing: it is kept as it is");
}

void AnyTransferData::write(const Message& message, Writer& writer) {
  const Actor& author = message.author;
  writer.begin_object();
  write_text("scope", "queue", writer);  // the only scope that names nobody to whom the room went
  writer.key("transferredBy");
  if (is_nobody(author)) {
    MessageAuthor::write(message, writer);
  } else {
    writer.begin_object();
    write_text("_id", shown_id(author), writer);
    write_text("username", shown_username(author), writer);
    write_text("name", author.name.empty() ? shown_username(author) : author.name, writer);
    writer.end_object();
  }
  writer.end_object();
}

bool AnyTransferData::empty(const Message& message, std::string_view shape) {
  if (message.kind != MessageKind::transferred || message.deleted) return true;
  return comes_from_document(message, shape, "transferData");
}

Fit AnyEditedBy::read(const Node& node, Message& message, Reading& reading) {
  const Actor& author = message.author;
  const bool by_author = node.is_object() && node.size == 2 && (*node.begin()).key == "_id" &&
                         message.edited_at.known() && !is_nobody(author) && text_at(node, "_id") == shown_id(author) &&
                         text_at(node, "username") == shown_username(author);
  return by_author ? Fit::exact : reading.refuse(node, "the author: another one is kept as it is");
}

void AnyEditedBy::write(const Message& message, Writer& writer) {
  writer.begin_object();
  write_text("_id", shown_id(message.author), writer);
  write_text("username", shown_username(message.author), writer);
  writer.end_object();
}

bool AnyEditedBy::empty(const Message& message, std::string_view shape) {
  if (!message.edited_at.known() || is_nobody(message.author)) return true;
  return comes_from_document(message, shape, "editedBy");
}

}  // namespace parley::rocketchat
