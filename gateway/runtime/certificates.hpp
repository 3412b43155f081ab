// Certificates that end soon: an operator is told while there is time to renew them.
#pragma once

#include <chrono>

#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::runtime {

inline constexpr std::chrono::days certificate_warning{14};

/// The same as warnings of the file, for the certificates that it names and that can be used.
[[nodiscard]] config::Faults ending_certificates(const config::Settings& settings,
                                                 std::chrono::system_clock::time_point now);

/// A sentence for each listener whose certificate has ended or ends within `certificate_warning`, with the file that is to be
/// renewed.
[[nodiscard]] List<String> ending_certificates(const List<Bound>& listeners, std::chrono::system_clock::time_point now);

}  // namespace parley::gateway::runtime
