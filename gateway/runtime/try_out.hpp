// What only the machine can tell of a configuration: files that are to be read and written, addresses that are to be had.
#pragma once

#include "gateway/net/listen.hpp"
#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// The faults for which Gateway::open and a reload would fail, with their places: certificates and keys, stores, files of authorities,
/// the access log. Leaves no file behind and changes nothing; a store that is open already passes. Parts whose adapter is not known are
/// passed over. In the order of the file.
[[nodiscard]] config::Faults try_files(const config::Settings& settings, Adapters adapters = contract::registry());
/// The same for the addresses, which must be this machine's. That another process has one at the moment is no fault.
[[nodiscard]] config::Faults try_addresses(const config::Settings& settings);

/// How a listener that cannot be opened is told: at the certificate or key where `error.field` says so, else at the address.
[[nodiscard]] config::Fault listener_fault(const config::Settings& settings, const config::Endpoint& listener,
                                           const Error& error);
/// The same for a backend, at the key that `error.field` names.
[[nodiscard]] config::Fault backend_fault(const config::Settings& settings, const config::Backend& backend,
                                          const Error& error);
/// And for the access log.
[[nodiscard]] config::Fault log_fault(const config::Settings& settings, const Error& error);

}  // namespace parley::gateway::runtime
