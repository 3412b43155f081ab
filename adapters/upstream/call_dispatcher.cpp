// Turns requests into calls, queues them, and hands each answer to all callers of an identical read.
#include "adapters/upstream/call_dispatcher.hpp"

#include <algorithm>

#include "adapters/upstream/errors.hpp"
#include "adapters/upstream/next_step.hpp"
#include "adapters/upstream/request_writer.hpp"

namespace parley::upstream {
namespace {

using http::Method;

std::uint64_t hash_of(std::string_view bytes) noexcept { return std::hash<std::string_view>{}(bytes); }

std::uint64_t kind_of(const Request& request) noexcept {
  const std::string_view target = request.target.text();
  return hash_of(target.substr(0, target.find('?'))) + static_cast<std::uint64_t>(request.method);
}

/// The server that a redirect leads to, for the log. The path is left out: it repeats ours, which may have a visitor's token.
String redirect(const Response& response) {
  const std::string_view location = response.header("Location").value_or("");
  const std::size_t path = location.find_first_of("/?#");
  const bool absolute = path != location.npos && path > 0 && location.substr(path - 1).starts_with("://");
  String where = location.empty() ? "nowhere" : "another path";
  if (absolute) {
    const std::size_t server = path + 2;
    const std::string_view authority = location.substr(server, location.find_first_of("/?#", server) - server);
    const std::size_t user = authority.rfind('@');  // before it: a user and a password
    where = location.substr(0, server);
    where += authority.substr(user == authority.npos ? 0 : user + 1, 200);
  }
  return "redirect refused: " + std::to_string(response.status) + " to " + where;
}

Error unreadable(http::Unpacked unpacked) {
  const bool too_large = unpacked == http::Unpacked::too_large;
  return fault(Code::upstream_failed, "the upstream's answer cannot be read", {},
               too_large                                ? "too large, unpacked"
               : unpacked == http::Unpacked::not_packed ? "no gzip"
                                                        : "gzip cut off or damaged");
}

/// Guards a function against recursion: true only in the outermost call.
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

void take_out(CallWaiter*& list, CallWaiter& caller) noexcept {
  for (CallWaiter** at = &list; *at != nullptr; at = &(*at)->next) {
    if (*at != &caller) continue;
    *at = caller.next;
    caller.next = nullptr;
    return;
  }
}

}  // namespace

CallWaiter::~CallWaiter() {
  if (calls != nullptr) calls->leave(*this);
}

CallDispatcher::CallDispatcher(std::shared_ptr<Server> server, const io::Loop& loop)
    : server_(std::move(server)),
      loop_(loop),
      remote_(std::make_shared<Remote>(loop.executor, *this)),
      timer_(loop.executor),
      room_(new char[room_size]) {}

CallDispatcher::~CallDispatcher() {
  remote_->close();
  const auto let_go = [](CallWaiter* list) {
    while (list != nullptr) {
      CallWaiter& caller = *list;
      list = caller.next;
      caller.calls = nullptr;
      caller.waiting.abandon();
    }
  };
  for (const OutboundCall* outbound : active_) {
    let_go(outbound->callers);
    server_->report(Clock::now(), outbound->begun, Verdict::none, nullptr, 0);
  }
  let_go(done_);
  let_go(held_);
  server_->connections.fetch_sub(static_cast<std::int64_t>(connections_.size() - closed_.size()),
                                 std::memory_order_relaxed);
}

// --- callers ---------------------------------------------------------------------------------------------------------

void CallDispatcher::begin(CallWaiter& caller, const Request& request, const Headers* more,
                           const contract::Call& call) {
  const Moment now = Clock::now();
  caller.deadline = std::min(call.deadline, now + server_->settings.timeouts.total);
  if (caller.deadline <= now) {
    caller.result.emplace(upstream_error(Code::upstream_timeout, "no time left"));
    return;
  }
  OutboundCall& outbound = new_outbound();
  Result<std::size_t> written = write_request(request, more, call, server_->place.prefix, server_->fixed, outbound.out);
  if (!written) {
    free_.push_back(&outbound);
    caller.result.emplace(std::move(written).error());
    return;
  }
  outbound.is_read = request.method == Method::get || request.method == Method::head;
  outbound.to_head = request.method == Method::head;
  outbound.repeatable = request.repeatable;
  outbound.shareable = request.method == Method::get && request.body.empty() && request.repeatable;
  outbound.writes = server_->writes.load(std::memory_order_acquire);
  outbound.same = *written;
  outbound.hash = hash_of(outbound.out.view().substr(0, outbound.same));
  OutboundCall* same = outbound.shareable ? same_outbound(outbound) : nullptr;
  if (same != nullptr) {
    free_.push_back(&outbound);
    server_->shared.fetch_add(1, std::memory_order_relaxed);
    join(*same, caller);
    return need(caller.deadline);
  }
  outbound.kind = kind_of(request);
  Result<Moment> turn = server_->admit(now, caller.deadline, outbound.kind);
  if (!turn) {
    free_.push_back(&outbound);
    caller.result.emplace(std::move(turn).error());
    return;
  }
  outbound.begun = now;
  outbound.go_at = *turn;
  outbound.operation = call.operation;
  outbound.deadline = now + server_->settings.timeouts.total;
  outbound.retried = false;
  outbound.index = active_.size();
  active_.push_back(&outbound);
  if (outbound.shareable) enter_bucket(outbound);
  join(outbound, caller);
  need(caller.deadline);
  if (*turn > now) {
    outbound.state = OutboundCall::State::paced;
    return need(*turn);
  }
  dispatch(outbound, now);
}

void CallDispatcher::join(OutboundCall& outbound, CallWaiter& caller) noexcept {
  caller.calls = this;
  caller.outbound = &outbound;
  caller.next = outbound.callers;
  outbound.callers = &caller;
}

void CallDispatcher::leave(CallWaiter& caller) noexcept {
  caller.calls = nullptr;
  OutboundCall* outbound = std::exchange(caller.outbound, nullptr);
  if (outbound == nullptr) {
    take_out(held_, caller);
    take_out(done_, caller);
    return;
  }
  take_out(outbound->callers, caller);
  if (outbound->callers == nullptr) cancel(*outbound, Verdict::none);
}

void CallDispatcher::answer(CallWaiter& caller, Result<Response>&& result) {
  caller.outbound = nullptr;
  caller.next = nullptr;
  caller.result.emplace(std::move(result));
  if (!caller.waiting.taken()) {  // the caller is still inside `begin`
    caller.calls = nullptr;
    return;
  }
  caller.next = done_;
  done_ = &caller;
}

void CallDispatcher::wake_done() {
  const Once once(waking_);  // a woken caller may make a call and get here again
  while (once && done_ != nullptr) {
    CallWaiter& caller = *done_;
    done_ = caller.next;
    caller.calls = nullptr;
    caller.waiting.wake();
  }
}

std::uint64_t CallDispatcher::hold(CallWaiter& caller, Moment deadline) {
  caller.calls = this;
  caller.outbound = nullptr;
  caller.id = ++last_id_;
  caller.deadline = deadline;
  caller.next = held_;
  held_ = &caller;
  need(deadline);
  return caller.id;
}

void CallDispatcher::finish(std::uint64_t id, Result<Response> result) {
  for (CallWaiter* caller = held_; caller != nullptr; caller = caller->next) {
    if (caller->id != id) continue;
    take_out(held_, *caller);
    answer(*caller, std::move(result));
    return wake_done();
  }
}

// --- calls -----------------------------------------------------------------------------------------------------------

OutboundCall& CallDispatcher::new_outbound() {
  if (free_.empty()) {
    calls_.push_back(std::make_unique<OutboundCall>());
    return *calls_.back();
  }
  OutboundCall& outbound = *free_.back();
  free_.pop_back();
  return outbound;
}

OutboundCall* CallDispatcher::same_outbound(const OutboundCall& one) noexcept {
  for (OutboundCall* outbound = buckets_[one.hash % buckets_.size()]; outbound != nullptr;
       outbound = outbound->in_bucket) {
    if (outbound->hash != one.hash || outbound->writes != one.writes) continue;
    if (outbound->out.view().substr(0, outbound->same) == one.out.view().substr(0, one.same)) return outbound;
  }
  return nullptr;
}

void CallDispatcher::enter_bucket(OutboundCall& outbound) noexcept {
  OutboundCall*& first = buckets_[outbound.hash % buckets_.size()];
  outbound.in_bucket = first;
  first = &outbound;
}

void CallDispatcher::leave_bucket(OutboundCall& outbound) noexcept {
  for (OutboundCall** at = &buckets_[outbound.hash % buckets_.size()]; *at != nullptr; at = &(*at)->in_bucket) {
    if (*at != &outbound) continue;
    *at = outbound.in_bucket;
    return;
  }
}

void CallDispatcher::dispatch(OutboundCall& outbound, Moment now) {
  Connection* idle =
      outbound.retried ? nullptr : idle_connection();  // a second attempt is the last one, so it gets a new connection
  if (idle != nullptr) return bind(outbound, *idle);
  const std::size_t open = connections_.size() - closed_.size();
  if (open < static_cast<std::size_t>(server_->settings.connections)) {
    Connection& connection = new_connection();
    outbound.state = OutboundCall::State::bound;
    outbound.connection = &connection;
    connection.outbound = &outbound;
    return connect(connection, now);
  }
  outbound.state = OutboundCall::State::queued;
  outbound.next = nullptr;
  (queue_ == nullptr ? queue_ : queue_end_->next) = &outbound;
  queue_end_ = &outbound;
}

void CallDispatcher::dispatch_queued(Moment now) {
  const Once once(dispatching_);  // a connection that fails at once frees its place and gets here again
  while (once && queue_ != nullptr) {
    const std::size_t open = connections_.size() - closed_.size();
    if (idle_.empty() && open >= static_cast<std::size_t>(server_->settings.connections)) return;
    OutboundCall& outbound = *queue_;
    queue_ = outbound.next;
    dispatch(outbound, now);
  }
}

void CallDispatcher::unqueue(OutboundCall& outbound) noexcept {
  OutboundCall* before = nullptr;
  for (OutboundCall** at = &queue_; *at != nullptr; before = *at, at = &(*at)->next) {
    if (*at != &outbound) continue;
    *at = outbound.next;
    if (queue_end_ == &outbound) queue_end_ = before;
    return;
  }
}

void CallDispatcher::end(OutboundCall& outbound) {
  if (outbound.shareable) leave_bucket(outbound);
  times_->add(outbound.operation, Clock::now() - outbound.go_at);
  if (!outbound.is_read) server_->writes.fetch_add(1, std::memory_order_acq_rel);
  active_[outbound.index] = active_.back();
  active_[outbound.index]->index = outbound.index;
  active_.pop_back();
  outbound.state = OutboundCall::State::free;
  outbound.connection = nullptr;
  outbound.callers = nullptr;
  outbound.response = {};
  free_.push_back(&outbound);
}

void CallDispatcher::succeed(OutboundCall& outbound, bool packed, Moment now) {
  Response& response = outbound.response;
  const Verdict verdict = response.status >= 500 ? Verdict::bad : Verdict::good;
  if (response.status / 100 == 3) {
    const String advice = after_redirect(response.header("Location").value_or(""), server_->place, server_->backend);
    return fail(outbound, upstream_error(Code::upstream_failed, redirect(response) + advice), verdict);
  }
  if (packed && !response.body.empty()) {
    Buffer plain;
    const http::Unpacked unpacked =
        inflater_.unpack(http::Packing::gzip, response.body, server_->settings.answer, plain);
    if (unpacked != http::Unpacked::good) return fail(outbound, unreadable(unpacked), Verdict::bad);
    response.body.assign(plain.view());
  }
  const String why = verdict == Verdict::good ? String() : "status " + std::to_string(response.status);
  server_->report(now, outbound.begun, verdict, &response, outbound.kind, why);
  CallWaiter* callers = std::exchange(outbound.callers, nullptr);
  Result<Response> whole = std::move(response);
  end(outbound);  // before any caller is woken: a read that follows must see that the write has ended
  while (callers != nullptr) {
    CallWaiter& caller = *callers;
    callers = caller.next;
    if (callers != nullptr) {
      answer(caller, Result<Response>(whole));
    } else {
      answer(caller, std::move(whole));
    }
  }
}

void CallDispatcher::fail(OutboundCall& outbound, const Error& error, Verdict verdict) {
  server_->report(Clock::now(), outbound.begun, verdict, nullptr, outbound.kind, error.detail);
  CallWaiter* callers = std::exchange(outbound.callers, nullptr);
  end(outbound);
  while (callers != nullptr) {
    CallWaiter& caller = *callers;
    callers = caller.next;
    answer(caller, error);
  }
}

void CallDispatcher::cancel(OutboundCall& outbound, Verdict verdict, std::string_view why) {
  if (outbound.state == OutboundCall::State::queued) unqueue(outbound);
  if (outbound.state == OutboundCall::State::bound) close(*outbound.connection);
  server_->report(Clock::now(), outbound.begun, verdict, nullptr, outbound.kind, why);
  end(outbound);
}

}  // namespace parley::upstream
