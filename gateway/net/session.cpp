// The life of one connection. A plain function serves requests as far as it can without waiting. A coroutine does the waiting
// and then calls the function again.
#include "gateway/net/session.hpp"

#include "gateway/net/plain_head.hpp"
#include "gateway/net/request_buffers.hpp"
#include "gateway/net/response.hpp"
#include "gateway/net/streaming.hpp"
#include "gateway/net/uploading.hpp"
#include "gateway/pipeline/advance.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "gateway/pipeline/request_end.hpp"

namespace parley::gateway::net {
namespace {

using contract::Task;
using pipeline::Exchange;
using pipeline::Next;

constexpr std::size_t most_output = 256 * 1024;  // bytes of pipelined answers before they are written
constexpr std::size_t chunk_room = 4096;         // room behind the head for a chunk's header or the trailers

/// What a session waits for, or why it stops.
enum class Wait : std::uint8_t {
  nothing,      ///< nothing: everything is served and written
  head,         ///< the rest of a request's head
  body,         ///< the rest of its body
  pieces,       ///< the pieces of its body, and the backend that keeps them
  backend,      ///< the outcome from the backend
  source,       ///< more of the answer from its source
  unread_body,  ///< the body of an answered request
  reader,       ///< the client, to read the answer
  linger,       ///< the client, which may still be sending after the last answer
  upgraded,     ///< the connection speaks another protocol from now on
  close,
};

/// Makes the exchange for the head in `buffers`.
Exchange& begin_exchange(Connection& connection, RequestBuffers& buffers, pipeline::Body body = {}) {
  WorkerContext& context = connection.context();
  // A request that began before its listener was removed is served with the old view.
  if (buffers.held && !context.closing(connection.listener())) buffers.held.reset();
  const pipeline::WorkerView& view = buffers.held ? *buffers.held : *context.view;
  const Head& head = buffers.head;
  return buffers.exchange.put([&] {
    return Exchange{.worker = context,
                    .buffers = buffers.of_exchange,
                    .view = view,
                    .request = {.method = head.method,
                                .target = head.target,
                                .headers = head.headers,
                                .peer = connection.peer(),
                                .secure = !connection.tls().empty()},
                    .host = head.host,
                    .listener = connection.listener(),
                    .tls = connection.tls(),
                    .http11 = head.http11,
                    .has_via = head.has_via,
                    .body = body};
  });
}

/// Called before a wait: keeps the view of the request until it ends, also if a reload brings a new one.
void hold_view(Connection& connection, RequestBuffers& buffers) {
  WorkerContext& context = connection.context();
  const bool held = buffers.exchange ? buffers.held.get() == &buffers.exchange->view
                                     : buffers.held && context.closing(connection.listener());
  if (!held) buffers.held = context.view;
}

/// Starts the timer at the first byte of a request, if it does not run.
void begin_timer(Connection& connection, RequestBuffers& buffers) {
  observe::StageTimer& timer = buffers.of_exchange.timer;
  if (!timer.running()) timer.begin(observe::StageTimer::Clock::now());
  timer.tell_stages(connection.context().shard->access.wanted());
}

/// Answers a refused head. If its target selects a route, the route's facade renders the error.
void refuse_head(Exchange& x, HeadState state, std::string_view fault) {
  Error error{.code = Code::malformed_request, .message = String(fault)};
  switch (state) {
    case HeadState::too_large:
      error.code = Code::headers_too_large;
      return pipeline::refuse_head(x, error);
    case HeadState::target_too_long:
      error.code = Code::uri_too_long;
      return pipeline::refuse_head(x, error);
    case HeadState::bad_version:
      return pipeline::refuse_with_status(x, 505, error);
    case HeadState::bad_expectation:
      return pipeline::refuse_with_status(x, 417, error);
    default:
      return pipeline::refuse(x, error);
  }
}

/// Parses a head and makes its exchange. Returns false if the head is incomplete.
bool begin_request(Connection& connection, RequestBuffers& buffers) {
  InputBuffer& input = connection.input();
  connection.begin_request();
  begin_timer(connection, buffers);
  for (;;) {
    if (read_plain_head(input.unread(), connection.context().head_limits, buffers.head)) [[likely]]
      break;
    if (input.unread() == "\r") return false;
    buffers.parser.emplace(connection.context().head_limits, buffers.head);
    const HeadState state = buffers.parser->parse_head(input.unread());
    if (state == HeadState::incomplete) return false;
    if (state != HeadState::complete) {
      buffers.body_reader.reset();
      refuse_head(begin_exchange(connection, buffers), state, buffers.head.fault);
      return true;
    }
    if (buffers.head.framing != Framing::chunked || input.spare() >= chunk_room) break;
    input.room(chunk_room);  // grows now, since the head must not move later; parses it again
  }
  connection.enter(Phase::serving);
  const BodyReader& body = buffers.body_reader.emplace(connection, buffers);
  begin_exchange(connection, buffers, {.bytes = body.view(), .complete = body.complete(), .coded = buffers.head.coded});
  return true;
}

/// Appends the answer to the output and ends the exchange. Returns true if an unread body has to be skipped before the next
/// request.
bool end_exchange(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  const Head& head = buffers.head;
  const BodyReader* const body = buffers.body_reader ? &*buffers.body_reader : nullptr;
  const bool unread = body == nullptr || !body->complete();
  bool keep = body != nullptr && head.keep_alive && !connection.context().closing(connection.listener());
  const bool skip = keep && unread && body->can_skip();
  buffers.linger = unread && !skip;
  if (buffers.linger) keep = false;
  buffers.last = !keep;

  const std::size_t before = buffers.out.size();
  append_response(x.reply, {connection.context().date(), head.http11, keep, head.method == http::Method::head},
                  buffers.out);
  pipeline::note_end(x, head.size + x.body.size(), buffers.out.size() - before);
  // The output has a copy now. Frees a large body, since the client may read slowly.
  Buffer& written = x.reply.body;
  if (written.capacity() > Borrowed::largest_kept_buffer) written.release();
  buffers.exchange.reset();
  if (skip) {
    buffers.of_exchange.timer.stop();
  } else if (body != nullptr) {
    buffers.end_request(connection);
  }
  return skip;
}

Wait wait_of(Streamed streamed) noexcept {
  switch (streamed) {
    case Streamed::all:
      return Wait::nothing;
    case Streamed::blocked:
      return Wait::reader;
    case Streamed::starved:
      return Wait::source;
    case Streamed::broken:
      break;
  }
  return Wait::close;
}

/// Ends the last request of a connection that changes its protocol.
void upgrade(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  const std::size_t before = buffers.out.size();
  append_response(x.reply, {connection.context().date(), true, true, false}, buffers.out);
  pipeline::note_end(x, buffers.head.size + x.body.size(), buffers.out.size() - before);
  buffers.upgraded = std::make_unique<Upgraded>();
  buffers.upgraded->protocol = std::move(x.reply.upgrade);
  buffers.upgraded->out = std::move(buffers.out);
  buffers.exchange.reset();
  buffers.end_request(connection);
}

/// Continues the request that has waited, if there is one. Then serves the requests in the input as far as it can without
/// waiting, and writes their answers together.
Wait serve(Connection& connection, RequestBuffers& buffers) {
  // If memory is short, writes each answer at once.
  const std::size_t most = connection.context().out_of_memory() ? 1 : most_output;
  for (;;) {
    bool whole = true;
    while (buffers.exchange || (!buffers.last && buffers.out.size() < most)) {
      if (!buffers.exchange) {
        InputBuffer& input = connection.input();
        while (input.unread().starts_with("\r\n")) input.consume(2);  // RFC 9112, 2.2
        if (input.empty()) {
          connection.forget_request();
          break;
        }
        whole = begin_request(connection, buffers);
        if (!whole) break;
      }
      Wait wait = Wait::nothing;
      switch (pipeline::advance(*buffers.exchange)) {
        case Next::answered:
          if (end_exchange(connection, buffers)) wait = Wait::unread_body;
          break;
        case Next::body:
          return Wait::body;
        case Next::pieces:
          return Wait::pieces;
        case Next::backend:
          return Wait::backend;
        case Next::source:
          wait = wait_of(stream(connection, buffers));
          break;
        case Next::upgrade:
          upgrade(connection, buffers);
          return Wait::upgraded;
      }
      if (wait != Wait::nothing) return wait;
    }
    const Written written = connection.write_now(buffers.out);
    if (written != Written::all) {
      buffers.of_exchange.timer.stop();
      return written == Written::blocked ? Wait::reader : Wait::close;
    }
    if (buffers.last) return buffers.linger ? Wait::linger : Wait::close;
    if (!whole) return Wait::head;
    if (connection.input().empty()) return Wait::nothing;
  }
}

/// Reads until parsing the head again makes sense: another line has come, or `limits.head` is reached.
Task<bool> read_head_on(Connection& connection) {
  connection.read_on(Phase::reading_head);
  for (;;) {
    const std::size_t before = connection.input().unread().size();
    const bool more = co_await connection.read_more();
    if (!more) co_return false;
    const std::string_view bytes = connection.input().unread();
    if (bytes.size() >= connection.context().head_limits.bytes) co_return true;
    if (bytes.find('\n', before) != std::string_view::npos) co_return true;
  }
}

/// Completes the body, or refuses the request. Returns false if the client is gone or too late.
Task<bool> read_body(RequestBuffers& buffers) {
  BodyReader& reader = *buffers.body_reader;
  Exchange& x = *buffers.exchange;
  try {
    const Result<void> read = co_await reader.read();
    if (reader.lost()) co_return false;
    x.body.bytes = reader.view();
    x.body.complete = reader.complete();
    if (!read) pipeline::refuse(x, read.error());
  } catch (const std::exception& fault) {
    pipeline::refuse_exception(x, String("exception: ") + fault.what());
  }
  co_return true;
}

/// Discards the body of an answered request. Returns false if the connection must end.
Task<bool> skip_body(Connection& connection, RequestBuffers& buffers) {
  // Writes the answers first, so that they are not lost if the body breaks a limit.
  const bool written = co_await connection.write(buffers.out);
  if (!written) co_return false;
  const bool skipped = co_await buffers.body_reader->skip();
  if (skipped) {
    buffers.end_request(connection);
  } else if (!buffers.body_reader->lost()) {
    co_await connection.linger();
  }
  co_return skipped;
}

/// Writes all of the output. Returns false if the client is gone or too slow.
Task<bool> write_on(Connection& connection, RequestBuffers& buffers) {
  const bool on = buffers.streaming && std::exchange(buffers.streaming->on, true);
  co_return co_await connection.write(buffers.out, on);
}

/// Sends the finished answers before a wait that can be long. What the socket does not take now is sent later. Returns false if the
/// client is gone.
bool send_before(Wait what, Connection& connection, RequestBuffers& buffers) {
  return (what != Wait::body && what != Wait::pieces && what != Wait::backend) ||
         connection.write_now(buffers.out) != Written::failed;
}

/// Waits for `what`, except the backend. Returns false if the session cannot continue.
Task<bool> wait_for(Wait what, Connection& connection, RequestBuffers& buffers) {
  switch (what) {
    case Wait::head:
      co_return co_await read_head_on(connection);
    case Wait::body:
      co_return co_await read_body(buffers);
    case Wait::pieces:
      co_return co_await receive_body(connection, buffers);
    case Wait::unread_body:
      co_return co_await skip_body(connection, buffers);
    case Wait::source:
      co_return co_await connection.woken();
    case Wait::reader:
      co_return co_await write_on(connection, buffers);
    default:
      co_await connection.linger();
      co_return false;
  }
}

/// Whether serving has ended and nothing is waited for.
bool is_end(Wait wait) noexcept { return wait == Wait::nothing || wait == Wait::upgraded || wait == Wait::close; }

/// Waits and serves until `is_end`.
Task<Wait> serve_waiting(Connection& connection, RequestBuffers& buffers, Wait wait) {
  while (!is_end(wait)) {
    hold_view(connection, buffers);
    buffers.note_memory(connection);
    bool good = send_before(wait, connection, buffers);
    if (good && wait == Wait::backend) {
      co_await pipeline::ask_backend(*buffers.exchange);  // the usual wait has no coroutine of its own in between
    } else if (good) {
      good = co_await wait_for(wait, connection, buffers);
    }
    if (good) {
      wait = serve(connection, buffers);
      continue;
    }
    if (buffers.streaming) end_streaming(connection, buffers);
    // Only a request without an answer gets 408.
    if (!connection.expired() || (wait != Wait::head && wait != Wait::body && wait != Wait::pieces))
      co_return Wait::close;
    if (wait == Wait::head) {
      buffers.head.clear();
      buffers.body_reader.reset();
      begin_exchange(connection, buffers);
    }
    pipeline::refuse_late(*buffers.exchange);
    wait = serve(connection, buffers);
    if (wait == Wait::reader) co_return Wait::close;
  }
  co_return wait;
}

/// Answers 400 to a client that speaks plain HTTP on a TLS port.
Task<void> refuse_plain_http(WorkerContext& context, Connection& connection) {
  Borrowed borrowed(context);
  RequestBuffers& buffers = *borrowed;
  context.shard->counters.tls_plain_http.add();
  buffers.head.clear();
  buffers.head.method = connection.plain_method();
  buffers.body_reader.reset();
  begin_timer(connection, buffers);
  pipeline::refuse(
      begin_exchange(connection, buffers),
      {.code = Code::malformed_request, .message = "the plain HTTP request was sent to an HTTPS port; use https://"});
  if (serve(connection, buffers) == Wait::linger) co_await connection.linger();
}

}  // namespace

Task<void> run_session(WorkerContext& context, Accepted accepted) {
  const bool secured = accepted.tls != nullptr;
  Connection connection(context, std::move(accepted));
  if (secured) {
    const Greeting greeting = co_await connection.shake_hands();
    if (greeting == Greeting::plain_http) co_await refuse_plain_http(context, connection);
    if (greeting != Greeting::secured) co_return;
  }
  for (;;) {
    const Received received = connection.receive();
    if (received == Received::ended) co_return;
    if (received == Received::some) {
      std::unique_ptr<Upgraded> upgraded;
      {
        Borrowed borrowed(context);
        Wait wait = serve(connection, *borrowed);
        if (!is_end(wait)) wait = co_await serve_waiting(connection, *borrowed, wait);
        if (wait == Wait::close) co_return;
        upgraded = std::move((*borrowed).upgraded);
      }
      if (upgraded) co_return co_await speak(connection, std::move(upgraded));
      continue;
    }
    if (!connection.rest()) co_return;
    const bool go_on = co_await connection.readable();
    if (!go_on) co_return;
  }
}

}  // namespace parley::gateway::net
