// The client that connectors call vendors' servers with. `Upstream` is the server as the whole process sees it;
// `Client` is a worker's end of it, with connections of its own.
#pragma once

#include <memory>

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/message.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::upstream {

/// Where the server is, whether it answers (circuit breaker), how often it may be called (pacing, retry budget), whom
/// to trust (TLS). Used by all threads at once.
class Upstream {
 public:
  /// `quota`: the vendor's own, where the settings name none; 0 calls = no limit.
  /// Errors: unavailable, with `detail` (the CA file cannot be read).
  static Result<std::shared_ptr<Upstream>> open(const config::Backend& backend, Quota quota);
  virtual ~Upstream() = default;
  /// How long all workers' calls took, by operation; see Backend::measure_times.
  virtual void measure_times(List<contract::Timing>& timings) const = 0;
  /// What all workers' calls have come to; see Backend::measure.
  virtual void measure(List<contract::Figure>& figures) const = 0;
  /// See Backend::describe.
  virtual void describe(List<contract::UpstreamStatus>& upstreams) const = 0;
  /// See Backend::report_to.
  virtual void report_to(std::shared_ptr<contract::EventSink> sink) = 0;

 protected:
  Upstream() = default;
};

/// Used on its worker's thread only.
class Client {
 public:
  /// `upstream` is kept alive.
  Client(std::shared_ptr<Upstream> upstream, const contract::Loop& loop);
  /// Calls may be on their way: the coroutines that wait for them are destroyed by the event loop, later. A coroutine's
  /// locals must therefore not touch, in their destructors, what goes with the client.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends, and reads the whole answer, whatever its status: a 401 or 500 is a Response. `request` and `call` must live
  /// until it is done. Carries `call.trace`, unless it joins an identical read that is on its way: then that one's.
  /// Ends by `call.deadline` and the backend's timeouts. Sent again at most once, and only a repeatable request before
  /// any byte of an answer, or one that cannot have been read (a kept connection that was closed meanwhile). Errors:
  /// upstream_unreachable, upstream_timeout, upstream_failed (no HTTP, too large, cut off, a redirect), rate_limited
  /// (our own pacing: the quota is used up for longer than the deadline); `detail` says what happened, for the log.
  contract::Task<Result<Response>> send(const Request& request, const contract::Call& call);

 private:
  friend class Credentials;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::upstream
