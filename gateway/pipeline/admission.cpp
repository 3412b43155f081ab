// Admits requests. Cheap checks come first, and a request is counted before its credentials are checked, so that guesses count.
#include "gateway/pipeline/admission.hpp"

#include "gateway/limit/rate.hpp"
#include "gateway/pipeline/client.hpp"
#include "gateway/pipeline/cors.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "gateway/pipeline/request_id.hpp"
#include "gateway/pipeline/via.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::pipeline {
namespace {

using http::Method;
using By = config::RateLimit::By;

/// Answers OPTIONS. A CORS preflight is answered as the route's configuration says, or by the vendor's facade. Other OPTIONS
/// requests get the list of methods.
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

/// Kinds of keys with separate counts, so that none can lock out another. The prefix also keeps a name from matching an
/// address.
enum class Bucket : char { call = 'c', login = 'l', failure = 'f', principal = 'p' };

String key_of(Bucket what, std::string_view whose) { return String(1, static_cast<char>(what)).append(whose); }
String key_of_client(Bucket what, const Exchange& x) { return key_of(what, limit::client_key(x.request.peer)); }

/// Stores the count in the exchange. Returns false, and refuses, if it is over the limit.
bool pass(Exchange& x, const limit::Limiter& limiter, const limit::Count& count) {
  using std::chrono::ceil;
  using std::chrono::seconds;
  x.limit = {.requests = limiter.settings().requests,
             .remaining = count.remaining,
             .reset = Time::now().since_epoch + count.left.count()};
  if (count.allowed) return true;
  x.shard().counters.requests_rate_limited.add();
  refuse(x, {.code = Code::rate_limited,
             .message = "too many requests",
             .retryable = true,
             .retry_after = static_cast<int>(ceil<seconds>(count.left).count())});
  return false;
}

/// The rate limit before the credentials are checked. With `by: principal`, a client with too many wrong credentials is
/// refused, so that it cannot find the right ones by trying.
bool pass_client(Exchange& x) {
  limit::Limiter* limiter = x.found.mount->limiter.get();
  if (limiter == nullptr) return true;
  const By by = limiter->settings().by;
  if (by == By::route) return pass(x, *limiter, limiter->take({}));
  if (by == By::client) return pass(x, *limiter, limiter->take(key_of_client(Bucket::call, x)));
  const contract::Endpoint* endpoint = x.request.endpoint;
  if (endpoint != nullptr && endpoint->access == contract::Access::credentials) {
    const limit::Count failures = limiter->look(key_of_client(Bucket::failure, x));
    return failures.allowed || pass(x, *limiter, failures);
  }
  const bool login = endpoint != nullptr && route::is_login(*endpoint);
  return pass(x, *limiter, limiter->take(key_of_client(login ? Bucket::login : Bucket::call, x)));
}

/// The rate limit after the check; `admitted`: the credentials were right.
bool pass_principal(Exchange& x, bool admitted) {
  limit::Limiter* limiter = x.found.mount->limiter.get();
  if (limiter == nullptr || limiter->settings().by != By::principal) return true;
  if (!admitted) return pass(x, *limiter, limiter->take(key_of_client(Bucket::failure, x)));
  const bool known = !x.principal.empty();
  return pass(x, *limiter,
              limiter->take(known ? key_of(Bucket::principal, x.principal) : key_of_client(Bucket::call, x)));
}

/// Answers `GET /` with the index, if `server.index` is on and `/` belongs to no route.
bool answer_index(Exchange& x) {
  const List<String>& indexes = x.view.revision->indexes;
  const bool asked = x.request.method == Method::get || x.request.method == Method::head;
  if (!asked || x.found.mount != nullptr || x.request.path != "/" || x.listener >= indexes.size()) return false;
  x.reply.clear();
  x.reply.content_type = "application/json; charset=utf-8";
  x.reply.body.append(indexes[x.listener]);
  return true;
}

/// Answers a request without an endpoint. It counts like a call, so that nobody can search for paths without limit. OPTIONS is
/// not counted: browsers send it before the calls of a page.
void answer_miss(Exchange& x, const Error& miss) {
  if (answer_options(x, miss) || answer_index(x)) return;
  const bool counted = x.found.mount != nullptr && x.request.method != Method::options;
  if (!counted || pass_client(x)) refuse(x, miss);
}

}  // namespace

Result<void> match(Exchange& x) {
  const std::optional<route::Target> target = route::parse_target(x.request.target);
  if (!target) return Error{.code = Code::malformed_request, .message = "malformed request target"};
  x.request.path = target->path;
  x.request.query = target->query;
  return x.view.revision->router->match(x.listener, *target, target->authority.empty() ? x.host : target->authority,
                                        x.request, x.buffers.parameters, x.found);
}

bool admit(Exchange& x) {
  x.request.peer = client_of(x.request.peer, x.request.headers, x.view.revision->trusted);
  if (const Result<void> matched = match(x); !matched) {
    answer_miss(x, matched.error());
    return false;
  }
  if (x.has_via && has_passed(x.request.headers, x.worker.totals.hop)) {
    refuse(x, {.code = Code::loop_detected,
               .message = "the request came back to the service that had sent it on",
               .detail = "its Via names this gateway: a backend's url leads back to a listener of its own"});
    return false;
  }
  if (!pass_client(x)) return false;
  const contract::Facade& facade = *x.found.mount->facade;
  if (x.request.endpoint->access == contract::Access::credentials) {
    const Result<std::string_view> admitted = facade.admit(x.request);
    if (admitted) x.principal = *admitted;
    if (!pass_principal(x, admitted.has_value())) return false;
    if (!admitted) {
      refuse(x, admitted.error());
      return false;
    }
  }
  const std::string_view unsupported = x.found.endpoint->unsupported;
  if (unsupported.empty() || x.request.endpoint->answer != nullptr) return true;
  refuse(x, {.code = Code::unsupported_operation, .message = String(unsupported)});
  return false;
}

bool may_log_in(Exchange& x) {
  if (!route::is_login(*x.request.endpoint)) return true;
  limit::Limiter& failures = *x.found.mount->failed_logins;
  const limit::Count count = failures.look(limit::client_key(x.request.peer));
  return count.allowed || pass(x, failures, count);
}

bool count_failure(Exchange& x, const Error& error) {
  const bool wrong = error.code == Code::unauthorized || error.code == Code::forbidden;
  if (!wrong || !route::is_login(*x.request.endpoint)) return true;
  x.shard().counters.logins_failed.add();
  limit::Limiter& failures = *x.found.mount->failed_logins;
  const limit::Count count = failures.take(limit::client_key(x.request.peer));
  return count.allowed || pass(x, failures, count);  // other logins of this client may have failed meanwhile
}

void finish(Exchange& x) {
  if (x.limit) x.found.mount->facade->show_limit(*x.limit, x.reply);
  add_request_id(x);
  add_cors(x);
  x.step = Step::finished;
}

}  // namespace parley::gateway::pipeline
