// The answer to `GET /` with `server.index`: the routes and their places, without backends and credentials.
#pragma once

#include <span>

#include "gateway/route/mount.hpp"

namespace parley::gateway::route {

/// `{"routes":[{"name":…,"facade":…,"host":…,"prefix":…,"example":…,"credentials":…},…]}` for the mounts of a listener, in their
/// order. `host` is null if the route answers for any host. `example` is the pattern of a GET that the backend supports and that
/// needs the fewest parameters; `credentials` says whether it needs those of the route. Both are null if there is no such call.
[[nodiscard]] String index_of(std::span<const Mount* const> mounts);

}  // namespace parley::gateway::route
