// Warns of certificates that end soon, while there is time to renew them.
#pragma once

#include <chrono>

#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::runtime {

inline constexpr std::chrono::days certificate_warning{14};

/// Warnings for the certificates that a configuration names, if they have ended or end within `certificate_warning`. Leaves out
/// those that cannot be opened, which is a fault elsewhere.
[[nodiscard]] config::Faults ending_certificates(const config::Settings& settings,
                                                 std::chrono::system_clock::time_point now);

/// One sentence for each open listener whose certificate has ended or ends within `certificate_warning`, with the file to
/// renew.
[[nodiscard]] List<String> ending_certificates(const List<Bound>& listeners, std::chrono::system_clock::time_point now);

}  // namespace parley::gateway::runtime
