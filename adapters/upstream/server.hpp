// An upstream as the whole process sees it. What is here and changes is behind a lock that is held for nanoseconds.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "adapters/io/tls.hpp"
#include "adapters/upstream/breaker.hpp"
#include "adapters/upstream/client.hpp"
#include "adapters/upstream/resolver.hpp"

namespace parley::upstream {

/// What is known of the upstream's addresses; never changed once it is shared.
struct Lookup {
  Addresses addresses;
  Moment fresh_until{};
  String fault;  ///< why there are none
};

class Server final : public Upstream, public std::enable_shared_from_this<Server> {
 public:
  Server(const config::Backend& settings, Place where, config::Quota quota, std::shared_ptr<io::TlsClients> tls);

  const config::Backend settings;
  const Place place;
  const String fixed;  ///< header lines of every request
  const std::shared_ptr<io::TlsClients> tls;
  /// How many writes have come to an end: a read that began before is not shared with one that begins after.
  std::atomic<std::uint64_t> writes{0};

  /// When a call may go, at the latest at `latest`. Who may has to `report`. Errors: upstream_unreachable (known to be down),
  /// rate_limited.
  Result<Moment> admit(Moment now, Moment latest, std::uint64_t kind);
  /// How a call went; `answer` may be nullptr.
  void report(Moment now, Verdict verdict, const Response* answer, std::uint64_t kind);
  /// Takes a retry off the budget.
  [[nodiscard]] bool may_retry();

  using Told = std::function<void(std::shared_ptr<const Lookup>)>;
  /// The addresses, or nullptr: then `told` is called with them later, on any thread.
  std::shared_ptr<const Lookup> look_up(Moment now, Told told);

 private:
  void resolved(Resolved found);

  std::mutex gate_;
  Breaker breaker_;
  Pacer pacer_;
  RetryBudget retries_;

  std::mutex names_;
  std::shared_ptr<const Lookup> known_;
  List<Told> asking_;
};

/// The error of this floor: `message` for a client, by code; `detail` for the log.
[[nodiscard]] Error upstream_error(Code code, String detail, int retry_after = 0);

}  // namespace parley::upstream
