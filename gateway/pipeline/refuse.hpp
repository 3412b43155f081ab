// How a request is refused: each refusal of the gateway is written here.
#pragma once

#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::pipeline {

/// All of these put a refusal in place of the reply, and the exchange is `answered` then: `advance` only finishes it. Whoever
/// reads the request may call them between two calls of `advance`. What is not a time-out is told to the operators' log.

/// In the voice of the request's route, or in the gateway's own where no route is known.
void refuse(Exchange& x, const Error& error);
/// In another voice: a route with `emit` answers in it.
void refuse(Exchange& x, const contract::Facade& voice, const Error& error);
/// A head that is not read to its end (431, 414): its target tells whose voice refuses it.
void refuse_head(Exchange& x, const Error& error);
/// In the gateway's own voice, with a status that no error code has: 417, 505.
void refuse_with_status(Exchange& x, int status, const Error& error);
/// 408: the request did not become whole in time.
void refuse_late(Exchange& x);
/// A facade or backend has thrown, which breaks its contract. Of the route's facade only `render` is called from now on.
void refuse_exception(Exchange& x, std::string_view what);

/// The source of a reply has failed: what was sent stays as it is, and the client is to see that it is not all. Told to the operators' log, and
/// counted as the request's error.
void break_off(Exchange& x, const Error& error);

/// The error for a request that finds no memory or no place; counts it.
[[nodiscard]] Error overloaded(WorkerResources& worker);

}  // namespace parley::gateway::pipeline
