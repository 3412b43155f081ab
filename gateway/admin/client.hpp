// Asks the admin listener of a running gateway: what `parley load` does where the store is being served.
#pragma once

#include <string_view>

#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::admin {

struct Reply {
  int status = 0;
  String body;
};

/// One POST on a connection of its own; waits for the answer, a minute at most. An address that means every interface is asked
/// on loopback. `token`: empty = none is sent. Errors: unavailable, the message names the address and the reason.
[[nodiscard]] Result<Reply> post(const config::Endpoint& endpoint, const String& target, const String& token,
                                 String body);

}  // namespace parley::gateway::admin
