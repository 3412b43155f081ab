// Notifies the service manager, like sd_notify(3).
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::runtime {

/// Sends `state` (lines of KEY=VALUE, such as `READY=1`) to the socket in NOTIFY_SOCKET. Does nothing if the variable is not
/// set or nobody listens.
void notify(std::string_view state) noexcept;

/// `RELOADING=1` with the time of the monotonic clock, which systemd requires.
[[nodiscard]] String reloading();

}  // namespace parley::gateway::runtime
