// Another protocol on the connection of a request, after `101 Switching Protocols`.
#pragma once

#include <string_view>

#include "adapters/http/waker.hpp"
#include "schemas/buffer.hpp"

namespace parley::http {

/// Takes bytes and gives bytes, and sees no socket: the gateway owns the connection. Used on one thread; ends with the connection.
class Upgrade {
 public:
  /// What a turn is about. The first one has the bytes that came right behind the request, perhaps none.
  struct Turn {
    std::string_view bytes{};  ///< that have come; to be used up. None where the waker asked for the turn.
    bool ended = false;        ///< the client sends nothing more: the last turn
    bool draining = false;     ///< the gateway ends the connection, as it stops or gives the listener up: the last turn
  };

  Upgrade() = default;
  Upgrade(const Upgrade&) = delete;
  Upgrade& operator=(const Upgrade&) = delete;
  virtual ~Upgrade() = default;

  /// Appends to `out` what is to be sent. Returns whether the connection goes on; else it ends when `out` is sent. The next turn comes
  /// when the client has taken `out`: nothing is read before that, so a client that does not read cannot make `out` grow. Must not block or throw.
  virtual bool take(const Turn& turn, Buffer& out, Waker& waker) = 0;
};

}  // namespace parley::http
