// The life of one connection. What has come is served by a plain function, as far as it goes without waiting; only what has to
// wait takes a coroutine, and then the same function goes on.
#include "gateway/net/session.hpp"

#include "gateway/net/request_buffers.hpp"
#include "gateway/net/response.hpp"
#include "gateway/net/streaming.hpp"
#include "gateway/pipeline/advance.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "gateway/pipeline/request_end.hpp"

namespace parley::gateway::net {
namespace {

using contract::Task;
using pipeline::Exchange;
using pipeline::Next;

constexpr std::size_t most_output = 256 * 1024;  // of pipelined answers, before they are written
constexpr std::size_t chunk_room = 4096;  // behind the head of a chunked body, for a chunk's header or the trailers

/// What a session waits for, or how it ends.
enum class Wait : std::uint8_t {
  nothing,      ///< all is served and written: the connection is idle
  head,         ///< the rest of a request's head
  body,         ///< the rest of its body
  backend,      ///< its outcome
  source,       ///< more of its answer
  unread_body,  ///< it is answered, but its body is still to come
  reader,       ///< the client takes its time to read
  linger,       ///< the last answer is written, but the client may still be sending
  upgraded,     ///< the connection speaks another protocol from now on
  close,
};

/// Makes the exchange of the request whose head is in `buffers`.
Exchange& begin_exchange(Connection& connection, RequestBuffers& buffers, pipeline::Body body = {}) {
  WorkerContext& context = connection.context();
  // A request that had begun when its listener was taken away ends with what that had.
  if (buffers.held && !context.closing(connection.listener())) buffers.held.reset();
  const pipeline::WorkerView& view = buffers.held ? *buffers.held : *context.view;
  const Head& head = buffers.head;
  return buffers.exchange.put([&] {
    return Exchange{
        .worker = context,
        .buffers = buffers.of_exchange,
        .view = view,
        .request = {.method = head.method, .target = head.target, .headers = head.headers, .peer = connection.peer()},
        .host = head.host,
        .listener = connection.listener(),
        .tls = connection.tls(),
        .http11 = head.http11,
        .has_via = head.has_via,
        .body = body};
  });
}

/// Before a wait: what the request began with stays until it ends, whatever is adopted meanwhile.
void hold_view(Connection& connection, RequestBuffers& buffers) {
  WorkerContext& context = connection.context();
  const bool held = buffers.exchange ? buffers.held.get() == &buffers.exchange->view
                                     : buffers.held && context.closing(connection.listener());
  if (!held) buffers.held = context.view;
}

/// The first byte of a request is there, if it was not before.
void begin_timer(Connection& connection, RequestBuffers& buffers) {
  observe::StageTimer& timer = buffers.of_exchange.timer;
  if (!timer.running()) timer.begin(observe::StageTimer::Clock::now());
  timer.tell_stages(connection.context().shard->access.wanted());
}

/// Answers a head that was refused: in a route's voice where the request can still be told to belong to one.
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

/// Reads a head and makes its exchange. False: it is not whole.
bool begin_request(Connection& connection, RequestBuffers& buffers) {
  InputBuffer& input = connection.input();
  connection.begin_request();
  begin_timer(connection, buffers);
  for (;;) {
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
    input.room(chunk_room);  // now, as the head must not move later; it is parsed anew where it is then
  }
  connection.enter(Phase::serving);
  const BodyReader& body = buffers.body_reader.emplace(connection, buffers);
  begin_exchange(connection, buffers, {.bytes = body.view(), .complete = body.complete(), .coded = buffers.head.coded});
  return true;
}

/// Puts the answer behind the others, and ends the exchange. Returns whether an unread body has to be skipped before the next
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
  pipeline::note_end(x, head.size + x.body.bytes.size(), buffers.out.size() - before);
  // It stands in the output: once is enough of what is large, as the client may take its time to read.
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

/// Ends the last request: what comes behind it is another protocol's.
void upgrade(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  const std::size_t before = buffers.out.size();
  append_response(x.reply, {connection.context().date(), true, true, false}, buffers.out);
  pipeline::note_end(x, buffers.head.size + x.body.bytes.size(), buffers.out.size() - before);
  buffers.upgraded = std::make_unique<Upgraded>();
  buffers.upgraded->protocol = std::move(x.reply.upgrade);
  buffers.upgraded->out = std::move(buffers.out);
  buffers.exchange.reset();
  buffers.end_request(connection);
}

/// Serves the requests that have come, one after the other, as far as they go without waiting, and writes their answers together.
/// Goes on with the request that has waited, where there is one.
Wait serve(Connection& connection, RequestBuffers& buffers) {
  // Where memory is short, nobody's answers are piled up.
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

/// Reads until another attempt at the head makes sense: a line more, or as much as a head may have.
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

/// Completes the body, or refuses the request. False: the client is gone or too late.
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

/// Throws the body of an answered request away. False: the connection cannot go on.
Task<bool> skip_body(Connection& connection, RequestBuffers& buffers) {
  // The answer, and those before it, are not to be lost with a body that breaks its bounds.
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

/// Writes all of the output. False: the client is gone or too slow.
Task<bool> write_on(Connection& connection, RequestBuffers& buffers) {
  const bool on = buffers.streaming && std::exchange(buffers.streaming->on, true);
  co_return co_await connection.write(buffers.out, on);
}

/// False: there is nothing to go on with.
Task<bool> wait_for(Wait what, Connection& connection, RequestBuffers& buffers) {
  // What is answered already does not wait for what comes behind it; what the client does not take now goes later.
  if (what == Wait::body || what == Wait::backend) {
    if (connection.write_now(buffers.out) == Written::failed) co_return false;
  }
  switch (what) {
    case Wait::head:
      co_return co_await read_head_on(connection);
    case Wait::body:
      co_return co_await read_body(buffers);
    case Wait::backend:
      co_await pipeline::ask_backend(*buffers.exchange);
      co_return true;
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

/// Whether it is over with serving, and nothing is waited for.
bool is_end(Wait wait) noexcept { return wait == Wait::nothing || wait == Wait::upgraded || wait == Wait::close; }

/// Serves on, with all the waits that it takes, to one that is an end.
Task<Wait> serve_waiting(Connection& connection, RequestBuffers& buffers, Wait wait) {
  while (!is_end(wait)) {
    hold_view(connection, buffers);
    buffers.note_memory(connection);
    const bool good = co_await wait_for(wait, connection, buffers);
    if (good) {
      wait = serve(connection, buffers);
      continue;
    }
    if (buffers.streaming) end_streaming(connection, buffers);
    // One whose answer is there already, and only its body is missing, is not told.
    if (!connection.expired() || (wait != Wait::head && wait != Wait::body)) co_return Wait::close;
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

/// Tells a client that speaks plain HTTP where TLS is spoken.
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
