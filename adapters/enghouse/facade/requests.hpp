// The decoders of Enghouse's calls: paths, queries and bodies as operations.
#pragma once

#include "adapters/enghouse/facade/callback.hpp"
#include "adapters/enghouse/facade/facade.hpp"

namespace parley::enghouse {

/// The most chats of an answer that lists transcripts. More than that are refused (answer_too_large), not cut.
inline constexpr std::size_t most_transcripts = 1000;

// A path may have a domain before the service, and an id behind it: the decoders tell by the number of segments. Those that fill `callback`
// refuse it first, so that no backend is asked for an answer that nobody could read. Errors of all: no_such_chat (a text that cannot be an
// id, or a domain that the route does not map).

/// Errors: invalid_callback.
Result<GetChatContact> get_contact(const Facade& facade, const http::Request& request, Callback& callback);
Result<ListChats> list_active(const Facade& facade, const http::Request& request, Callback& callback);
Result<ListMessages> list_messages(const Facade& facade, const http::Request& request, Callback& callback,
                                   ChatRef::Must must);
template <ChatRef::Must must>
Result<ListMessages> get_messages(const Facade& facade, const http::Request& request, Callback& callback) {
  return list_messages(facade, request, callback, must);
}

/// Errors: no_such_visitor, for a text that cannot be an id.
Result<ListTranscripts> find_by_user(const Facade& facade, const http::Request& request);

/// Errors of these: those of the body's parser; unsupported_media; missing_field and invalid_field, with the member as `field`.
Result<ListTranscripts> find_by_call_data(const Facade& facade, const http::Request& request);
Result<ListTranscripts> find_by_time(const Facade& facade, const http::Request& request);
Result<PostMessage> send_text(const Facade& facade, const http::Request& request);
Result<PostMessage> send_external_text(const Facade& facade, const http::Request& request);
Result<CloseChat> end_contact(const Facade& facade, const http::Request& request);

Result<CloseAllChats> end_all_contacts(const Facade& facade, const http::Request& request);

}  // namespace parley::enghouse
