// A client of the admin listener: `parley load` uses it when a running gateway has the store open.
#pragma once

#include <string_view>

#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::admin {

struct Reply {
  int status = 0;
  String body;
};

/// Sends one POST on its own connection and waits at most 1 minute for the answer. If `endpoint` listens on all interfaces, the
/// call goes to loopback. An empty `token` is not sent. Errors: unavailable; the message names the address and the reason.
[[nodiscard]] Result<Reply> post(const config::Endpoint& endpoint, const String& target, const String& token,
                                 String body);

}  // namespace parley::gateway::admin
