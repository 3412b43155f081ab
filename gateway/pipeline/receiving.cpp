// See receiving.hpp. Each write takes a place among the requests in flight, so that uploads do not push other requests aside.
#include "gateway/pipeline/receiving.hpp"

#include "gateway/pipeline/refuse.hpp"

namespace parley::gateway::pipeline {
namespace {

using contract::Task;

Task<limit::InFlightLimiter::Place> take_place(Exchange& x) {
  limit::InFlightLimiter::Place place = x.worker.limiter.try_enter();
  if (!place) place = co_await x.worker.limiter.enter();
  co_return place;
}

Task<Result<void>> keep_parts(Exchange& x) {
  for (;;) {
    const std::optional<contract::Receiver::Part> part = x.receiver->next_part();
    if (!part) co_return Result<void>();
    const limit::InFlightLimiter::Place place = co_await take_place(x);
    if (!place) co_return overloaded(x.worker);
    x.has_kept = true;
    Result<void> kept = co_await x.session().keep_part(x.receiver->file(), part->number, part->bytes);
    if (!kept) co_return kept;
  }
}

}  // namespace

bool receives(const Exchange& x) noexcept { return x.request.endpoint->body == contract::BodyRule::stream; }

Task<Result<void>> begin_receiving(Exchange& x) {
  if (x.body.coded) {
    co_return Error{.code = Code::unsupported_coding, .message = "the body of this call must not be packed"};
  }
  Result<std::unique_ptr<contract::Receiver>> receiver = x.request.endpoint->receive(*x.found.mount->facade, x.request);
  if (!receiver) co_return std::move(receiver).error();
  x.receiver = *std::move(receiver);
  std::optional<Result<Outcome>> checked = x.session().execute_now(x.receiver->check());
  if (!checked) {
    const limit::InFlightLimiter::Place place = co_await take_place(x);
    if (!place) co_return overloaded(x.worker);
    contract::Call call;
    call.deadline = std::chrono::steady_clock::now() + x.found.mount->facade->patience();
    checked = co_await x.session().execute(x.receiver->check(), call);
  }
  if (!*checked) co_return std::move(*checked).error();
  co_return Result<void>();
}

Task<Result<void>> receive(Exchange& x, std::string_view piece) {
  x.body.received += piece.size();
  if (x.body.received > x.receiver->most()) co_return x.receiver->too_large();
  Result<void> taken = x.receiver->take(piece);
  if (!taken) co_return taken;
  Result<void> kept = co_await keep_parts(x);
  co_return kept;
}

Task<Result<void>> end_receiving(Exchange& x) {
  Result<void> finished = x.receiver->finish();
  if (!finished) co_return finished;
  Result<void> kept = co_await keep_parts(x);
  if (!kept) co_return kept;
  x.body.complete = true;
  x.decoded.operation.emplace(x.receiver->operation());
  x.step = Step::backend;
  x.timer.pass(observe::Stage::body);
  co_return Result<void>();
}

Task<void> drop_received(Exchange& x) {
  if (!std::exchange(x.has_kept, false)) co_return;
  const limit::InFlightLimiter::Place place = co_await take_place(x);
  // Without a place, or if it fails, the store finds the parts when they have grown old.
  if (!place) co_return;
  const Result<void> dropped = co_await x.session().drop_parts(x.receiver->file());
  static_cast<void>(dropped);
}

}  // namespace parley::gateway::pipeline
