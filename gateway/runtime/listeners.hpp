// The listeners over all revisions: which ones a new configuration adds, keeps and removes.
#pragma once

#include <span>

#include "config/settings.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/runtime/systemd_sockets.hpp"

namespace parley::gateway::runtime {

/// A listener. Its number is its index in a list that only grows.
struct Listener {
  config::Endpoint configured;
  config::Endpoint bound;  ///< the same, with the real port
  bool open = true;
  std::shared_ptr<io::TlsServers> tls{};  ///< its certificate; nullptr = plain HTTP
};

struct ListenerChanges {
  struct Added {
    std::size_t number = 0;
    List<io::Descriptor> sockets;  ///< bound and listening, one for each worker
  };
  List<Listener> after;  ///< the whole list
  List<Added> added;
  struct Renewed {
    std::shared_ptr<io::TlsServers> shown;
    std::shared_ptr<io::TlsServers> next;  ///< read again, from the same or other files
  };
  List<Renewed> renewed;
  List<std::size_t> removed;
};

/// Binds the new listeners, or uses the socket in `activated` for that address, and reads all certificates. Each address that
/// cannot be bound, and each certificate that cannot be used, is a fault; so is TLS switched on or off on an open listener.
/// Does not change `before`.
[[nodiscard]] ListenerChanges change_listeners(const config::Settings& settings, std::span<const Listener> before,
                                               std::span<const Activated> activated, std::size_t workers,
                                               config::Faults& faults);

}  // namespace parley::gateway::runtime
