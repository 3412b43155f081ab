// The codecs of a room; see room.hpp.
#include "adapters/rocketchat/room.hpp"

#include <algorithm>

#include "adapters/rocketchat/nested.hpp"

namespace parley::rocketchat {
namespace {

/// The first participant who is no agent; else nullptr.
const Participant* visitor_of(const Chat& chat) noexcept {
  const auto found = std::ranges::find(chat.participants, false, &Participant::is_agent);
  return found == chat.participants.end() ? nullptr : &*found;
}

/// Whether the value is `true`. Readers refuse any other value, which is then kept as it is.
bool is_true(const shape::Node& node) noexcept { return node.kind == shape::NodeKind::boolean && node.text == "true"; }

/// Whether the document of a room had `"open": true`. A document with only `waitingResponse` must not get an `open`.
bool came_with_open(const Chat& chat) noexcept {
  if (!has_row(chat.wire, "open")) return false;
  return find_extension(chat.extensions, chat.wire.shape->name, "open") == nullptr;
}

/// Whether a room can show all participants: at most one visitor, then at most one agent, and nobody whom only the chat names.
bool fits_a_room(const Chat& chat) noexcept {
  const Participant* visitor = visitor_of(chat);
  const Participant* agent = serving_agent(chat);
  const std::size_t shown = (visitor != nullptr ? 1U : 0U) + (agent != nullptr ? 1U : 0U);
  if (chat.participants.size() != shown) return false;
  if (visitor != nullptr && agent != nullptr && visitor > agent) return false;
  return (visitor != nullptr || chat.visitor.empty()) && (agent != nullptr || chat.agent.empty());
}

}  // namespace

const Participant* serving_agent(const Chat& chat) noexcept {
  const auto serves = [&chat](const Participant& one) {
    return one.is_agent && (chat.agent.empty() ? !one.end_at.known() : one.id == chat.agent.text);
  };
  const auto found = std::ranges::find_if(chat.participants, serves);
  return found == chat.participants.end() ? nullptr : &*found;
}

shape::Fit OnlineWord::read(const shape::Node& node, bool& online, shape::Reading& reading) {
  const int word = node.is_text() ? shape::find_word(type.words, node.text) : -1;
  if (word <= 0) return reading.refuse(node, shape::list_words(type.words));
  online = static_cast<Presence>(word) != Presence::offline;
  return node.text == "online" || node.text == "offline" ? shape::Fit::exact : shape::Fit::respelt;
}

shape::Fit RoomType::read(const shape::Node& node, Text& kind, shape::Reading& reading) {
  if (!node.is_text() || node.text != words[0]) return reading.refuse(node, shape::list_words(words));
  kind = "chat";
  return shape::Fit::exact;
}

void RoomType::losses(const Text& kind, std::string_view member, shape::Losses& losses) {
  if (!kind.empty() && kind != "chat") losses.push_back({shape::Label::constant(member), "every room is a chat"});
}

shape::Fit RoomName::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  return shape::TextCodec::read(node, chat.title, reading);
}

namespace {
/// The name shown for a chat without a title: the visitor's; empty for a chat that was read from a room.
const Text& stand_in_for_title(const Chat& chat) noexcept {
  static const Text nobody;
  const Participant* visitor = is_ours(chat.wire) ? nullptr : visitor_of(chat);
  if (visitor == nullptr) return nobody;
  return visitor->name.empty() ? visitor->username : visitor->name;
}
}  // namespace

void RoomName::write(const Chat& chat, shape::Writer& writer) {
  writer.string(chat.title.empty() ? stand_in_for_title(chat) : chat.title);
}

bool RoomName::empty(const Chat& chat) { return chat.title.empty() && stand_in_for_title(chat).empty(); }

void RoomName::losses(const Chat& chat, std::string_view member, shape::Losses& losses) {
  if (chat.title.empty() && !empty(chat))
    losses.push_back({shape::Label::constant(member), "there is none; the visitor's name stands in its place"});
}

shape::Fit RoomOpen::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  if (!is_true(node)) return reading.refuse(node, "true");
  if (chat.state == ChatState::unknown) chat.state = ChatState::active;
  return shape::Fit::exact;
}

bool RoomOpen::empty(const Chat& chat) {
  if (chat.state == ChatState::ended) return true;
  if (is_ours(chat.wire)) return !came_with_open(chat);
  return chat.state == ChatState::unknown && chat.end_at.known();
}

void RoomOpen::losses(const Chat& chat, std::string_view member, shape::Losses& losses) {
  if (chat.state == ChatState::unknown) losses.push_back({shape::Label::constant(member), "a room is open or closed"});
}

shape::Fit RoomWaiting::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  if (!is_true(node)) return reading.refuse(node, "true");
  chat.state = ChatState::queued;
  return shape::Fit::exact;
}

bool RoomWaiting::empty(const Chat& chat) { return chat.state != ChatState::queued; }

void settle_state(Chat& chat) {
  if (chat.state == ChatState::unknown) chat.state = ChatState::ended;
}

shape::Fit RoomVisitor::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  Participant visitor;
  const shape::Fit fit = shape::read_object(shape::view<room_visitor>, node, &visitor, reading);
  if (fit == shape::Fit::refused) return fit;
  chat.visitor.text = visitor.id;
  chat.participants.insert(chat.participants.begin(), std::move(visitor));  // the visitor first, then agents
  return fit;
}

void RoomVisitor::write(const Chat& chat, shape::Writer& writer) {
  if (const Participant* visitor = visitor_of(chat)) {
    shape::write_object(shape::view<room_visitor>, visitor, writer);
    return;
  }
  Participant known_by_id;
  known_by_id.id = chat.visitor.text;
  shape::write_object(shape::view<room_visitor>, &known_by_id, writer);
}

bool RoomVisitor::empty(const Chat& chat) { return chat.visitor.empty() && visitor_of(chat) == nullptr; }

void RoomVisitor::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  if (!fits_a_room(chat))
    losses.push_back({"chat.participants", "a room shows one visitor and the agent who serves it"});
  const Participant* visitor = visitor_of(chat);
  if (visitor == nullptr) return;
  if (visitor->id != chat.visitor.text) losses.push_back({"chat.visitor", "a room shows the visitor who takes part"});
  shape::find_losses(shape::view<room_visitor>, visitor, losses);
}

shape::Fit RoomAgent::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  Participant agent;
  const shape::Fit fit = shape::read_object(shape::view<room_agent>, node, &agent, reading);
  if (fit == shape::Fit::refused) return fit;
  agent.is_agent = true;
  chat.agent.text = agent.id;
  chat.participants.push_back(std::move(agent));
  return fit;
}

void RoomAgent::write(const Chat& chat, shape::Writer& writer) {
  if (const Participant* agent = serving_agent(chat)) {
    shape::write_object(shape::view<room_agent>, agent, writer);
    return;
  }
  Participant known_by_id;
  known_by_id.id = chat.agent.text;
  shape::write_object(shape::view<room_agent>, &known_by_id, writer);
}

bool RoomAgent::empty(const Chat& chat) { return chat.agent.empty() && serving_agent(chat) == nullptr; }

void RoomAgent::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  const Participant* agent = serving_agent(chat);
  if (agent == nullptr) return;
  if (agent->id != chat.agent.text) losses.push_back({"chat.agent", "a room shows the agent who takes part"});
  shape::find_losses(shape::view<room_agent>, agent, losses);
}

shape::Fit RoomCloser::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  const int word = node.is_text() ? shape::find_word(words, node.text) : -1;
  if (word < 0) return reading.refuse(node, shape::list_words(words));
  chat.closed_by.kind = word == 1 ? ActorKind::visitor : ActorKind::agent;
  return shape::Fit::exact;
}

void RoomCloser::write(const Chat& chat, shape::Writer& writer) {
  writer.string(words[chat.closed_by.kind == ActorKind::visitor ? 1 : 0]);
}

void RoomCloser::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  const ActorKind kind = chat.closed_by.kind;
  if (kind == ActorKind::bot || kind == ActorKind::system)
    losses.push_back({"actor.kind", "a room is closed by a visitor or by a user"});
}

shape::Fit RoomClosedBy::read(const shape::Node& node, Chat& chat, shape::Reading& reading) {
  Actor closer;
  const shape::Fit fit = shape::read_object(shape::view<room_closer>, node, &closer, reading);
  if (fit == shape::Fit::refused) return fit;
  closer.kind = chat.closed_by.kind;
  chat.closed_by = std::move(closer);
  return fit;
}

void RoomClosedBy::write(const Chat& chat, shape::Writer& writer) {
  shape::write_object(shape::view<room_closer>, &chat.closed_by, writer);
}

bool RoomClosedBy::empty(const Chat& chat) { return chat.closed_by.id.empty() && chat.closed_by.username.empty(); }

void RoomClosedBy::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  const Actor& closer = chat.closed_by;
  if (empty(chat) && RoomCloser::empty(chat) && !(closer.name.empty() && closer.token.empty()))
    losses.push_back({"chat.closed_by", "a room shows who closed it by an id or a username"});
  shape::find_losses(shape::view<room_closer>, &closer, losses);
}

shape::Fit RequestedBy::read(const shape::Node& node, Actor& by, shape::Reading& reading) {
  const shape::Fit fit = shape::read_object(shape::view<room_requester>, node, &by, reading);
  if (fit != shape::Fit::refused && !empty(by)) by.kind = ActorKind::agent;
  return fit;
}

void RequestedBy::write(const Actor& by, shape::Writer& writer) {
  shape::write_object(shape::view<room_requester>, &by, writer);
}

bool RequestedBy::empty(const Actor& by) { return by.id.empty() && by.username.empty() && by.name.empty(); }

void RequestedBy::losses(const Actor& by, std::string_view, shape::Losses& losses) {
  const bool shown = !empty(by);
  if (shown ? by.kind != ActorKind::agent : by.kind != ActorKind::unknown)
    losses.push_back({"actor.kind", "a room shows the user who asked for a transcript"});
  shape::find_losses(shape::view<room_requester>, &by, losses);
}

}  // namespace parley::rocketchat
