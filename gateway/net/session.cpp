// Two coroutines for a connection: the one that lives as long as the connection is small and holds no buffers; the large
// one lives while there are requests, and borrows what it needs.
#include "gateway/net/session.hpp"

#include "gateway/net/body_reader.hpp"
#include "gateway/net/response.hpp"
#include "gateway/pipeline/serve.hpp"

namespace parley::gateway {
namespace {

using adapters::Task;

constexpr std::size_t most_output = 256 * 1024;      // of pipelined answers, before they are written
constexpr std::size_t largest_kept_buffer = 64 * 1024;

/// A borrowed scratch: back in the pool at the end, its large buffers freed.
class Borrowed {
 public:
  explicit Borrowed(Hub& hub) : hub_(hub), scratch_(hub.scratches.take()) {}
  ~Borrowed() {
    for (Buffer* buffer : {&scratch_->out, &scratch_->body, &scratch_->exchange.reply.body}) {
      buffer->clear();
      if (buffer->capacity() > largest_kept_buffer) buffer->release();
    }
    hub_.scratches.give(std::move(scratch_));
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  Scratch& operator*() const noexcept { return *scratch_; }

 private:
  Hub& hub_;
  std::unique_ptr<Scratch> scratch_;
};

void begin_exchange(Connection& connection, Scratch& scratch) {
  Exchange& x = scratch.exchange;
  const Head& head = scratch.head;
  x.reply.clear();
  x.request = {};
  x.request.method = head.method;
  x.request.target = head.target;
  x.request.headers = head.headers;
  x.request.peer = connection.peer();
  x.host = head.host;
  x.listener = connection.listener();
  x.router = &connection.hub().router;
  x.lanes = connection.hub().lanes;
}

void append_answer(Connection& connection, Scratch& scratch, bool keep_alive) {
  const Head& head = scratch.head;
  append_response(scratch.exchange.reply,
                  {connection.hub().date(), head.http11, keep_alive, head.method == adapters::Method::head}, scratch.out);
}

/// Answers a head that was refused: in a route's voice where the request can still be told to belong to one.
void refuse_head(Connection& connection, Scratch& scratch, HeadState state) {
  begin_exchange(connection, scratch);
  Exchange& x = scratch.exchange;
  Error error{.code = Code::malformed_request, .message = String(scratch.head.fault)};
  const adapters::Facade* facade = nullptr;
  if (state == HeadState::too_large || state == HeadState::target_too_long) {
    error.code = state == HeadState::too_large ? Code::headers_too_large : Code::uri_too_long;
    (void)match(x);
    x.request.endpoint = nullptr;
    if (x.found.mount != nullptr) facade = x.found.mount->facade.get();
  }
  refuse(x, facade, error);
  if (state == HeadState::bad_version) x.reply.status = 505;
  append_answer(connection, scratch, false);
}

/// For a request that never became whole.
void answer_timeout(Connection& connection, Scratch& scratch) {
  adapters::Reply& reply = scratch.exchange.reply;
  reply.clear();
  reply.status = 408;
  reply.content_type = "application/json; charset=utf-8";
  reply.body.append(R"({"error":"request timeout"})");
  append_response(reply, {connection.hub().date(), true, false, false}, scratch.out);
  (void)connection.write_now(scratch.out);
}

/// Reads until another attempt at the head makes sense: a line more, or as much as a head may have.
Task<bool> read_head_on(Connection& connection) {
  for (;;) {
    const std::size_t before = connection.input().unread().size();
    const bool more = co_await connection.read_more();
    if (!more) co_return false;
    const std::string_view bytes = connection.input().unread();
    if (bytes.size() >= connection.hub().head_limits.bytes) co_return true;
    if (bytes.find('\n', before) != std::string_view::npos) co_return true;
  }
}

/// Serves one request whose head is in `scratch`. Returns whether the connection goes on; `linger` = unread bytes of a
/// refused body may still be on their way.
Task<bool> serve_one(Connection& connection, Scratch& scratch, bool& linger) {
  connection.enter(Phase::serving);
  begin_exchange(connection, scratch);
  Exchange& x = scratch.exchange;
  BodyReader body(connection, scratch);
  String thrown;
  try {
    co_await serve(x, body);
  } catch (const std::exception& fault) {
    thrown = fault.what();
    if (thrown.empty()) thrown = "exception";
  }
  if (body.lost()) {
    if (connection.expired()) answer_timeout(connection, scratch);
    co_return false;
  }
  if (!thrown.empty()) {
    refuse(x, x.found.mount == nullptr ? nullptr : x.found.mount->facade.get(),
           {.code = Code::internal, .message = "internal error", .detail = std::move(thrown)});
  }
  bool keep = scratch.head.keep_alive && !connection.hub().stopping;
  if (body.complete()) {
    append_answer(connection, scratch, keep);
  } else {
    keep = keep && body.can_skip();
    append_answer(connection, scratch, keep);
    if (keep) keep = co_await body.skip();
    linger = !keep;
  }
  connection.input().consume(body.size_in_input());
  co_return keep;
}

/// Serves every request that is in the input, and what is missing of the last one. Returns whether the connection goes on.
Task<bool> serve_burst(Connection& connection) {
  const Borrowed borrowed(connection.hub());
  Scratch& scratch = *borrowed;
  InputBuffer& input = connection.input();
  bool keep = true;
  bool linger = false;
  while (keep) {
    while (input.unread().starts_with("\r\n")) input.consume(2);  // RFC 9112, 2.2
    if (input.empty()) break;
    scratch.parser.emplace(connection.hub().head_limits, scratch.head);
    const HeadState state =
        input.unread() == "\r" ? HeadState::incomplete : scratch.parser->parse_head(input.unread());
    if (state == HeadState::complete) {
      keep = co_await serve_one(connection, scratch, linger);
      if (scratch.out.size() < most_output) continue;
    } else if (state != HeadState::incomplete) {
      refuse_head(connection, scratch, state);
      keep = false;
      linger = true;
    }
    if (connection.write_now(scratch.out) != Written::all) {
      const bool written = co_await connection.write(scratch.out);
      if (!written) co_return false;
    }
    if (state == HeadState::incomplete) {
      connection.go_on_reading();
      const bool more = co_await read_head_on(connection);
      if (!more) {
        if (connection.expired()) answer_timeout(connection, scratch);
        co_return false;
      }
    }
  }
  if (connection.write_now(scratch.out) != Written::all) {
    const bool written = co_await connection.write(scratch.out);
    if (!written) co_return false;
  }
  if (linger) co_await connection.linger();
  co_return keep;
}

}  // namespace

Task<void> run_session(Hub& hub, Descriptor socket, std::size_t listener, String peer) {
  Connection connection(hub, std::move(socket), listener, std::move(peer));
  for (;;) {
    const Received received = connection.receive();
    if (received == Received::ended) co_return;
    if (received == Received::some) {
      const bool keep = co_await serve_burst(connection);
      if (!keep || hub.stopping) co_return;
      continue;
    }
    connection.rest();
    const bool go_on = co_await connection.readable();
    if (!go_on) co_return;
  }
}

}  // namespace parley::gateway
