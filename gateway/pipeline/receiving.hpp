// Takes a body that must never be whole in memory: piece by piece, to the endpoint's receiver and from there to the backend.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Whether the body of the request is taken piece by piece.
[[nodiscard]] bool receives(const Exchange& x) noexcept;

/// Makes the receiver, and asks the backend whether the request may be made at all. Errors: the receiver's, the backend's; unavailable;
/// unsupported_coding.
contract::Task<Result<void>> begin_receiving(Exchange& x);

/// Takes the next piece of the body, and keeps what it completes. Errors: the receiver's, the backend's; unavailable.
contract::Task<Result<void>> receive(Exchange& x, std::string_view piece);

/// The body has ended: keeps the rest, and sets the operation. The next step is the backend. Errors: as `receive`.
contract::Task<Result<void>> end_receiving(Exchange& x);

/// Removes what was kept, if anything was: the request has failed.
contract::Task<void> drop_received(Exchange& x);

}  // namespace parley::gateway::pipeline
