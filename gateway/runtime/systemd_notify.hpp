// What the service manager is told: sd_notify(3).
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::runtime {

/// Sends `state` (`READY=1`, lines of KEY=VALUE) to the socket that NOTIFY_SOCKET names. Nothing happens where there is none, or
/// nobody listens.
void notify(std::string_view state) noexcept;

/// `RELOADING=1` with the clock that systemd compares with.
[[nodiscard]] String reloading();

}  // namespace parley::gateway::runtime
