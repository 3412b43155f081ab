// Replies whose source makes the body: each piece is made when the socket has taken the one before, so that one piece is all that a
// connection holds of it.
#pragma once

#include "gateway/net/request_buffers.hpp"

namespace parley::gateway::net {

enum class Streamed : std::uint8_t {
  all,      ///< it is sent: the exchange has ended
  blocked,  ///< the client takes its time to read
  starved,  ///< the source has nothing more at the moment
  broken,   ///< the client is gone, or the source has failed: the exchange has ended, and so must the connection
};

/// Sends the reply of the exchange, as far as it goes without waiting. Called again after what it waited for.
Streamed stream(Connection& connection, RequestBuffers& buffers);

/// Gives a reply up that is being sent. The exchange has ended then; it is counted with the bytes that were sent.
void end_streaming(Connection& connection, RequestBuffers& buffers);

}  // namespace parley::gateway::net
