// Sends replies whose source makes the body. The next piece is made when the socket has taken the one before, so a connection
// holds one piece only.
#pragma once

#include "gateway/net/request_buffers.hpp"

namespace parley::gateway::net {

enum class Streamed : std::uint8_t {
  all,      ///< all is sent, and the exchange has ended
  blocked,  ///< the client has to read first
  starved,  ///< the source has no data at the moment
  broken,   ///< the client is gone or the source failed; the exchange has ended, and the connection must end
};

/// Sends the reply of the exchange as far as possible without waiting. Call it again after the wait.
Streamed stream(Connection& connection, RequestBuffers& buffers);

/// Stops sending a reply and ends its exchange. The access log and the metrics count the bytes that were sent.
void end_streaming(Connection& connection, RequestBuffers& buffers);

}  // namespace parley::gateway::net
