// An upstream as the whole process sees it. What is here and changes is behind a lock that is held for nanoseconds.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "adapters/io/tls.hpp"
#include "adapters/upstream/breaker.hpp"
#include "adapters/upstream/call_times.hpp"
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
  Server(const config::Backend& from, Place where, Quota quota, std::shared_ptr<io::TlsClients> tls);

  const config::Backend backend;
  const Settings& settings;  ///< of `backend`
  const Place place;
  const String fixed;  ///< header lines of every request
  const std::shared_ptr<io::TlsClients> tls;
  /// How many writes have come to an end: a read that began before is not shared with one that begins after.
  std::atomic<std::uint64_t> writes{0};
  /// Reads that joined another one, and connections that are open.
  std::atomic<std::uint64_t> shared{0};
  std::atomic<std::int64_t> connections{0};
  /// Whether it has ever answered over HTTP: else the port may speak something else.
  std::atomic<bool> answered{false};

  /// When a call may go, at the latest at `latest`. Who may has to `report`. Errors: upstream_unreachable (known to be
  /// down), rate_limited.
  Result<Moment> admit(Moment now, Moment latest, std::uint64_t kind);
  /// How a call that began then went; `answer` may be nullptr.
  /// `why`: what was wrong with it, for the log.
  void report(Moment now, Moment begun, Verdict verdict, const Response* answer, std::uint64_t kind,
              std::string_view why = {});
  /// Whether a call may be sent again; takes it off the budget, unless it is `free`.
  [[nodiscard]] bool may_retry(bool free);
  void measure_times(List<contract::Timing>& timings) const override;
  void measure(List<contract::Figure>& figures) const override;
  void describe(List<contract::UpstreamStatus>& upstreams) const override;
  void report_to(std::shared_ptr<contract::EventSink> sink) override { sink_ = std::move(sink); }

  /// What one more worker notes its calls in; kept for the metrics when the worker's client has gone.
  [[nodiscard]] std::shared_ptr<CallTimes> times_of_worker();

  using Told = std::function<void(std::shared_ptr<const Lookup>)>;
  /// The addresses, or nullptr: then `told` is called with them later, on any thread.
  std::shared_ptr<const Lookup> look_up(Moment now, Told told);

 private:
  /// Tells of the breaker where it has changed; the lock is not held.
  void tell(Breaker::State before, Breaker::State after, Clock::duration down, std::string_view why) const;
  void resolved(Resolved found);

  /// Statuses that refuse a call for what the gateway is: its credentials, its rights, its quota.
  static constexpr std::array<int, 3> refusals = {401, 403, 429};
  /// For the metrics.
  struct Counts {
    std::array<std::uint64_t, 4> calls{};  ///< by verdict
    std::uint64_t begun = 0;
    std::uint64_t down = 0;   ///< refused by the breaker
    std::uint64_t quota = 0;  ///< refused by the pacer
    std::uint64_t retries = 0;
    std::array<std::uint64_t, refusals.size()> refused{};  ///< by status
    std::optional<std::uint32_t> quota_left;               ///< as the upstream said last
    std::optional<std::uint32_t> quota_most;
    Clock::duration time{};
  };

  const Quota quota_;
  std::shared_ptr<contract::EventSink> sink_;  ///< set before there are calls
  mutable std::mutex gate_;
  Breaker breaker_;
  Pacer pacer_;
  RetryBudget retries_;
  Counts counts_;
  Moment down_since_{};  ///< when the breaker was last closed
  String why_down_;      ///< how the call failed that opened the breaker

  std::mutex names_;
  std::shared_ptr<const Lookup> known_;
  List<Told> asking_;

  mutable std::mutex listing_;
  List<std::shared_ptr<CallTimes>> times_;
};

/// The error of this floor: `message` for a client, by code; `detail` for the log.
[[nodiscard]] Error upstream_error(Code code, String detail, int retry_after = 0);

}  // namespace parley::upstream
