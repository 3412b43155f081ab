// Sockets that listen.
#pragma once

#include <cstdint>

#include "adapters/io/descriptor.hpp"
#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway {

using io::Descriptor;

/// `count` sockets that listen on the same address (SO_REUSEPORT); with port 0 all get the same free port, written into
/// `endpoint`. Errors: unavailable, with the address and the reason; also when another process listens there.
[[nodiscard]] Result<List<Descriptor>> listen_on(config::Endpoint& endpoint, std::size_t count);

/// One waiting connection with the client's address, non-blocking; an empty descriptor and `errno` when there is none.
[[nodiscard]] Descriptor accept_one(int listener, String& peer);

}  // namespace parley::gateway
