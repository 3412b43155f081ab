// The answers of the calls that read and write messages, and of those that act on rooms.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// A message that a visitor may see. Errors: no_such_message, for what only agents see.
Result<void> show_to_visitor(const Facade& facade, const Ref<Message>& message, http::Reply& reply);
/// A message that was stored: whole, or in 0.70 the members that this version shows.
Result<void> show_posted(const Facade& facade, const PostedMessage& posted, http::Reply& reply);
/// `{"message":{"_id":…,"ts":…}}`: when the message was deleted.
Result<void> show_removed(const Facade& facade, const Ref<Message>& message, http::Reply& reply);
/// The messages that the room's visitor may see: neither notes nor pages.
Result<void> show_history(const Facade& facade, const Transcript& transcript, http::Reply& reply);

/// The answers of chat.postMessage and chat.delete.
Result<void> show_posted_by_agent(const Facade& facade, const PostedMessage& posted, http::Reply& reply);
Result<void> show_deleted(const Facade& facade, const Ref<Message>& message, http::Reply& reply);
/// A page of messages, with the count that was asked for.
Result<void> show_room_messages(const Facade& facade, const ListMessages& asked, const Transcript& transcript,
                                http::Reply& reply);

/// Writes an agent as visitors see him or her.
void write_agent(const Participant& agent, shape::Writer& writer);
/// The agent who is in a room, as visitors see him or her. Errors: no_such_agent.
Result<void> show_agent_of(const Facade& facade, const Ref<Chat>& chat, http::Reply& reply);
/// Repeats the room and the comment with which it was closed.
Result<void> show_closed(const Facade& facade, const CloseChat& asked, const Ref<Chat>& chat, http::Reply& reply);
/// The answers of a survey that were kept. `left_out` of them are reported as losses.
struct ShownSurvey {
  Text room;
  Attributes kept;
  List<String> left_out;
};
Result<void> show_survey(const Facade& facade, const ShownSurvey& survey, const Ref<Chat>& chat, http::Reply& reply);
/// A room as the inquiry that an agent took.
Result<void> show_taken(const Facade& facade, const Ref<Chat>& chat, http::Reply& reply);
/// Nothing but the success.
Result<void> show_done(const Facade& facade, const Ref<Chat>& chat, http::Reply& reply);
/// Rooms without the numbers of a page.
Result<void> show_rooms_of_visitor(const Facade& facade, const Page<Chat>& rooms, http::Reply& reply);
/// A page of rooms under the key `history`.
Result<void> show_chat_history(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms,
                               http::Reply& reply);

}  // namespace parley::rocketchat
