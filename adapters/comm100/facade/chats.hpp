// The calls of the chat history: one chat, the searches, deletions.
#pragma once

#include "adapters/comm100/facade/paging.hpp"

namespace parley::comm100 {

/// What a request wants to see beside the chat itself: the values of its `include`.
struct Includes {
  bool messages = false;
  bool visitor = false;
  bool agents = false;
  bool survey = false;
  bool values = false;
  [[nodiscard]] static constexpr Includes all() noexcept { return {true, true, true, true, true}; }
};

/// The page of a search.
struct FoundPage : AskedPage {
  Includes includes;
};

/// GET livechat/chats/{id}. Errors: invalid_field, if the id is neither a number nor a guid.
Result<ListMessages> read_chat(const Facade& facade, const http::Request& request, Includes& includes);
/// POST livechat/chats:Search: chats that ended. Errors: those of parse_body but for missing_body; missing_field, invalid_field.
Result<ListChats> search_chats(const Facade& facade, const http::Request& request, FoundPage& page);
/// POST livechat/missedAndRefusedChats:Search: those of them that no agent took. Errors: as search_chats.
Result<ListChats> search_missed_chats(const Facade& facade, const http::Request& request, FoundPage& page);
/// DELETE livechat/chats/{id}. Errors: as read_chat.
Result<DeleteChats> delete_chat(const Facade& facade, const http::Request& request);
/// DELETE livechat/chats, with the ids in the body, at most 1000. Errors: those of parse_body; invalid_field, missing_field.
Result<DeleteChats> delete_chats(const Facade& facade, const http::Request& request);

/// The answers of these calls. `write_chat` is also the document of a transcript on a route with `emit`.
Result<void> write_chat(const Facade& facade, const Includes& includes, const Transcript& answer, http::Reply& reply);
Result<void> write_found(const Facade& facade, const FoundPage& page, const Page<Chat>& answer, http::Reply& reply);
Result<void> write_nothing(const Facade& facade, const DeletedChats& answer, http::Reply& reply);

}  // namespace parley::comm100
