// Resolves names on a thread of its own, so a name server that does not answer blocks nothing else.
#pragma once

#include <chrono>
#include <functional>

#include "adapters/upstream/place.hpp"

namespace parley::upstream {

struct Resolved {
  Addresses addresses;          ///< in the order to try them
  std::chrono::seconds ttl{1};  ///< of the records, limited to 1 to 300 seconds
  String fault;                 ///< why there are no addresses, for the log
};

/// One object for the process. Also reads /etc/hosts.
class Resolver {
 public:
  using Done = std::function<void(Resolved)>;

  /// The first call starts the thread.
  static Resolver& shared();
  virtual ~Resolver() = default;
  /// Any thread. Calls `done` once, on the resolver's thread: at the latest when the resolver is destroyed.
  virtual void resolve(const String& host, std::uint16_t port, Done done) = 0;

 protected:
  Resolver() = default;
};

}  // namespace parley::upstream
