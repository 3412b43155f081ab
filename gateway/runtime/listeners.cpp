// Changes of the listeners; see listeners.hpp.
#include "gateway/runtime/listeners.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "gateway/runtime/mounting.hpp"
#include "gateway/runtime/try_out.hpp"

namespace parley::gateway::runtime {
namespace {

/// Duplicates a passed socket, from which all workers accept.
Result<List<io::Descriptor>> share(const Activated& passed, std::size_t workers) {
  List<io::Descriptor> sockets;
  for (std::size_t i = 0; i < workers; ++i) {
    io::Descriptor copy(::fcntl(passed.socket.get(), F_DUPFD_CLOEXEC, 0));
    if (copy.get() < 0) return Error{.code = Code::unavailable, .message = std::strerror(errno)};
    sockets.push_back(std::move(copy));
  }
  return sockets;
}

Result<List<io::Descriptor>> obtain(Listener& listener, std::span<const Activated> activated, std::size_t workers) {
  for (const Activated& passed : activated) {
    if (passed.endpoint == listener.configured) return share(passed, workers);
  }
  return net::listen_on(listener.bound, workers);
}

}  // namespace

ListenerChanges change_listeners(const config::Settings& settings, std::span<const Listener> before,
                                 std::span<const Activated> activated, std::size_t workers, config::Faults& faults) {
  ListenerChanges changes;
  changes.after.assign(before.begin(), before.end());
  const List<config::Endpoint> wanted = listeners_of(settings);
  for (std::size_t i = 0; i < changes.after.size(); ++i) {
    Listener& one = changes.after[i];
    if (!one.open || std::find(wanted.begin(), wanted.end(), one.configured) != wanted.end()) continue;
    one.open = false;
    changes.removed.push_back(i);
  }
  for (const config::Endpoint& endpoint : wanted) {
    const auto kept = std::find_if(changes.after.begin(), changes.after.end(),
                                   [&endpoint](const Listener& one) { return one.open && one.configured == endpoint; });
    Result<std::shared_ptr<io::TlsServers>> tls = net::open_tls(endpoint);
    if (!tls) {
      faults.push_back(listener_fault(settings, endpoint, tls.error()));
      continue;
    }
    if (kept != changes.after.end()) {
      if ((*tls == nullptr) != (kept->tls == nullptr)) {
        const Error needs_restart{.message = endpoint.text() + (*tls ? " with" : " without") + " TLS: needs a restart"};
        faults.push_back(listener_fault(settings, endpoint, needs_restart));
        continue;
      }
      if (*tls != nullptr) changes.renewed.push_back({kept->tls, std::move(*tls)});
      kept->configured = endpoint;
      continue;
    }
    Listener listener{endpoint, endpoint};
    listener.tls = std::move(*tls);
    Result<List<io::Descriptor>> sockets = obtain(listener, activated, workers);
    if (sockets) {
      changes.added.push_back({changes.after.size(), std::move(*sockets)});
      changes.after.push_back(std::move(listener));
    } else {
      faults.push_back(listener_fault(settings, endpoint, sockets.error()));
    }
  }
  return changes;
}

}  // namespace parley::gateway::runtime
