// The straight line of a request.
#include "gateway/pipeline/serve.hpp"

#include "gateway/pipeline/loss.hpp"

namespace parley::gateway {
namespace {

using adapters::Method;

/// A browser asking whether a page of another origin may call is refused in the vendor's voice, since no route allows
/// that; anybody else who asks OPTIONS is told the methods.
bool answer_options(Exchange& x, const Error& miss) {
  if (x.request.method != Method::options) return false;
  const bool whole_server = x.request.target == "*";
  if (!whole_server && miss.code != Code::method_not_allowed) return false;
  if (!whole_server && x.request.header("Access-Control-Request-Method")) return false;
  x.reply.clear();
  if (!whole_server) x.reply.add("Allow", miss.detail);
  return true;
}

/// Match and admit. false: refused, or answered.
bool admit(Exchange& x) {
  if (Result<void> matched = match(x); !matched) {
    if (!answer_options(x, matched.error())) refuse(x, x.own_voice(), matched.error());
    return false;
  }
  const adapters::Facade& facade = *x.found.mount->facade;
  if (x.request.endpoint->access == adapters::Access::credentials) {
    const Result<std::string_view> admitted = facade.admit(x.request);
    if (!admitted) {
      refuse(x, &facade, admitted.error());
      return false;
    }
    x.principal = *admitted;
  }
  const std::string_view unsupported = x.found.endpoint->unsupported;
  if (unsupported.empty()) return true;
  refuse(x, &facade, {.code = Code::unsupported_operation, .message = String(unsupported)});
  return false;
}

/// From the whole body to the operation. false: refused.
bool decode(Exchange& x, std::string_view body) {
  const adapters::Facade& facade = *x.found.mount->facade;
  x.request.body = body;
  if (x.request.endpoint->body == adapters::BodyRule::json && body.empty()) {
    refuse(x, &facade,
           {.code = Code::missing_body,
            .message = "the request has no body, and a JSON body is required (curl sends one with -d; -D does not)"});
    return false;
  }
  Result<Operation> operation = x.request.endpoint->decode(facade, x.request);
  if (!operation) {
    refuse(x, &facade, operation.error());
    return false;
  }
  x.operation.emplace(std::move(*operation));
  return true;
}

/// `not_kept`: what the backend has lost already.
void encode(Exchange& x, const Result<Outcome>& outcome, const shape::Losses& not_kept = {}) {
  const Mount& mount = *x.found.mount;
  const adapters::Facade& voice = mount.voice();
  if (!outcome) return refuse(x, &voice, outcome.error());
  x.reply.clear();
  if (Result<void> encoded = voice.encode(*outcome, x.request, x.reply); !encoded) {
    return refuse(x, &voice, encoded.error());
  }
  x.reply.losses.insert(x.reply.losses.begin(), not_kept.begin(), not_kept.end());
  if (x.reply.losses.empty() || mount.loss == config::LossPolicy::allow) return;
  if (mount.loss == config::LossPolicy::lossless) {
    const Error error = lossy(x.reply.losses);  // the rendering clears the losses
    return refuse(x, &voice, error);
  }
  x.reply.add("Parley-Loss", list_losses(x.reply.losses));
}

Progress serve_whole(Exchange& x, std::string_view body) {
  const bool decoded = decode(x, body);
  x.watch.pass(observe::Stage::body);
  if (!decoded) return Progress::answered;
  std::optional<Result<Outcome>> outcome = x.service->lanes[x.found.mount->backend]->execute_now(*x.operation);
  if (!outcome) return Progress::needs_backend;
  x.watch.pass(observe::Stage::backend);
  encode(x, *outcome);
  return Progress::answered;
}

}  // namespace

Progress serve(Exchange& x, const BodyReader& body) {
  const bool admitted = admit(x);
  x.watch.pass(observe::Stage::head);
  if (!admitted) return Progress::answered;
  if (!body.complete()) return Progress::needs_body;
  return serve_whole(x, body.view());
}

adapters::Task<void> serve_waiting(Exchange& x, BodyReader& body, Progress progress) {
  const Mount& mount = *x.found.mount;
  if (progress == Progress::needs_body) {
    Result<void> read = co_await body.read();
    if (body.lost()) co_return;  // nobody is there to be refused
    if (!read) co_return refuse(x, mount.facade.get(), read.error());
    progress = serve_whole(x, body.view());
  }
  if (progress == Progress::answered) co_return;
  x.call = {};
  x.call.deadline = std::chrono::steady_clock::now() + mount.facade->patience();
  shape::Losses not_kept;
  x.call.losses = &not_kept;
  x.call.upstream = &x.upstream;
  x.trace = x.shard->tracer.child(observe::find_traceparent(x.request.headers), x.shard->access.wanted());
  x.call.trace = x.trace.parent();
  x.call.lossless = mount.loss == config::LossPolicy::lossless && writes(kind_of(*x.operation));
  // Another vendor may have no document for the outcome: a client that is refused must not have written.
  if (x.call.lossless || (mount.emitter && writes(kind_of(*x.operation)))) {
    x.call.vet = [&x](const Outcome& outcome) {
      return vet(x.found.mount->voice(), outcome, x.request, x.call.lossless);
    };
  }
  Gate::Place place = x.gate->try_enter();
  if (!place) place = co_await x.gate->enter();
  if (!place) {
    x.shard->counters.requests_refused_overload.add();
    const Error error{
        .code = Code::unavailable, .message = "too many requests at the moment", .retryable = true, .retry_after = 1};
    co_return refuse(x, mount.facade.get(), error);
  }
  const Result<Outcome> outcome = co_await x.service->lanes[mount.backend]->execute(*x.operation, x.call);
  x.watch.pass(observe::Stage::backend);
  encode(x, outcome, not_kept);
}

}  // namespace parley::gateway
