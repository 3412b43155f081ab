// A connection that speaks another protocol: it is read and written for that, and kept within its bounds.
#pragma once

#include <memory>

#include "adapters/http/upgrade.hpp"
#include "gateway/net/connection.hpp"

namespace parley::gateway::net {

struct Upgraded {
  std::unique_ptr<http::Upgrade> protocol;
  Buffer out;  ///< what is to be written before anything of the protocol: `101 Switching Protocols`
};

/// To the end of the connection. While it waits for the client it holds no buffer, and no time-out is asked but those of a client that
/// does not read: `limits.write` and `limits.rate`.
contract::Task<void> speak(Connection& connection, std::unique_ptr<Upgraded> upgraded);

}  // namespace parley::gateway::net
