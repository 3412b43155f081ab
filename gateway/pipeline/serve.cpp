// The straight line of a request.
#include "gateway/pipeline/serve.hpp"

#include "gateway/pipeline/admission.hpp"
#include "gateway/pipeline/answer_size.hpp"
#include "gateway/pipeline/loss.hpp"
#include "gateway/pipeline/request_id.hpp"
#include "gateway/pipeline/via.hpp"

namespace parley::gateway::pipeline {
namespace {

/// From the whole body to the operation. false: refused.
bool decode(Exchange& x, std::string_view body) {
  const contract::Facade& facade = *x.found.mount->facade;
  x.request.body = body;
  if (x.request.endpoint->body == contract::BodyRule::json && body.empty()) {
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

/// What needs no backend: a login. Its failures are looked at now and not with the head: many may wait for their bodies.
void answer(Exchange& x, std::string_view body) {
  const contract::Facade& facade = *x.found.mount->facade;
  x.request.body = body;
  if (!may_log_in(x)) return;
  x.reply.clear();
  const Result<void> answered = x.request.endpoint->answer(facade, x.request, x.reply);
  if (!answered && count_failure(x, answered.error())) refuse(x, &facade, answered.error());
}

/// Writes the outcome into the reply, as far as an answer may be so large.
Result<void> encode_bounded(Exchange& x, const contract::Facade& voice, const Outcome& outcome) {
  const BoundedAnswer bounded(x);
  Result<void> encoded = voice.encode(outcome, x.request, x.reply);
  if (encoded && bounded.exceeded()) return bounded.refusal();
  return encoded;
}

/// What a backend notes beside its outcome.
struct Notes {
  shape::Losses not_kept;              ///< what it has lost already
  std::optional<std::size_t> matched;  ///< see Call::matched
};

void encode(Exchange& x, Result<Outcome>& outcome, Notes notes = {}) {
  const route::Mount& mount = *x.found.mount;
  const contract::Facade& voice = mount.voice();
  if (!outcome) return refuse(x, &voice, outcome.error());
  if (mount.emitter && !notes.matched) notes.matched = mount.facade->select(x.request, *outcome);
  x.reply.clear();
  x.reply.matched = notes.matched;
  if (const Result<void> encoded = encode_bounded(x, voice, *outcome); !encoded) {
    return refuse(x, &voice, encoded.error());
  }
  x.reply.losses.insert(x.reply.losses.begin(), notes.not_kept.begin(), notes.not_kept.end());
  if (x.reply.losses.empty() || mount.loss == config::LossPolicy::allow) return;
  if (mount.loss == config::LossPolicy::lossless) {
    const Error error = lossy(x.reply.losses);  // the rendering clears the losses
    return refuse(x, &voice, error);
  }
  x.reply.add("Parley-Loss", list_losses(x.reply.losses));
}

/// The body as text, where the endpoint looks at one. false: refused.
bool open_body(Exchange& x, net::BodyReader& body, std::string_view& text) {
  text = body.view();
  if (x.request.endpoint->body == contract::BodyRule::none) return true;
  Result<std::string_view> opened = body.text();
  if (opened) {
    text = *opened;
  } else {
    refuse(x, x.own_voice(), opened.error());
  }
  return opened.has_value();
}

Progress serve_whole(Exchange& x, net::BodyReader& sent) {
  std::string_view body;
  if (!open_body(x, sent, body)) {
    x.watch.pass(observe::Stage::body);
    return Progress::answered;
  }
  if (x.request.endpoint->answer != nullptr) {
    answer(x, body);
    x.watch.pass(observe::Stage::body);
    return Progress::answered;
  }
  const bool decoded = decode(x, body);
  x.watch.pass(observe::Stage::body);
  if (!decoded) return Progress::answered;
  std::optional<Result<Outcome>> outcome = x.service->sessions[x.found.mount->backend]->execute_now(*x.operation);
  if (!outcome) return Progress::needs_backend;
  x.watch.pass(observe::Stage::backend);
  encode(x, *outcome);
  return Progress::answered;
}

Progress go_ahead(Exchange& x, net::BodyReader& body) {
  const bool admitted = admit(x);
  x.watch.pass(observe::Stage::head);
  if (!admitted) return Progress::answered;
  if (body.complete()) return serve_whole(x, body);
  if (x.request.endpoint->body == contract::BodyRule::none) return Progress::needs_body;
  const Result<void> readable = body.check_coding();
  if (readable) return Progress::needs_body;
  refuse(x, x.own_voice(), readable.error());
  return Progress::answered;
}

/// What the backend is told beside the operation. `notes` outlives the call.
void prepare_call(Exchange& x, Notes& notes) {
  const route::Mount& mount = *x.found.mount;
  x.call = {};
  x.call.deadline = std::chrono::steady_clock::now() + mount.facade->patience();
  x.call.losses = &notes.not_kept;
  x.call.matched = &notes.matched;
  x.call.upstream = &x.upstream;
  x.call.operation = kind_of(*x.operation);
  x.trace = x.shard->tracer.child(observe::find_traceparent(x.request.headers), x.shard->access.wanted());
  x.call.trace = x.trace.parent();
  x.call.request_id = request_id_of(x);
  x.call.via = x.has_via ? via_of(x.request.headers, x.hop, x.via) : x.hop;
  x.call.lossless = mount.loss == config::LossPolicy::lossless && writes(kind_of(*x.operation));
  // Another vendor may have no document for the outcome: a client that is refused must not have written.
  if (x.call.lossless || (mount.emitter && writes(kind_of(*x.operation)))) {
    x.call.vet = [&x](const Outcome& outcome) {
      return vet(x.found.mount->voice(), outcome, x.request, x.call.lossless);
    };
  }
}

/// No place among the requests that wait for a backend.
void refuse_overloaded(Exchange& x) {
  x.shard->counters.requests_refused_overload.add();
  refuse(
      x, x.own_voice(),
      {.code = Code::unavailable, .message = "too many requests at the moment", .retryable = true, .retry_after = 1});
}

}  // namespace

Progress serve(Exchange& x, net::BodyReader& body) {
  const Progress progress = go_ahead(x, body);
  if (progress == Progress::answered) finish(x);
  return progress;
}

contract::Task<void> serve_waiting(Exchange& x, net::BodyReader& body, Progress progress) {
  if (progress == Progress::needs_body) {
    Result<void> read = co_await body.read();
    if (body.lost()) co_return;  // nobody is there to be refused
    if (read) {
      progress = serve_whole(x, body);
    } else {
      progress = Progress::answered;
      refuse(x, x.own_voice(), read.error());
    }
  }
  if (progress != Progress::answered) {
    Notes notes;
    prepare_call(x, notes);
    limit::InFlightLimiter::Place place = x.limiter->try_enter();
    if (!place) place = co_await x.limiter->enter();
    if (place) {
      contract::BackendSession& session = *x.service->sessions[x.found.mount->backend];
      Result<Outcome> outcome = co_await session.execute(*x.operation, x.call);
      x.watch.pass(observe::Stage::backend);
      encode(x, outcome, std::move(notes));
    } else {
      refuse_overloaded(x);
    }
  }
  finish(x);
}

}  // namespace parley::gateway::pipeline
