// Flights: how a request becomes a call, waits for its turn, and gives its answer to all who asked for the same.
#include "adapters/upstream/calls.hpp"

#include <algorithm>

#include "adapters/upstream/request_writer.hpp"

namespace parley::upstream {
namespace {

using adapters::Method;

std::uint64_t hash_of(std::string_view bytes) noexcept { return std::hash<std::string_view>{}(bytes); }

std::uint64_t kind_of(const Request& request) noexcept {
  const std::string_view target = request.target.text();
  return hash_of(target.substr(0, target.find('?'))) + static_cast<std::uint64_t>(request.method);
}

/// Which server a redirect leads to. Not its path, which repeats ours: a visitor's token may be in it.
String redirect(const Response& response) {
  const std::string_view location = response.header("Location").value_or("");
  const std::size_t path = location.find_first_of("/?#");
  const bool absolute = path != location.npos && path > 0 && location.substr(path - 1).starts_with("://");
  String where = location.empty() ? "nowhere" : "another path";
  if (absolute) {
    const std::size_t server = path + 2;
    const std::string_view authority = location.substr(server, location.find_first_of("/?#", server) - server);
    const std::size_t user = authority.rfind('@');  // and a password
    where = location.substr(0, server);
    where += authority.substr(user == authority.npos ? 0 : user + 1, 200);
  }
  return "redirect refused: " + std::to_string(response.status) + " to " + where;
}

Error unreadable(adapters::Unpacked unpacked) {
  const bool too_large = unpacked == adapters::Unpacked::too_large;
  return {.code = Code::upstream_failed,
          .message = "the upstream's answer cannot be read",
          .detail = too_large                                    ? "too large, unpacked"
                    : unpacked == adapters::Unpacked::not_packed ? "no gzip"
                                                                 : "gzip cut off or damaged",
          .source = "upstream"};
}

/// Of a function that may be reached from within itself: true for the outermost.
class Once {
 public:
  explicit Once(bool& running) noexcept : running_(running), first_(!std::exchange(running, true)) {}
  ~Once() {
    if (first_) running_ = false;
  }
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;
  explicit operator bool() const noexcept { return first_; }

 private:
  bool& running_;
  const bool first_;
};

void take_out(Caller*& list, Caller& caller) noexcept {
  for (Caller** at = &list; *at != nullptr; at = &(*at)->next) {
    if (*at != &caller) continue;
    *at = caller.next;
    caller.next = nullptr;
    return;
  }
}

}  // namespace

Caller::~Caller() {
  if (calls != nullptr) calls->leave(*this);
}

Calls::Calls(std::shared_ptr<Server> server, const io::Loop& loop)
    : server_(std::move(server)),
      loop_(loop),
      remote_(std::make_shared<Remote>(loop.executor, *this)),
      timer_(loop.executor),
      room_(new char[room_size]) {}

Calls::~Calls() {
  remote_->close();
  const auto let_go = [](Caller* list) {
    while (list != nullptr) {
      Caller& caller = *list;
      list = caller.next;
      caller.calls = nullptr;
      caller.waiting.abandon();
    }
  };
  for (const Flight* flight : active_) {
    let_go(flight->callers);
    server_->report(Clock::now(), flight->begun, Verdict::none, nullptr, 0);
  }
  let_go(done_);
  let_go(held_);
  server_->connections.fetch_sub(static_cast<std::int64_t>(connections_.size() - closed_.size()),
                                 std::memory_order_relaxed);
}

// --- callers ---------------------------------------------------------------------------------------------------------

void Calls::begin(Caller& caller, const Request& request, const Headers* more, const adapters::Call& call) {
  const Moment now = Clock::now();
  caller.deadline = std::min(call.deadline, now + server_->settings.timeouts.total);
  if (caller.deadline <= now) {
    caller.result.emplace(upstream_error(Code::upstream_timeout, "no time left"));
    return;
  }
  Flight& flight = new_flight();
  Result<std::size_t> written = write_request(request, more, call, server_->place.prefix, server_->fixed, flight.out);
  if (!written) {
    free_.push_back(&flight);
    caller.result.emplace(std::move(written).error());
    return;
  }
  flight.is_read = request.method == Method::get || request.method == Method::head;
  flight.to_head = request.method == Method::head;
  flight.repeatable = request.repeatable;
  flight.shareable = request.method == Method::get && request.body.empty() && request.repeatable;
  flight.writes = server_->writes.load(std::memory_order_acquire);
  flight.same = *written;
  flight.hash = hash_of(flight.out.view().substr(0, flight.same));
  Flight* same = flight.shareable ? same_flight(flight) : nullptr;
  if (same != nullptr) {
    free_.push_back(&flight);
    server_->shared.fetch_add(1, std::memory_order_relaxed);
    join(*same, caller);
    return need(caller.deadline);
  }
  flight.kind = kind_of(request);
  Result<Moment> turn = server_->admit(now, caller.deadline, flight.kind);
  if (!turn) {
    free_.push_back(&flight);
    caller.result.emplace(std::move(turn).error());
    return;
  }
  flight.begun = now;
  flight.go_at = *turn;
  flight.operation = call.operation;
  flight.deadline = now + server_->settings.timeouts.total;
  flight.retried = false;
  flight.index = active_.size();
  active_.push_back(&flight);
  if (flight.shareable) enter_bucket(flight);
  join(flight, caller);
  need(caller.deadline);
  if (*turn > now) {
    flight.state = Flight::State::paced;
    return need(*turn);
  }
  dispatch(flight, now);
}

void Calls::join(Flight& flight, Caller& caller) noexcept {
  caller.calls = this;
  caller.flight = &flight;
  caller.next = flight.callers;
  flight.callers = &caller;
}

void Calls::leave(Caller& caller) noexcept {
  caller.calls = nullptr;
  Flight* flight = std::exchange(caller.flight, nullptr);
  if (flight == nullptr) {
    take_out(held_, caller);
    take_out(done_, caller);
    return;
  }
  take_out(flight->callers, caller);
  if (flight->callers == nullptr) cancel(*flight, Verdict::none);
}

void Calls::answer(Caller& caller, Result<Response> result) {
  caller.flight = nullptr;
  caller.next = nullptr;
  caller.result.emplace(std::move(result));
  if (!caller.waiting.taken()) {  // it is still in `begin`
    caller.calls = nullptr;
    return;
  }
  caller.next = done_;
  done_ = &caller;
}

void Calls::wake_done() {
  const Once once(waking_);  // whom it wakes may call again, and come here: not on top of each other
  while (once && done_ != nullptr) {
    Caller& caller = *done_;
    done_ = caller.next;
    caller.calls = nullptr;
    caller.waiting.wake();
  }
}

std::uint64_t Calls::hold(Caller& caller, Moment deadline) {
  caller.calls = this;
  caller.flight = nullptr;
  caller.id = ++last_id_;
  caller.deadline = deadline;
  caller.next = held_;
  held_ = &caller;
  need(deadline);
  return caller.id;
}

void Calls::finish(std::uint64_t id, Result<Response> result) {
  for (Caller* caller = held_; caller != nullptr; caller = caller->next) {
    if (caller->id != id) continue;
    take_out(held_, *caller);
    answer(*caller, std::move(result));
    return wake_done();
  }
}

// --- flights ---------------------------------------------------------------------------------------------------------

Flight& Calls::new_flight() {
  if (free_.empty()) {
    flights_.push_back(std::make_unique<Flight>());
    return *flights_.back();
  }
  Flight& flight = *free_.back();
  free_.pop_back();
  return flight;
}

Flight* Calls::same_flight(const Flight& one) noexcept {
  for (Flight* flight = buckets_[one.hash % buckets_.size()]; flight != nullptr; flight = flight->in_bucket) {
    if (flight->hash != one.hash || flight->writes != one.writes) continue;
    if (flight->out.view().substr(0, flight->same) == one.out.view().substr(0, one.same)) return flight;
  }
  return nullptr;
}

void Calls::enter_bucket(Flight& flight) noexcept {
  Flight*& first = buckets_[flight.hash % buckets_.size()];
  flight.in_bucket = first;
  first = &flight;
}

void Calls::leave_bucket(Flight& flight) noexcept {
  for (Flight** at = &buckets_[flight.hash % buckets_.size()]; *at != nullptr; at = &(*at)->in_bucket) {
    if (*at != &flight) continue;
    *at = flight.in_bucket;
    return;
  }
}

void Calls::dispatch(Flight& flight, Moment now) {
  Connection* idle = flight.retried ? nullptr : idle_connection();  // the second attempt is the last: not on an old one
  if (idle != nullptr) return bind(flight, *idle);
  const std::size_t open = connections_.size() - closed_.size();
  if (open < static_cast<std::size_t>(server_->settings.connections)) {
    Connection& connection = new_connection();
    flight.state = Flight::State::bound;
    flight.connection = &connection;
    connection.flight = &flight;
    return connect(connection, now);
  }
  flight.state = Flight::State::queued;
  flight.next = nullptr;
  (queue_ == nullptr ? queue_ : queue_end_->next) = &flight;
  queue_end_ = &flight;
}

void Calls::dispatch_queued(Moment now) {
  const Once once(dispatching_);  // a connection that cannot be had frees its place at once, and comes here again
  while (once && queue_ != nullptr) {
    const std::size_t open = connections_.size() - closed_.size();
    if (idle_.empty() && open >= static_cast<std::size_t>(server_->settings.connections)) return;
    Flight& flight = *queue_;
    queue_ = flight.next;
    dispatch(flight, now);
  }
}

void Calls::unqueue(Flight& flight) noexcept {
  Flight* before = nullptr;
  for (Flight** at = &queue_; *at != nullptr; before = *at, at = &(*at)->next) {
    if (*at != &flight) continue;
    *at = flight.next;
    if (queue_end_ == &flight) queue_end_ = before;
    return;
  }
}

void Calls::end(Flight& flight) {
  if (flight.shareable) leave_bucket(flight);
  times_->add(flight.operation, Clock::now() - flight.go_at);
  if (!flight.is_read) server_->writes.fetch_add(1, std::memory_order_acq_rel);
  active_[flight.index] = active_.back();
  active_[flight.index]->index = flight.index;
  active_.pop_back();
  flight.state = Flight::State::free;
  flight.connection = nullptr;
  flight.callers = nullptr;
  flight.response = {};
  free_.push_back(&flight);
}

void Calls::succeed(Flight& flight, bool packed, Moment now) {
  Response& response = flight.response;
  const Verdict verdict = response.status >= 500 ? Verdict::bad : Verdict::good;
  if (response.status / 100 == 3) {
    return fail(flight, upstream_error(Code::upstream_failed, redirect(response)), verdict);
  }
  if (packed && !response.body.empty()) {
    Buffer plain;
    const adapters::Unpacked unpacked =
        inflater_.unpack(adapters::Packing::gzip, response.body, server_->settings.answer, plain);
    if (unpacked != adapters::Unpacked::good) return fail(flight, unreadable(unpacked), Verdict::bad);
    response.body.assign(plain.view());
  }
  const String why = verdict == Verdict::good ? String() : "status " + std::to_string(response.status);
  server_->report(now, flight.begun, verdict, &response, flight.kind, why);
  Caller* callers = std::exchange(flight.callers, nullptr);
  Response whole = std::move(response);
  end(flight);  // before anybody is told: a write that has ended is seen by whoever reads next
  while (callers != nullptr) {
    Caller& caller = *callers;
    callers = caller.next;
    answer(caller, callers == nullptr ? Result<Response>(std::move(whole)) : Result<Response>(whole));
  }
}

void Calls::fail(Flight& flight, const Error& error, Verdict verdict) {
  server_->report(Clock::now(), flight.begun, verdict, nullptr, flight.kind, error.detail);
  Caller* callers = std::exchange(flight.callers, nullptr);
  end(flight);
  while (callers != nullptr) {
    Caller& caller = *callers;
    callers = caller.next;
    answer(caller, error);
  }
}

void Calls::cancel(Flight& flight, Verdict verdict, std::string_view why) {
  if (flight.state == Flight::State::queued) unqueue(flight);
  if (flight.state == Flight::State::bound) close(*flight.connection);
  server_->report(Clock::now(), flight.begun, verdict, nullptr, flight.kind, why);
  end(flight);
}

}  // namespace parley::upstream
