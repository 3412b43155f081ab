// Process-wide checks before a call: is the server up, and is it the call's turn. All callers that wait for the same
// name share one resolver answer.
#include "adapters/upstream/server.hpp"

#include <algorithm>

#include "adapters/upstream/errors.hpp"
#include "adapters/upstream/next_step.hpp"

namespace parley::upstream {
namespace {

String fixed_lines(const Place& place) {
  return "Host: " + place.authority + "\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\n";
}

int seconds_left(Moment now, Moment until) {
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(until - now).count());
}

}  // namespace

Error upstream_error(Code code, String detail, int retry_after) {
  Error error = fault(code, {}, {}, std::move(detail));
  error.retry_after = retry_after;
  switch (code) {
    case Code::upstream_unreachable:
      error.message = "the upstream cannot be reached";
      error.retryable = true;
      break;
    case Code::upstream_timeout:
      error.message = "the upstream took too long";
      error.retryable = true;
      break;
    case Code::rate_limited:
      error.message = "the upstream may not be called so often";
      error.retryable = true;
      break;
    case Code::upstream_denied:
      error.message = "the upstream does not accept the gateway's credentials";
      break;
    default:
      error.message = "the upstream failed";
  }
  return error;
}

Result<std::shared_ptr<Upstream>> Upstream::open(const config::Backend& backend, Quota quota) {
  const auto& settings = config::settings_of<Settings>(backend);
  Result<Place> place = parse_place(settings.url);
  if (!place) return place.error();
  std::shared_ptr<io::TlsClients> tls;
  if (place->secure) {
    Result<std::shared_ptr<io::TlsClients>> opened = io::TlsClients::open(settings.ca);
    if (!opened) return opened.error();
    tls = *std::move(opened);
  }
  if (settings.quota.calls > 0) quota = settings.quota;
  return std::shared_ptr<Upstream>(std::make_shared<Server>(backend, *std::move(place), quota, std::move(tls)));
}

Server::Server(const config::Backend& from, Place where, Quota quota, std::shared_ptr<io::TlsClients> trust)
    : backend(from),
      settings(config::settings_of<Settings>(backend)),
      place(std::move(where)),
      fixed(fixed_lines(place)),
      key(url_key(backend)),
      tls(std::move(trust)),
      quota_(quota),
      pacer_(quota) {
  if (place.literal.empty()) return;
  auto known = std::make_shared<Lookup>();
  known->addresses = place.literal;
  known->fresh_until = Moment::max();
  known_ = std::move(known);
}

Result<Moment> Server::admit(Moment now, Moment latest, std::uint64_t kind) {
  std::unique_lock lock(state_mutex_);
  const Breaker::State before = breaker_.state();
  const bool may = breaker_.admit(now);
  const Breaker::State after = breaker_.state();
  if (!may) {
    ++counts_.down;
    return upstream_error(Code::upstream_unreachable, "known to be down: " + why_down_, breaker_.retry_after(now));
  }
  const Moment at = pacer_.reserve(now, latest, kind);
  if (at > latest) {
    ++counts_.quota;
    breaker_.report(now, Verdict::none);
  } else {
    retries_.earn();
    ++counts_.begun;
  }
  const Clock::duration down = now - down_since_;
  lock.unlock();
  tell(before, after, down, {});
  if (at > latest) return upstream_error(Code::rate_limited, "the quota is used up", seconds_left(now, at));
  return at;
}

void Server::report(Moment now, Moment begun, Verdict verdict, const Response* answer, std::uint64_t kind,
                    std::string_view why) {
  const Advice advice = answer != nullptr ? advice_of(*answer) : Advice{};
  std::unique_lock lock(state_mutex_);
  const Breaker::State before = breaker_.state();
  ++counts_.calls[static_cast<std::size_t>(verdict)];
  counts_.time += now - begun;
  if (answer != nullptr) {
    const auto refusal = std::find(refusals.begin(), refusals.end(), answer->status);
    if (refusal != refusals.end()) ++counts_.refused[static_cast<std::size_t>(refusal - refusals.begin())];
  }
  if (advice.left) {
    counts_.quota_left = advice.left;
    counts_.quota_most = advice.most;
  }
  breaker_.report(now, verdict);
  if (advice.all.count() > 0) pacer_.hold(now + advice.all);
  if (advice.kind.count() > 0) pacer_.hold(now + advice.kind, kind);
  const Breaker::State after = breaker_.state();
  if (after == before) return;
  if (before == Breaker::State::closed) down_since_ = now;
  if (after == Breaker::State::open) why_down_ = why;
  const Clock::duration down = now - down_since_;
  lock.unlock();
  tell(before, after, down, why);
}

void Server::tell(Breaker::State before, Breaker::State after, Clock::duration down, std::string_view why) const {
  if (sink_ == nullptr || before == after) return;
  sink_->breaker_changed({.backend = backend.name,
                          .server = place.address,
                          .before = before,
                          .now = after,
                          .down = std::chrono::duration_cast<std::chrono::milliseconds>(down),
                          .rest = Breaker::rest,
                          .why = why});
}

void Server::describe(List<contract::UpstreamStatus>& upstreams) const {
  contract::UpstreamStatus status{.server = place.address, .secure = place.secure};
  status.quota_calls = quota_.calls;
  status.quota_per = quota_.per;
  Moment since;
  {
    const std::scoped_lock lock(state_mutex_);
    status.breaker = breaker_.state();
    since = breaker_.since();
  }
  // The breaker uses a monotonic clock; people read the system clock.
  const auto ago = std::chrono::duration_cast<std::chrono::system_clock::duration>(Clock::now() - since);
  status.since = std::chrono::system_clock::now() - ago;
  upstreams.push_back(std::move(status));
}

bool Server::may_retry(bool free) {
  const std::scoped_lock lock(state_mutex_);
  if (!free && !retries_.spend()) return false;
  ++counts_.retries;
  return true;
}

void Server::measure(List<contract::Figure>& figures) const {
  Counts counts;
  Breaker::State state{};
  std::optional<Pacer::Quota> quota;
  {
    const std::scoped_lock lock(state_mutex_);
    counts = counts_;
    state = breaker_.state();
    quota = pacer_.quota(Clock::now());
  }
  static constexpr std::string_view verdicts[] = {"good", "bad", "unreachable", "given_up"};  // in the order of Verdict
  std::uint64_t ended = 0;
  for (std::size_t i = 0; i < counts.calls.size(); ++i) {
    ended += counts.calls[i];
    figures.push_back({"upstream_calls_total",
                       "Calls that have ended; bad: no whole answer, or a status of 500 and more.",
                       static_cast<double>(counts.calls[i]), "outcome", verdicts[i]});
  }
  figures.push_back({"upstream_call_seconds_total", "How long all calls took together, waiting for a turn included.",
                     std::chrono::duration<double>(counts.time).count()});
  figures.push_back(
      {"upstream_calls_in_flight", "Calls that have not ended.", static_cast<double>(counts.begun - ended)});
  constexpr std::string_view refused = "Calls that were not made: known to be down, or the quota is used up.";
  figures.push_back({"upstream_calls_refused_total", refused, static_cast<double>(counts.down), "reason", "breaker"});
  figures.push_back({"upstream_calls_refused_total", refused, static_cast<double>(counts.quota), "reason", "quota"});
  figures.push_back({"upstream_calls_shared_total", "Reads that joined an identical one that was on its way.",
                     static_cast<double>(shared.load(std::memory_order_relaxed))});
  figures.push_back(
      {"upstream_retries_total", "Calls that were sent a second time.", static_cast<double>(counts.retries)});
  static constexpr std::string_view statuses[] = {"401", "403", "429"};  // in the order of `refusals`
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    figures.push_back({"upstream_calls_denied_total",
                       "Calls that the upstream answered with 401 (credentials), 403 (rights), 429 (quota).",
                       static_cast<double>(counts.refused[i]), "status", statuses[i]});
  }
  constexpr std::string_view left = "Calls that may go at once: by our pacing, or as the upstream said last.";
  constexpr std::string_view most = "Most calls that may go at once, after a rest.";
  if (quota) {
    figures.push_back({"upstream_quota_left", left, static_cast<double>(quota->left), "by", "pacing"});
    figures.push_back({"upstream_quota_limit", most, static_cast<double>(quota->most), "by", "pacing"});
  }
  if (counts.quota_left) figures.push_back({"upstream_quota_left", left, double(*counts.quota_left), "by", "upstream"});
  if (counts.quota_most) {
    figures.push_back({"upstream_quota_limit", most, double(*counts.quota_most), "by", "upstream"});
  }
  figures.push_back({"upstream_connections", "Connections that are open, or being opened.",
                     static_cast<double>(connections.load(std::memory_order_relaxed))});
  figures.push_back({"upstream_breaker", "0: calls are made. 1: one trial call at a time. 2: no call is made.",
                     static_cast<double>(state)});
}

void Server::measure_times(List<contract::Timing>& timings) const {
  CallTimes::Sums sums;
  {
    const std::scoped_lock lock(times_mutex_);
    for (const std::shared_ptr<CallTimes>& times : times_) times->add_to(sums);
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].empty()) continue;
    timings.push_back({"upstream_request_seconds",
                       "From a call's turn to its end, a second attempt included, by what it was for.", "operation",
                       i < operation_count ? name_of(static_cast<OperationKind>(i)) : "other", sums[i]});
  }
}

std::shared_ptr<CallTimes> Server::times_of_worker() {
  const std::scoped_lock lock(times_mutex_);
  return times_.emplace_back(std::make_shared<CallTimes>());
}

std::shared_ptr<const Lookup> Server::look_up(Moment now, Told told) {
  const std::scoped_lock lock(lookup_mutex_);
  if (known_ != nullptr && now < known_->fresh_until) return known_;
  asking_.push_back(std::move(told));
  if (asking_.size() > 1) return nullptr;
  Resolver::shared().resolve(place.host, place.port, [weak = weak_from_this()](Resolved found) {
    if (const std::shared_ptr<Server> self = weak.lock()) self->resolved(std::move(found));
  });
  return nullptr;
}

void Server::resolved(Resolved found) {
  auto lookup = std::make_shared<Lookup>();
  lookup->addresses = std::move(found.addresses);
  lookup->fresh_until = Clock::now() + found.ttl;
  lookup->fault = std::move(found.fault);
  List<Told> asked;
  {
    const std::scoped_lock lock(lookup_mutex_);
    known_ = lookup;
    asked.swap(asking_);
  }
  for (const Told& told : asked) told(lookup);
}

}  // namespace parley::upstream
