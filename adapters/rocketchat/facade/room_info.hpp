// What integrators note of rooms and their visitors: livechat/room.saveInfo, transcript/:rid, livechat/messages.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// What a body said that is not kept, as the names of losses.
struct LeftOut {
  List<String> members;
};
/// POST livechat/room.saveInfo. Errors: those of read_body and check_text; no_such_chat and no_such_visitor, for an empty id.
Result<ChangeChat> save_info(const Facade& facade, const http::Request& request, LeftOut& left);
/// The success; what was left out is reported as losses.
Result<void> show_saved(const Facade& facade, const LeftOut& left, const Ref<Chat>& chat, http::Reply& reply);

/// POST and DELETE livechat/transcript/:rid. Errors: unauthorized; of POST those of read_body and check_text, too.
Result<RequestTranscript> request_transcript(const Facade& facade, const http::Request& request);
Result<RequestTranscript> withdraw_transcript(const Facade& facade, const http::Request& request);

/// POST livechat/messages. Errors: those of read_body and check_text; no_such_visitor, for a blank token.
Result<PostMessages> post_messages(const Facade& facade, const http::Request& request);
/// Author, text and time of each message.
Result<void> show_batch(const Facade& facade, const Transcript& transcript, http::Reply& reply);

}  // namespace parley::rocketchat
