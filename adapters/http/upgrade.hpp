// Another protocol on the connection of a request, after `101 Switching Protocols`.
#pragma once

#include <string_view>

#include "adapters/http/waker.hpp"
#include "schemas/buffer.hpp"

namespace parley::http {

/// Turns received bytes into bytes to send. It sees no socket: the gateway owns the connection. Used on one thread;
/// destroyed with the connection. It outlives its request, and after a reload its facade: it owns all that it needs.
class Upgrade {
 public:
  /// The reason for one turn. The first turn has the bytes that came right behind the request, perhaps none.
  struct Turn {
    std::string_view bytes{};  ///< received bytes; the turn must consume all. Empty if the waker asked for the turn.
    bool ended = false;        ///< the client sends nothing more; this is the last turn
    bool draining = false;     ///< the gateway stops or gives up the listener; this is the last turn
  };

  Upgrade() = default;
  Upgrade(const Upgrade&) = delete;
  Upgrade& operator=(const Upgrade&) = delete;
  virtual ~Upgrade() = default;

  /// Appends the bytes to send to `out`. Returns whether the connection goes on; if not, it ends once `out` is sent.
  /// The next turn comes when the client has taken `out`. Nothing is read before that, so a client that does not read
  /// cannot make `out` grow. Must not block or throw.
  virtual bool take(const Turn& turn, Buffer& out, Waker& waker) = 0;
};

}  // namespace parley::http
