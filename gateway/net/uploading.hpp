// Reads a body that must never be whole in memory.
#pragma once

#include "gateway/net/request_buffers.hpp"

namespace parley::gateway::net {

/// Reads the body of the exchange piece by piece, and gives each to its receiver: the client sends no faster than the backend takes. Then
/// `advance` goes on, with an operation or with a refusal. What the backend has kept of a request that failed is removed. Returns false if
/// the client is gone or too late.
contract::Task<bool> receive_body(Connection& connection, RequestBuffers& buffers);

}  // namespace parley::gateway::net
