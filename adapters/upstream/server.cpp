// One gate for all workers: is it up, is it our turn. And one answer of the resolver for all who asked meanwhile.
#include "adapters/upstream/server.hpp"

#include <algorithm>

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
  Error error{.code = code, .detail = std::move(detail), .source = "upstream", .retry_after = retry_after};
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

Result<std::shared_ptr<Upstream>> Upstream::open(const config::Backend& settings, config::Quota quota) {
  Result<Place> place = parse_place(settings.url);
  if (!place) return place.error();
  std::shared_ptr<io::TlsClients> tls;
  if (place->secure) {
    Result<std::shared_ptr<io::TlsClients>> opened = io::TlsClients::open(settings.ca);
    if (!opened) return opened.error();
    tls = *std::move(opened);
  }
  if (settings.quota.calls > 0) quota = settings.quota;
  return std::shared_ptr<Upstream>(std::make_shared<Server>(settings, *std::move(place), quota, std::move(tls)));
}

Server::Server(const config::Backend& from, Place where, config::Quota quota, std::shared_ptr<io::TlsClients> trust)
    : settings(from), place(std::move(where)), fixed(fixed_lines(place)), tls(std::move(trust)), pacer_(quota) {
  if (place.literal.empty()) return;
  auto known = std::make_shared<Lookup>();
  known->addresses = place.literal;
  known->fresh_until = Moment::max();
  known_ = std::move(known);
}

Result<Moment> Server::admit(Moment now, Moment latest, std::uint64_t kind) {
  const std::scoped_lock lock(gate_);
  if (!breaker_.admit(now)) {
    return upstream_error(Code::upstream_unreachable, "known to be down", breaker_.retry_after(now));
  }
  const Moment at = pacer_.reserve(now, latest, kind);
  if (at > latest) {
    breaker_.report(now, Verdict::none);
    return upstream_error(Code::rate_limited, "the quota is used up", seconds_left(now, at));
  }
  retries_.earn();
  return at;
}

void Server::report(Moment now, Verdict verdict, const Response* answer, std::uint64_t kind) {
  const Advice advice = answer != nullptr ? advice_of(*answer) : Advice{};
  const std::scoped_lock lock(gate_);
  breaker_.report(now, verdict);
  if (advice.all.count() > 0) pacer_.hold(now + advice.all);
  if (advice.kind.count() > 0) pacer_.hold(now + advice.kind, kind);
}

bool Server::may_retry() {
  const std::scoped_lock lock(gate_);
  return retries_.spend();
}

std::shared_ptr<const Lookup> Server::look_up(Moment now, Told told) {
  const std::scoped_lock lock(names_);
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
    const std::scoped_lock lock(names_);
    known_ = lookup;
    asked.swap(asking_);
  }
  for (const Told& told : asked) told(lookup);
}

}  // namespace parley::upstream
