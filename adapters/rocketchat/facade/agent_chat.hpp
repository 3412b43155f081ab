// Decoders of the calls by which agents write and read messages, and act on rooms. The caller is the agent whose id is `X-User-Id`.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Errors: those of read_body, or of read_query and is_oldest_first for a call with a query; invalid_field with the source by_name;
/// unauthorized, as `caller`.
Result<PostMessage> send_message(const Facade& facade, const http::Request& request);
Result<PostMessage> post_agents_message(const Facade& facade, const http::Request& request);
Result<EditMessage> update_message(const Facade& facade, const http::Request& request);
Result<DeleteMessage> delete_message(const Facade& facade, const http::Request& request);
Result<ListMessages> list_room_messages(const Facade& facade, const http::Request& request);

Result<AssignChat> take_inquiry(const Facade& facade, const http::Request& request);
Result<AssignChat> join_room(const Facade& facade, const http::Request& request);
Result<AssignChat> forward_room(const Facade& facade, const http::Request& request);
Result<CloseChat> close_by_user(const Facade& facade, const http::Request& request);
/// The open rooms of the visitor with a token.
Result<ListChats> list_rooms_of_visitor(const Facade& facade, const http::Request& request);
/// All rooms of the visitor with an id. The room in the path is not looked at: at the vendor it says what the caller may see.
Result<ListChats> list_chat_history(const Facade& facade, const http::Request& request);
/// The same, with filters. Errors: also unsupported_operation, for a search in the texts of messages.
Result<ListChats> search_chats(const Facade& facade, const http::Request& request);

}  // namespace parley::rocketchat
