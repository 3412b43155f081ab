// Checks what depends on the machine: whether the files of a configuration can be read or written, and its addresses used.
#pragma once

#include "gateway/net/listen.hpp"
#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Finds the faults in files that would make Gateway::open or a reload fail: certificates and keys, stores, files of
/// authorities, the access log. Creates no file and changes nothing. A store that is open already passes. Ignores parts whose
/// adapter is not known. In the order of the file.
[[nodiscard]] config::Faults try_files(const config::Settings& settings, Adapters adapters = contract::registry());
/// Finds addresses that do not belong to this machine. A port that another process uses at the moment is not a fault.
[[nodiscard]] config::Faults try_addresses(const config::Settings& settings);

/// The fault for a listener that cannot be opened: at the certificate or key if `error.field` names it, else at the address.
[[nodiscard]] config::Fault listener_fault(const config::Settings& settings, const config::Endpoint& listener,
                                           const Error& error);
/// The fault for a backend that cannot be opened, at the key that `error.field` names.
[[nodiscard]] config::Fault backend_fault(const config::Settings& settings, const config::Backend& backend,
                                          const Error& error);
/// The fault for an access log that cannot be opened.
[[nodiscard]] config::Fault log_fault(const config::Settings& settings, const Error& error);

}  // namespace parley::gateway::runtime
