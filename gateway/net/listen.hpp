// Listening sockets.
#pragma once

#include <cstdint>
#include <memory>

#include "adapters/io/descriptor.hpp"
#include "adapters/io/tls.hpp"
#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::net {

using io::Descriptor;

/// Opens `count` sockets that listen on the same address (SO_REUSEPORT). With port 0 all get the same free port, which is
/// written to `endpoint`. Errors: unavailable, with the address and the reason; also if another process listens there.
[[nodiscard]] Result<List<Descriptor>> listen_on(config::Endpoint& endpoint, std::size_t count);

/// Checks that the address belongs to this machine. Does not check the port. Errors: those of `listen_on`.
[[nodiscard]] Result<void> try_listen(const config::Endpoint& endpoint);

/// Reads the certificate and key of a listener from their files; nullptr for a listener without TLS. Errors: unavailable, with
/// the address, the file and the reason; `field` as from TlsServers::open.
[[nodiscard]] Result<std::shared_ptr<io::TlsServers>> open_tls(const config::Endpoint& endpoint);

/// Accepts one waiting connection, non-blocking, and sets `peer` to the client's address. Returns an empty descriptor and sets
/// `errno` if there is none.
[[nodiscard]] Descriptor accept_one(int listener, String& peer);

/// Sends 503 to a new connection, without waiting. The caller still has to close the socket.
void turn_away(int socket) noexcept;

}  // namespace parley::gateway::net
