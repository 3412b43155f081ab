// GET livechat/config: what the widget asks before anything else. And two calls that need no backend.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Errors: malformed_request; unknown_field and invalid_field with the source by_schema, in 0.70 by_check.
Result<GetSite> get_site(const Facade& facade, const http::Request& request);

/// The route's settings of the widget, with what the site says: who is there, the departments, and of a known visitor the record, the open
/// room and its agent. What Parley cannot do is off.
Result<void> show_site(const Facade& facade, const Site& site, http::Reply& reply);

/// GET livechat/config/routing: agents take chats themselves.
Result<void> answer_routing(const Facade& facade, const http::Request& request, http::Reply& reply);

/// POST livechat/transcript. The answer is the vendor's for an e-mail that could not be sent, as Parley sends none. Errors: those of
/// read_body.
Result<void> refuse_transcript(const Facade& facade, const http::Request& request, http::Reply& reply);

}  // namespace parley::rocketchat
