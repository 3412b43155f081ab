// Reads and writes a connection that speaks another protocol, and keeps it within its limits.
#pragma once

#include <memory>

#include "adapters/http/upgrade.hpp"
#include "gateway/net/connection.hpp"

namespace parley::gateway::net {

struct Upgraded {
  std::unique_ptr<http::Upgrade> protocol;
  Buffer out;  ///< what is sent first: `101 Switching Protocols`
};

/// Serves the protocol until the connection ends. Holds no buffer while it waits for the client. Only the time limits for a
/// client that does not read apply: `limits.write` and `limits.rate`.
contract::Task<void> speak(Connection& connection, std::unique_ptr<Upgraded> upgraded);

}  // namespace parley::gateway::net
