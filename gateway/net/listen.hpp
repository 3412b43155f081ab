// Sockets that listen.
#pragma once

#include <cstdint>
#include <memory>

#include "adapters/io/descriptor.hpp"
#include "adapters/io/tls.hpp"
#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::net {

using io::Descriptor;

/// `count` sockets that listen on the same address (SO_REUSEPORT); with port 0 all get the same free port, written into
/// `endpoint`. Errors: unavailable, with the address and the reason; also when another process listens there.
[[nodiscard]] Result<List<Descriptor>> listen_on(config::Endpoint& endpoint, std::size_t count);

/// Whether the address is this machine's; its port is not asked for. Errors: as those of `listen_on`.
[[nodiscard]] Result<void> try_listen(const config::Endpoint& endpoint);

/// What the address shows its clients, read from its files; nullptr where it speaks plainly. Errors: unavailable, with the
/// address and what is wrong with which file; `field` is that of TlsServers::open.
[[nodiscard]] Result<std::shared_ptr<io::TlsServers>> open_tls(const config::Endpoint& endpoint);

/// One waiting connection with the client's address, non-blocking; an empty descriptor and `errno` when there is none.
[[nodiscard]] Descriptor accept_one(int listener, String& peer);

/// Tells a new connection, in as many bytes as go at once, that there are too many: 503. It is still to be closed.
void turn_away(int socket) noexcept;

}  // namespace parley::gateway::net
