// The life of a request; see advance.hpp. Each step sets `x.step` to the next one.
#include "gateway/pipeline/advance.hpp"

#include "gateway/pipeline/admission.hpp"
#include "gateway/pipeline/answer_size.hpp"
#include "gateway/pipeline/body_text.hpp"
#include "gateway/pipeline/loss.hpp"
#include "gateway/pipeline/receiving.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "gateway/pipeline/request_id.hpp"
#include "gateway/pipeline/via.hpp"

namespace parley::gateway::pipeline {
namespace {

using contract::BodyRule;

void take_head(Exchange& x) {
  x.reply.clear();
  x.step = admit(x) ? Step::body : Step::answered;
  x.timer.pass(observe::Stage::head);
  if (x.step == Step::answered || x.body.complete || x.request.endpoint->body == BodyRule::none) return;
  if (const Result<void> readable = check_coding(x); !readable) refuse(x, readable.error());
}

/// Lets the facade answer without a backend. Failed logins are checked here and not with the head, since many logins may wait
/// for their bodies at the same time.
void answer(Exchange& x) {
  if (!may_log_in(x)) return;
  x.reply.clear();
  x.step = Step::answered;
  const Result<void> answered = x.request.endpoint->answer(*x.found.mount->facade, x.request, x.reply);
  if (!answered) {
    if (count_failure(x, answered.error())) refuse(x, answered.error());
  } else if (x.reply.upgrade && !x.http11) {  // RFC 9110, 7.8
    refuse(x, {.code = Code::malformed_request, .message = "the protocol can be changed in HTTP/1.1 only"});
  }
}

void decode(Exchange& x) {
  if (x.request.endpoint->body == BodyRule::json && x.request.body.empty()) {
    return refuse(
        x, {.code = Code::missing_body,
            .message = "the request has no body, and a JSON body is required (curl sends one with -d; -D does not)"});
  }
  const Result<void> decoded = x.request.endpoint->decode(*x.found.mount->facade, x.request, x.decoded);
  if (!decoded) return refuse(x, decoded.error());
  x.step = Step::backend;
}

void take_body(Exchange& x) {
  x.request.body = x.body.bytes;
  if (x.request.endpoint->body != BodyRule::none) {
    const Result<std::string_view> text = text_of_body(x);
    if (!text) return refuse(x, text.error());
    x.request.body = *text;
  }
  if (x.request.endpoint->answer != nullptr) {
    answer(x);
  } else {
    decode(x);
  }
}

/// Encodes the outcome into the reply. Errors: those of the encoder; those of BoundedAnswer.
Result<void> encode_bounded(Exchange& x, const Outcome& outcome) {
  const BoundedAnswer bounded(x);
  Result<void> encoded = x.found.mount->show(x.request, x.decoded, outcome, x.reply);
  if (encoded && bounded.exceeded()) return bounded.refusal();
  return encoded;
}

/// Refuses what a lossless route may not answer. The reply keeps the losses, which rendering the refusal clears, so that they are
/// counted and logged.
void refuse_lossy(Exchange& x, const contract::Facade& voice, const Error& error, shape::Losses losses) {
  refuse(x, voice, error);
  x.reply.losses = std::move(losses);
}

void encode(Exchange& x, const Result<Outcome>& outcome) {
  const route::Mount& mount = *x.found.mount;
  const contract::Facade& voice = mount.voice();
  if (!outcome && outcome.error().code == Code::lossy) {
    return refuse_lossy(x, voice, outcome.error(), std::move(x.not_kept));
  }
  if (!outcome) return refuse(x, voice, outcome.error());
  x.reply.clear();
  x.step = Step::answered;
  if (const Result<void> encoded = encode_bounded(x, *outcome); !encoded) {
    return refuse(x, voice, encoded.error());
  }
  x.reply.losses.insert(x.reply.losses.begin(), x.not_kept.begin(), x.not_kept.end());
  if (x.reply.losses.empty() || mount.loss == config::LossPolicy::allow) return;
  if (mount.loss == config::LossPolicy::lossless) {
    // A store asks before it writes (`vet`); a connector cannot undo what its upstream has done.
    const Error error = lossy(x.reply.losses, writes(kind_of(x.operation())));
    return refuse_lossy(x, voice, error, std::move(x.reply.losses));
  }
  String& listed = x.shard().losses.set_of(x.reply.losses).listed;
  if (listed.empty()) listed = list_losses(x.reply.losses);
  x.reply.add("Parley-Loss", listed);
}

/// Encodes the outcome, if there is one. Otherwise asks the backend for one that needs no waiting.
void take_outcome(Exchange& x) {
  if (!x.outcome) {
    x.outcome = x.session().execute_now(x.operation());
    if (!x.outcome) return;
    x.timer.pass(observe::Stage::backend);
  }
  encode(x, *x.outcome);
}

Next ending(const Exchange& x) noexcept {
  if (x.reply.source) return Next::source;
  return x.reply.upgrade ? Next::upgrade : Next::answered;
}

Next go_on(Exchange& x) {
  if (x.step == Step::head) take_head(x);
  if (x.step == Step::body) {
    if (receives(x)) return Next::pieces;
    if (!x.body.complete) return Next::body;
    take_body(x);
    x.timer.pass(observe::Stage::body);
  }
  if (x.step == Step::backend) {
    take_outcome(x);
    if (x.step == Step::backend) return Next::backend;
  }
  if (x.step == Step::answered) finish(x);
  return ending(x);
}

/// Per-call context for the backend: deadline, trace, loss policy.
void make_call(Exchange& x) {
  const route::Mount& mount = *x.found.mount;
  const bool write = writes(kind_of(x.operation()));
  contract::Call& call = x.call.emplace();
  call.deadline = std::chrono::steady_clock::now() + mount.facade->patience();
  call.losses = &x.not_kept;
  call.upstream = &x.upstream;
  call.operation = kind_of(x.operation());
  x.trace = x.shard().tracer.child(observe::find_traceparent(x.request.headers), x.shard().access.wanted());
  call.trace = x.trace.parent();
  call.request_id = request_id_of(x);
  const std::string_view hop = x.worker.totals.hop;
  call.via = x.has_via ? via_of(x.request.headers, hop, x.buffers.via) : hop;
  call.lossless = mount.loss == config::LossPolicy::lossless && write;
  // The style of `emit` may have no document for the outcome. The write must not be committed if the client gets a refusal.
  if (call.lossless || (mount.emitter && write)) {
    call.vet = [&x](const Outcome& outcome) { return vet(x, outcome); };
  }
}

}  // namespace

Next advance(Exchange& x) {
  try {
    return go_on(x);
  } catch (const std::exception& fault) {
    refuse_exception(x, fault.what());
    finish(x);
    return Next::answered;
  }
}

contract::Task<void> ask_backend(Exchange& x) {
  try {
    make_call(x);
    limit::InFlightLimiter::Place place = x.worker.limiter.try_enter();
    if (!place) place = co_await x.worker.limiter.enter();
    if (place) {
      x.outcome = co_await x.session().execute(x.operation(), *x.call);
      x.timer.pass(observe::Stage::backend);
    } else {
      refuse(x, overloaded(x.worker));
    }
  } catch (const std::exception& fault) {
    refuse_exception(x, String("exception: ") + fault.what());
  }
  const bool done = x.outcome && x.outcome->has_value();
  if (x.has_kept && !done) co_await drop_received(x);
}

}  // namespace parley::gateway::pipeline
