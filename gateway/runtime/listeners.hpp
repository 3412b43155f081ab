// The listeners over all revisions: what a new configuration adds, keeps and takes away.
#pragma once

#include <span>

#include "config/settings.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/runtime/systemd_sockets.hpp"

namespace parley::gateway::runtime {

/// Its number is its place in a list that only grows.
struct Listener {
  config::Endpoint configured;
  config::Endpoint bound;  ///< the same, with the real port
  bool open = true;
  std::shared_ptr<io::TlsServers> tls{};  ///< what it shows; nullptr = it speaks plainly
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
    std::shared_ptr<io::TlsServers> next;  ///< the same files, or others, read anew
  };
  List<Renewed> renewed;
  List<std::size_t> removed;
};

/// Binds what is new and reads all certificates; an activated socket of the same address is used instead of binding. Each address that cannot be had,
/// and each certificate that cannot be shown, is a fault. Nothing of `before` is touched.
[[nodiscard]] ListenerChanges change_listeners(const config::Settings& settings, std::span<const Listener> before,
                                               std::span<const Activated> activated, std::size_t workers,
                                               config::Faults& faults);

}  // namespace parley::gateway::runtime
