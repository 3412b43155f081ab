// The client that connectors use to call vendors' servers. `Upstream` is the server, shared by the process. `Client`
// belongs to one worker and has connections of its own.
#pragma once

#include <memory>

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/message.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::upstream {

/// A vendor's server: its addresses, circuit breaker, pacing, retry budget and trusted certificates. Used by all threads at once.
class Upstream {
 public:
  /// `quota`: the vendor's own; used if the settings name none. 0 calls = no limit. Errors: unavailable, with `detail`
  /// (the CA file cannot be read).
  static Result<std::shared_ptr<Upstream>> open(const config::Backend& backend, Quota quota);
  virtual ~Upstream() = default;
  /// How long the calls of all workers took, by operation; see Backend::measure_times.
  virtual void measure_times(List<contract::Timing>& timings) const = 0;
  /// Counts over the calls of all workers; see Backend::measure.
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
  /// Keeps `upstream` alive.
  Client(std::shared_ptr<Upstream> upstream, const contract::Loop& loop);
  /// May run while calls are on their way. The event loop later destroys the coroutines that wait for them. The
  /// destructors of their locals must not touch objects that are destroyed with the client.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends a request and reads the whole answer. Any status is a Response, also 401 and 500. `request` and `call` must
  /// live until it is done. Sends the headers of `call.trace`, `via` and `request_id`; if it joins an identical read
  /// that is on its way, the headers of that read count. Ends by `call.deadline` and the backend's timeouts. A request
  /// is sent again at most once, before any byte of an answer, and only if it is repeatable or cannot have been read (a
  /// kept connection that was closed meanwhile). Errors: upstream_unreachable, upstream_timeout, upstream_failed (no
  /// HTTP, too large, cut off, a redirect), rate_limited (our own pacing: the next turn is after the deadline).
  /// `detail` says what happened, for the log.
  contract::Task<Result<Response>> send(const Request& request, const contract::Call& call);

 private:
  friend class Credentials;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::upstream
