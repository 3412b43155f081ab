// An upstream as the whole process sees it. Everything that changes is atomic or behind a short lock.
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

/// The known addresses of an upstream. Not changed after it is shared.
struct Lookup {
  Addresses addresses;
  Moment fresh_until{};
  String fault;  ///< why there are no addresses
};

class Server final : public Upstream, public std::enable_shared_from_this<Server> {
 public:
  Server(const config::Backend& from, Place where, Quota quota, std::shared_ptr<io::TlsClients> tls);

  const config::Backend backend;
  const Settings& settings;  ///< of `backend`
  const Place place;
  const String fixed;  ///< header lines of every request
  const String key;    ///< of the configuration, with the URL
  const std::shared_ptr<io::TlsClients> tls;
  /// The number of writes that have ended. A read that began before the latest of them is not shared with a read that begins after it.
  std::atomic<std::uint64_t> writes{0};
  /// `shared`: reads that joined an identical one. `connections`: those that are open or being opened.
  std::atomic<std::uint64_t> shared{0};
  std::atomic<std::int64_t> connections{0};
  /// Whether it has ever answered over HTTP. If not, its port may speak another protocol.
  std::atomic<bool> answered{false};

  /// When a call may go; `latest` is the latest acceptable time. After success the caller must `report`. Errors:
  /// upstream_unreachable (the breaker is open), rate_limited.
  Result<Moment> admit(Moment now, Moment latest, std::uint64_t kind);
  /// Notes the end of a call that began at `begun`. `answer` may be nullptr. `why`: what went wrong, for the log.
  void report(Moment now, Moment begun, Verdict verdict, const Response* answer, std::uint64_t kind,
              std::string_view why = {});
  /// Whether a call may be sent again. Takes it from the retry budget, unless it is `free`.
  [[nodiscard]] bool may_retry(bool free);
  void measure_times(List<contract::Timing>& timings) const override;
  void measure(List<contract::Figure>& figures) const override;
  void describe(List<contract::UpstreamStatus>& upstreams) const override;
  void report_to(std::shared_ptr<contract::EventSink> sink) override { sink_ = std::move(sink); }

  /// Makes the object in which one more worker counts its calls. It is kept for the metrics when the worker's client is gone.
  [[nodiscard]] std::shared_ptr<CallTimes> times_of_worker();

  using Told = std::function<void(std::shared_ptr<const Lookup>)>;
  /// Returns the addresses, or nullptr: then `told` is called with them later, on any thread.
  std::shared_ptr<const Lookup> look_up(Moment now, Told told);

 private:
  /// Tells the sink if the breaker has changed its state. Call it without holding the lock.
  void tell(Breaker::State before, Breaker::State after, Clock::duration down, std::string_view why) const;
  void resolved(Resolved found);

  /// The statuses by which a server refuses credentials, rights or quota.
  static constexpr std::array<int, 3> refusals = {401, 403, 429};
  /// Numbers for the metrics.
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
  std::shared_ptr<contract::EventSink> sink_;  ///< set before the first call
  mutable std::mutex state_mutex_;
  Breaker breaker_;
  Pacer pacer_;
  RetryBudget retries_;
  Counts counts_;
  Moment down_since_{};  ///< when the breaker left the closed state
  String why_down_;      ///< the reason for which the breaker opened

  std::mutex lookup_mutex_;
  std::shared_ptr<const Lookup> known_;
  List<Told> asking_;

  mutable std::mutex times_mutex_;
  List<std::shared_ptr<CallTimes>> times_;
};

/// Makes an error of this folder: `message` for clients depends on the code; `detail` is for the log.
[[nodiscard]] Error upstream_error(Code code, String detail, int retry_after = 0);

}  // namespace parley::upstream
