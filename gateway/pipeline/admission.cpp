// Whether a request is let in. Cheap questions come first, and guesses at credentials are counted before they are looked at.
#include "gateway/pipeline/admission.hpp"

#include "gateway/limit/rate.hpp"
#include "gateway/pipeline/client.hpp"
#include "gateway/pipeline/cors.hpp"
#include "schemas/time.hpp"

namespace parley::gateway {
namespace {

using adapters::Method;
using By = config::RateLimit::By;

/// A browser asking whether a page of another origin may call is answered as the route says, or in the vendor's voice;
/// anybody else who asks OPTIONS is told the methods.
bool answer_options(Exchange& x, const Error& miss) {
  if (x.request.method != Method::options) return false;
  const bool whole_server = x.request.target == "*";
  if (!whole_server && miss.code != Code::method_not_allowed) return false;
  if (!whole_server && answer_preflight(x, miss.detail)) return true;
  if (!whole_server && x.request.header("Access-Control-Request-Method")) return false;
  x.reply.clear();
  if (!whole_server) x.reply.add("Allow", miss.detail);
  return true;
}

/// Clients and principals are counted side by side, and no name is taken for an address.
String key_of_client(const Exchange& x) { return "c" + limit::client_key(x.request.peer); }
String key_of_principal(const Exchange& x) { return String("p").append(x.principal); }

/// Notes what a count said. false: refused.
bool pass(Exchange& x, const limit::Count& count) {
  using std::chrono::ceil;
  using std::chrono::seconds;
  x.limit = {.requests = x.found.mount->limiter->settings().requests,
             .remaining = count.remaining,
             .reset = Time::now().since_epoch + count.left.count()};
  if (count.allowed) return true;
  x.shard->counters.requests_rate_limited.add();
  refuse(x, x.own_voice(),
         {.code = Code::rate_limited,
          .message = "too many requests",
          .retryable = true,
          .retry_after = static_cast<int>(ceil<seconds>(count.left).count())});
  return false;
}

/// Before the credentials are looked at. Where principals are counted, whoever showed wrong ones too often is refused, so that
/// the right ones cannot be found by trying.
bool pass_client(Exchange& x) {
  limit::Limiter* limiter = x.found.mount->limiter.get();
  if (limiter == nullptr) return true;
  const By by = limiter->settings().by;
  if (by != By::principal) return pass(x, limiter->take(by == By::route ? String() : key_of_client(x)));
  const limit::Count failures = limiter->look(key_of_client(x));
  return failures.allowed || pass(x, failures);
}

/// After: `admitted` tells whether they were right.
bool pass_principal(Exchange& x, bool admitted) {
  limit::Limiter* limiter = x.found.mount->limiter.get();
  if (limiter == nullptr || limiter->settings().by != By::principal) return true;
  const bool known = admitted && !x.principal.empty();
  return pass(x, limiter->take(known ? key_of_principal(x) : key_of_client(x)));
}

}  // namespace

bool admit(Exchange& x) {
  x.request.peer = client_of(x.request.peer, x.request.headers, x.service->revision->trusted);
  if (Result<void> matched = match(x); !matched) {
    if (!answer_options(x, matched.error())) refuse(x, x.own_voice(), matched.error());
    return false;
  }
  if (!pass_client(x)) return false;
  const adapters::Facade& facade = *x.found.mount->facade;
  if (x.request.endpoint->access == adapters::Access::credentials) {
    const Result<std::string_view> admitted = facade.admit(x.request);
    if (admitted) x.principal = *admitted;
    if (!pass_principal(x, admitted.has_value())) return false;
    if (!admitted) {
      refuse(x, &facade, admitted.error());
      return false;
    }
  } else if (!pass_principal(x, true)) {
    return false;
  }
  const std::string_view unsupported = x.found.endpoint->unsupported;
  if (unsupported.empty() || x.request.endpoint->answer != nullptr) return true;
  refuse(x, &facade, {.code = Code::unsupported_operation, .message = String(unsupported)});
  return false;
}

void finish(Exchange& x) {
  if (x.limit) x.found.mount->facade->show_limit(*x.limit, x.reply);
  add_cors(x);
}

}  // namespace parley::gateway
