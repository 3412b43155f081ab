// See encode_chat.hpp.
#include "adapters/rocketchat/facade/encode_chat.hpp"

#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/message.hpp"
#include "adapters/rocketchat/room.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;

/// When a message was deleted.
Time deleted_at(const Message& message) { return message.updated_at.known() ? message.updated_at : Time::now(); }

/// Notes are for agents. A page is shown by visitors.pagesVisited, and hidden in a room's messages, as by the vendor's default.
bool may_be_seen_by_visitor(const Message& message) noexcept {
  return message.kind != MessageKind::note && message.kind != MessageKind::page;
}

template <class May>
void write_messages(const Facade& facade, const Page<Message>& messages, const May& may, Answer& answer) {
  shape::Writer& writer = answer.writer();
  writer.key("messages");
  writer.begin_array();
  for (const Ref<Message>& one : messages.records) {
    if (writer.out().overflowed()) break;
    if (may(*one)) answer.write(message_view(facade.profile()), one);
  }
  writer.end_array();
}
constexpr auto any = [](const Message&) { return true; };

/// The rows of a message that 0.70 shows of one that was just written.
std::uint64_t rows_of_posted(const shape::View& view) {
  std::uint64_t rows = 0;
  for (const std::string_view key : {"_id", "msg", "u", "ts"}) rows |= std::uint64_t{1} << view.find(key);
  return rows;
}

}  // namespace

// --- messages ---------------------------------------------------------------------------------------------------------

Result<void> Facade::show(const Ref<Message>& message, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("message", message_view(profile_), message);
  return answer.end();
}

Result<void> Facade::show(const Transcript& transcript, Reply& reply) const {
  Answer answer(*this, reply);
  write_messages(*this, transcript.messages, any, answer);
  return answer.end();
}

Result<void> show_to_visitor(const Facade& facade, const Ref<Message>& message, Reply& reply) {
  if (!may_be_seen_by_visitor(*message)) {
    return Error{.code = Code::no_such_message, .message = "no such message", .field = "_id"};
  }
  return facade.show(message, reply);
}

Result<void> show_posted(const Facade& facade, const PostedMessage& posted, Reply& reply) {
  if (facade.profile() == Profile::v8) return facade.show(posted, reply);
  Answer answer(facade, reply);
  const shape::View& view = shape::view<message_0_70>;
  answer.writer().key("message");
  shape::write_members(view, posted.message.get(), rows_of_posted(view), answer.writer());
  return answer.end();
}

Result<void> show_removed(const Facade& facade, const Ref<Message>& message, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("message");
  writer.begin_object();
  member(writer, "_id", message->id.text);
  writer.key("ts");
  writer.iso(deleted_at(*message));
  writer.end_object();
  return answer.end();
}

Result<void> show_history(const Facade& facade, const Transcript& transcript, Reply& reply) {
  Answer answer(facade, reply);
  write_messages(facade, transcript.messages, may_be_seen_by_visitor, answer);
  if (facade.profile() == Profile::pimenta) {
    answer.writer().key("unreadNotLoaded");
    answer.writer().integer(0);
  }
  return answer.end();
}

Result<void> show_posted_by_agent(const Facade& facade, const PostedMessage& posted, Reply& reply) {
  Answer answer(facade, reply);
  const Message& message = *posted.message;
  answer.writer().key("ts");
  answer.writer().integer((message.shown_at.known() ? message.shown_at : message.at).since_epoch);
  member(answer.writer(), "channel", message.chat.text);
  answer.record("message", message_view(facade.profile()), posted.message);
  return answer.end();
}

Result<void> show_deleted(const Facade& facade, const Ref<Message>& message, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  member(writer, "_id", message->id.text);
  member(writer, "ts", std::to_string(deleted_at(*message).since_epoch));
  writer.key("message");
  writer.begin_object();
  member(writer, "_id", message->id.text);
  member(writer, "rid", message->chat.text);
  writer.key("u");
  MessageAuthor::write(*message, writer);
  writer.end_object();
  return answer.end();
}

Result<void> show_room_messages(const Facade& facade, const ListMessages& asked, const Transcript& transcript,
                                Reply& reply) {
  Answer answer(facade, reply);
  write_messages(facade, transcript.messages, any, answer);
  answer.numbers(asked.query.limit, asked.query.offset, transcript.messages.matching());
  return answer.end();
}

// --- rooms ------------------------------------------------------------------------------------------------------------

void write_agent(const Participant& agent, shape::Writer& writer) {
  writer.begin_object();
  member(writer, "_id", agent.id);
  if (!agent.name.empty()) member(writer, "name", agent.name);
  if (!agent.username.empty()) member(writer, "username", agent.username);
  member(writer, "status", agent.online ? "online" : "offline");
  writer.end_object();
}

Result<void> show_agent_of(const Facade& facade, const Ref<Chat>& chat, Reply& reply) {
  const Participant* const agent = serving_agent(*chat);
  if (agent == nullptr) {
    return Error{.code = Code::no_such_agent, .message = "no agent has taken the chat", .field = "rid"};
  }
  Answer answer(facade, reply);
  answer.writer().key("agent");
  write_agent(*agent, answer.writer());
  return answer.end();
}

Result<void> show_closed(const Facade& facade, const CloseChat& asked, const Ref<Chat>&, Reply& reply) {
  Answer answer(facade, reply);
  member(answer.writer(), "rid", asked.chat.id.text);
  member(answer.writer(), "comment", asked.comment);
  return answer.end();
}

Result<void> show_survey(const Facade& facade, const ShownSurvey& survey, const Ref<Chat>&, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  member(writer, "rid", survey.room);
  writer.key("data");
  writer.begin_object();
  for (const Attribute& one : survey.kept) member(writer, one.name, one.value);
  writer.end_object();
  for (const String& name : survey.left_out) {
    if (facade.reports_losses())
      reply.losses.push_back(
          {"chat.rating.answers." + name, "not a question of the survey, or not one of its answers"});
  }
  return answer.end();
}

Result<void> show_taken(const Facade& facade, const Ref<Chat>& chat, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("inquiry");
  writer.begin_object();
  member(writer, "_id", chat->id.text);
  member(writer, "rid", chat->id.text);
  if (!RoomName::empty(*chat)) {
    writer.key("name");
    RoomName::write(*chat, writer);
  }
  member(writer, "message", {});  // the vendor's has the first text, which the room does not say
  if (chat->begin_at.known()) {
    writer.key("ts");
    writer.iso(chat->begin_at);
  }
  if (!chat->department.empty()) member(writer, "department", chat->department.text);
  member(writer, "status", "taken");
  if (!RoomVisitor::empty(*chat)) {
    writer.key("v");
    RoomVisitor::write(*chat, writer);
  }
  member(writer, "t", "l");
  if (chat->updated_at.known()) {
    writer.key("_updatedAt");
    writer.iso(chat->updated_at);
  }
  writer.end_object();
  return answer.end();
}

Result<void> show_done(const Facade& facade, const Ref<Chat>&, Reply& reply) { return Answer(facade, reply).end(); }

Result<void> show_rooms_of_visitor(const Facade& facade, const Page<Chat>& rooms, Reply& reply) {
  Answer answer(facade, reply);
  answer.writer().key("rooms");
  answer.writer().begin_array();
  for (const Ref<Chat>& room : rooms.records) answer.write(room_view(facade.profile()), room);
  answer.writer().end_array();
  return answer.end();
}

Result<void> show_chat_history(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms, Reply& reply) {
  return show_list(facade, "history", room_view(facade.profile()), asked.query.offset, rooms, reply);
}

}  // namespace parley::rocketchat
