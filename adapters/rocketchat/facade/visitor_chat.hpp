// Decoders of the calls by which visitors write and read messages, and act on their rooms.
#pragma once

#include "adapters/rocketchat/facade/encode_chat.hpp"

namespace parley::rocketchat {

/// Errors: those of read_body, or of read_query and invalid_field with the source by_sort for a call with a query; invalid_field with
/// the source by_name.
Result<PostMessage> post_message(const Facade& facade, const http::Request& request);
Result<GetMessage> get_message(const Facade& facade, const http::Request& request);
Result<EditMessage> edit_message(const Facade& facade, const http::Request& request);
/// The visitor and the room are in the query, or else in the body.
Result<DeleteMessage> remove_message(const Facade& facade, const http::Request& request);
Result<ListMessages> list_history(const Facade& facade, const http::Request& request);
Result<CloseChat> close_room(const Facade& facade, const http::Request& request);
Result<RateChat> rate_room(const Facade& facade, const http::Request& request, ShownSurvey& shown);
Result<GetChat> get_agent_of(const Facade& facade, const http::Request& request);
Result<AssignChat> change_department(const Facade& facade, const http::Request& request);

}  // namespace parley::rocketchat
