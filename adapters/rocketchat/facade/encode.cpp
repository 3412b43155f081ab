// Rocket.Chat's answers: writes the document for each type of answer and notes what it cannot carry.
#include "adapters/rocketchat/facade/encode.hpp"

#include <algorithm>

#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/custom_fields.hpp"
#include "adapters/rocketchat/fields.hpp"

namespace parley::rocketchat {

const shape::View& visitor_view(Profile profile) noexcept {
  return profile == Profile::v8 ? shape::view<visitor> : shape::view<visitor_0_70>;
}
const shape::View& room_view(Profile profile) noexcept {
  return profile == Profile::v8 ? shape::view<room> : shape::view<room_0_70>;
}
const shape::View& message_view(Profile profile) noexcept {
  return profile == Profile::v8 ? shape::view<message> : shape::view<message_0_70>;
}

namespace {

using http::Reply;

void write_navigation(const PageVisit& page, shape::Writer& writer) {
  writer.key("msg");
  writer.string(page.title + " - " + page.url);
  writer.key("navigation");
  writer.begin_object();
  writer.key("page");
  writer.begin_object();
  writer.key("change");
  writer.string(page.change);
  writer.key("title");
  writer.string(page.title);
  writer.key("location");
  writer.begin_object();
  writer.key("href");
  writer.string(page.url);
  writer.end_object();
  writer.end_object();
  writer.key("token");
  writer.string(page.token);
  writer.end_object();
}

/// Writes a page visit as a navigation message. `with_order`: adds its index as `ts`, for sorting, as its time is not known.
void write_visited(const Chat& chat, const Participant& who, std::size_t at, bool with_order, shape::Writer& writer) {
  PageVisit page;
  page.token = who.token;
  page.change = "url";
  page.url = who.page_history[at];
  if (at == 0 && page.url == who.landing_page) page.title = who.landing_title;
  writer.begin_object();
  writer.key("rid");
  writer.string(chat.id.text);
  writer.key("t");
  writer.string("livechat_navigation_history");
  if (with_order) {
    writer.key("ts");
    writer.integer(static_cast<std::int64_t>(at));
  }
  write_navigation(page, writer);
  writer.end_object();
}

}  // namespace

// --- answers of particular calls -------------------------------------------------------------------------------------

Result<void> show_registered(const Facade& facade, const List<String>& dropped, const Ref<Visitor>& visitor,
                             Reply& reply) {
  Result<void> shown = facade.show(visitor, reply);
  if (!facade.reports_losses()) return shown;
  for (const String& name : dropped) {
    reply.losses.push_back({"visitor.attributes." + name, "not in the route's custom_fields"});
  }
  return shown;
}

Result<void> show_custom_field(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>&,
                               Reply& reply) {
  Answer answer(facade, reply);
  write_custom_field(sent.fields.front(), answer.writer());
  return answer.end();
}

Result<void> show_custom_fields(const Facade& facade, const SetVisitorVariables& sent, const Ref<Visitor>&,
                                Reply& reply) {
  Answer answer(facade, reply);
  write_custom_fields(sent.fields, answer.writer());
  return answer.end();
}

Result<void> show_status(const Facade& facade, const Ref<Agent>& agent, Reply& reply) {
  Answer answer(facade, reply);
  answer.writer().key("status");
  answer.writer().string(availability_of(agent->status));
  return answer.end();
}

Result<void> show_visitors(const Facade& facade, const ListVisitors& asked, const Page<Visitor>& visitors,
                           Reply& reply) {
  return show_list(facade, "visitors", visitor_view(facade.profile()), asked.query.offset, visitors, reply);
}
Result<void> show_users(const Facade& facade, const ListAgents& asked, const Page<Agent>& users, Reply& reply) {
  return show_list(facade, "users", shape::view<agent>, asked.query.offset, users, reply);
}
Result<void> show_rooms(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms, Reply& reply) {
  return show_list(facade, "rooms", room_view(facade.profile()), asked.query.offset, rooms, reply);
}

Result<void> show_pages(const Facade& facade, const ListQuery& shown, const Ref<Chat>& room, Reply& reply) {
  const Chat& chat = *room;
  const auto visitor = std::find_if(chat.participants.begin(), chat.participants.end(),
                                    [](const Participant& one) { return !one.is_agent; });
  static const Participant nobody;
  const Participant& who = visitor == chat.participants.end() ? nobody : *visitor;
  const std::size_t total = who.page_history.size();
  const Selection found = select(shown, total, [&](std::size_t place, shape::Writer& writer) {
    write_visited(chat, who, total - 1 - place, true, writer);
  });
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("pages");
  writer.begin_array();
  for (const std::size_t place : found.places) write_visited(chat, who, total - 1 - place, false, writer);
  writer.end_array();
  answer.numbers(found.places.size(), shown.offset, found.total);
  return answer.end();
}

// --- plain documents -------------------------------------------------------------------------------------------------

Result<void> Facade::show(const Ref<Visitor>& visitor, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("visitor", visitor_view(profile_), visitor);
  return answer.end();
}

Result<void> Facade::show(const Page<Visitor>& visitors, Reply& reply) const {
  return show_list(*this, "visitors", visitor_view(profile_), 0, visitors, reply);
}

Result<void> Facade::show(const Ref<Agent>& user, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("user", shape::view<agent>, user);
  return answer.end();
}

Result<void> Facade::show(const Page<Agent>& users, Reply& reply) const {
  return show_list(*this, "users", shape::view<agent>, 0, users, reply);
}

Result<void> Facade::show(const List<Channel>& channels, Reply& reply) const {
  Answer answer(*this, reply);
  answer.writer().key("channels");
  answer.writer().begin_array();
  for (const Channel& one : channels) answer.write(shape::view<channel>, &one);
  answer.writer().end_array();
  return answer.end();
}

Result<void> Facade::show(const Ref<Chat>& room, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("room", room_view(profile_), room);
  return answer.end();
}

Result<void> Facade::show(const Page<Chat>& rooms, Reply& reply) const {
  return show_list(*this, "rooms", room_view(profile_), 0, rooms, reply);
}

Result<void> Facade::show(const OpenedChat& room, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("room", room_view(profile_), room.chat.get());
  // Not losses here: the client that opened the room reads the rest of its visitor with GET livechat/visitor, and a room is always
  // named after the visitor.
  std::erase_if(reply.losses, [](const shape::Loss& loss) {
    return loss.member.starts_with("participant.") || loss.member == "chat.title";
  });
  answer.writer().key("newRoom");
  answer.writer().boolean(room.created);
  return answer.end();
}

Result<void> Facade::show(const RecordedPage& page, Reply& reply) const {
  Answer answer(*this, reply);
  if (page.stored) {
    answer.writer().key("page");
    answer.writer().begin_object();
    write_navigation(page.page, answer.writer());
    answer.writer().end_object();
  }
  return answer.end();
}

Result<void> Facade::encode(const Outcome& outcome, const http::Request&, Reply& reply) const {
  return contract::encode_any(outcome, [this, &reply](const auto& answer) -> decltype(this->show(answer, reply)) {
    return show(answer, reply);
  });
}

}  // namespace parley::rocketchat
