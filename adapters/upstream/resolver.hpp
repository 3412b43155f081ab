// Names to addresses, on a thread of its own: a name server that does not answer stops nobody else.
#pragma once

#include <chrono>
#include <functional>

#include "adapters/upstream/place.hpp"

namespace parley::upstream {

struct Resolved {
  Addresses addresses;          ///< in the order to try them
  std::chrono::seconds ttl{1};  ///< of the records, from 1 to 300 seconds
  String fault;                 ///< why there are none, for the log
};

/// One for the process. Knows /etc/hosts.
class Resolver {
 public:
  using Done = std::function<void(Resolved)>;

  /// Its thread begins with the first call of this.
  static Resolver& shared();
  virtual ~Resolver() = default;
  /// Any thread. `done` is called once, on the resolver's thread; at the latest when the resolver ends.
  virtual void resolve(const String& host, std::uint16_t port, Done done) = 0;

 protected:
  Resolver() = default;
};

}  // namespace parley::upstream
