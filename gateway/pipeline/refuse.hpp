// Refuses requests. Every refusal of a request is written here, except the 403 of a preflight (cors.cpp).
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// Each `refuse…` function replaces the reply with a refusal and sets the step to `answered`, so that `advance` only finishes
/// it. The caller of `advance` may use them between two calls. Each one except `refuse_late` reports to the operators' log.

/// Renders the error with the facade of the request's route, or as plain JSON if no route is known.
void refuse(Exchange& x, const Error& error);
/// Renders the error with `voice`: the facade of `emit`.
void refuse(Exchange& x, const contract::Facade& voice, const Error& error);
/// For a head that was not read to its end (431, 414): its target selects the facade that renders the error.
void refuse_head(Exchange& x, const Error& error);
/// As plain JSON, with a given status: 417 and 505 have no error code.
void refuse_with_status(Exchange& x, int status, const Error& error);
/// 408: the request was not complete in time.
void refuse_late(Exchange& x);
/// For a facade or backend that threw, against its contract. From then on, only `render` of the route's facade is called.
void refuse_exception(Exchange& x, std::string_view what);

/// For a source that failed while its reply was sent. Reports the error to the operators' log and counts it for the request.
/// The reply stays as it is; the caller ends the connection, so that the client sees that the body is incomplete.
void break_off(Exchange& x, const Error& error);

/// The error for a request that gets no memory or no place; counts it.
[[nodiscard]] Error overloaded(WorkerResources& worker);

}  // namespace parley::gateway::pipeline
