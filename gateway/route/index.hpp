// What `GET /` tells where the configuration lets it: what is served where. No backend, no credentials.
#pragma once

#include <span>

#include "gateway/route/mount.hpp"

namespace parley::gateway::route {

/// `{"routes":[{"name":…,"facade":…,"host":…,"prefix":…,"example":…},…]}`: of a listener's mounts, in their order. `host`
/// is null where the route answers for any, `example` the pattern of a GET that its backend can answer, or null.
[[nodiscard]] String index_of(std::span<const Mount* const> mounts);

}  // namespace parley::gateway::route
