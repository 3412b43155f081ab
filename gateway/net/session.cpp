// The life of one connection. A burst of requests is served by a plain function as far as it goes without waiting; only
// what has to wait takes a coroutine, which then goes on in the same steps.
#include "gateway/net/session.hpp"

#include "gateway/net/request_buffers.hpp"
#include "gateway/net/response.hpp"
#include "gateway/observe/request_end.hpp"
#include "gateway/pipeline/admission.hpp"
#include "gateway/pipeline/cors.hpp"
#include "gateway/pipeline/request_id.hpp"

namespace parley::gateway::net {
namespace {

using contract::Task;

constexpr std::size_t most_output = 256 * 1024;  // of pipelined answers, before they are written
constexpr std::size_t chunk_room = 4096;  // behind the head of a chunked body, for a chunk's header or the trailers

/// What a burst waits for, or how it ended.
enum class Next : std::uint8_t {
  rest,  ///< all served and written: idle
  close,
  read_head,  ///< the last request is not whole
  serve,      ///< body or backend
  skip_body,  ///< answered, but its body is still to come
  write,      ///< the client takes its time to read
  linger,
};

void begin_exchange(Connection& connection, RequestBuffers& scratch) {
  pipeline::Exchange& x = scratch.exchange;
  const Head& head = scratch.head;
  x.reply.clear();
  x.request = {};
  x.request.method = head.method;
  x.request.target = head.target;
  x.request.headers = head.headers;
  x.request.peer = connection.peer();
  x.found = {};
  x.limit.reset();
  x.host = head.host;
  x.listener = connection.listener();
  x.shard = connection.context().shard.get();
  x.limiter = &connection.context().limiter;
  x.memory = &connection.context().totals.memory;
  x.tls = connection.tls();
  x.has_via = head.has_via;
  x.hop = connection.context().totals.hop;
  x.request_id = {};
  x.principal = {};
  x.trace.clear();
  x.upstream = {};
  x.refused.reset();
  // A request that had begun when its listener was taken away ends with what that had.
  if (x.held && connection.context().closing(connection.listener())) {
    x.service = x.held.get();
    return;
  }
  x.held.reset();
  x.service = connection.context().service.get();
}

/// Before a wait: what the request began with stays until it ends, whatever is adopted meanwhile.
void hold_service(Connection& connection, RequestBuffers& scratch) {
  std::shared_ptr<const pipeline::WorkerView>& held = scratch.exchange.held;
  if (!held || !connection.context().closing(connection.listener())) held = connection.context().service;
}

/// `body`: bytes of the request's that were read.
void append_answer(Connection& connection, RequestBuffers& scratch, bool keep_alive, std::size_t body) {
  const Head& head = scratch.head;
  const std::size_t before = scratch.out.size();
  append_response(scratch.exchange.reply,
                  {connection.context().date(), head.http11, keep_alive, head.method == http::Method::head},
                  scratch.out);
  observe::note(scratch.exchange, *connection.context().shard, head.size + body, scratch.out.size() - before);
  // It stands in the output: once is enough of what is large, as the client may take its time to read.
  Buffer& written = scratch.exchange.reply.body;
  if (written.capacity() > Borrowed::largest_kept_buffer) written.release();
}

/// The first byte of a request is there, if it was not before.
void begin_watch(Connection& connection, RequestBuffers& scratch) {
  observe::StageTimer& watch = scratch.exchange.watch;
  if (!watch.running()) watch.begin(observe::StageTimer::Clock::now());
  watch.tell_stages(connection.context().shard->access.wanted());
}

/// Answers a head that was refused: in a route's voice where the request can still be told to belong to one.
void refuse_head(Connection& connection, RequestBuffers& scratch, HeadState state) {
  begin_exchange(connection, scratch);
  pipeline::Exchange& x = scratch.exchange;
  Error error{.code = Code::malformed_request, .message = String(scratch.head.fault)};
  if (state == HeadState::too_large || state == HeadState::target_too_long) {
    error.code = state == HeadState::too_large ? Code::headers_too_large : Code::uri_too_long;
    static_cast<void>(pipeline::match(x));
    x.request.endpoint = nullptr;
  }
  pipeline::refuse(x, x.own_voice(), error);
  if (state == HeadState::bad_version) x.reply.status = 505;
  if (state == HeadState::bad_expectation) x.reply.status = 417;
  pipeline::finish(x);
  append_answer(connection, scratch, false, 0);
  scratch.last = scratch.linger = true;
}

/// Answers what came as plain HTTP where TLS is spoken. Returns whether the client can read it.
bool answer_plain_http(Connection& connection, RequestBuffers& scratch) {
  connection.context().shard->counters.tls_plain_http.add();
  scratch.head.clear();
  scratch.head.method = connection.plain_method();
  begin_watch(connection, scratch);
  begin_exchange(connection, scratch);
  pipeline::refuse(
      scratch.exchange, nullptr,
      {.code = Code::malformed_request, .message = "the plain HTTP request was sent to an HTTPS port; use https://"});
  append_answer(connection, scratch, false, 0);
  return connection.write_now(scratch.out) == Written::all;
}

/// For a request that never became whole. `known`: its head did. Returns whether the client can read it.
bool answer_timeout(Connection& connection, RequestBuffers& scratch, bool known) {
  if (!known) {
    scratch.head.clear();
    begin_exchange(connection, scratch);
  }
  http::Reply& reply = scratch.exchange.reply;
  reply.clear();
  reply.status = 408;
  reply.content_type = "application/json; charset=utf-8";
  reply.body.append(R"({"error":"request timeout"})");
  if (known) pipeline::finish(scratch.exchange);
  const std::size_t before = scratch.out.size();
  const bool head_only = known && scratch.head.method == http::Method::head;
  append_response(reply, {connection.context().date(), true, false, head_only}, scratch.out);
  observe::note(scratch.exchange, *connection.context().shard, scratch.head.size, scratch.out.size() - before);
  return connection.write_now(scratch.out) == Written::all;
}

/// The one net for exceptions: a facade or backend that breaks its contract costs one request.
void answer_exception(pipeline::Exchange& x, const char* what) {
  pipeline::refuse(x, x.own_voice(), {.code = Code::internal, .message = "internal error", .detail = what});
  pipeline::add_request_id(x);  // and nothing of the facade's: it may be what throws
  pipeline::add_cors(x);
}

/// The request's last byte has come: on to the next.
void end_request(Connection& connection, const RequestBuffers& scratch) {
  connection.input().consume(scratch.body_reader->size_in_input());
  connection.end_request();
}

/// Puts the answer behind the others. Returns whether an unread body has to be skipped before the next request.
bool end_exchange(Connection& connection, RequestBuffers& scratch) {
  const BodyReader& body = *scratch.body_reader;
  bool keep = scratch.head.keep_alive && !connection.context().closing(connection.listener());
  const bool skip = keep && !body.complete() && body.can_skip();
  scratch.linger = !body.complete() && !skip;
  if (scratch.linger) keep = false;
  append_answer(connection, scratch, keep, body.view().size());
  if (skip) scratch.exchange.watch.stop();
  scratch.last = !keep;
  if (!skip) end_request(connection, scratch);
  return skip;
}

/// Serves a request whose head is in `scratch`, as far as it goes without waiting.
Next serve_one(Connection& connection, RequestBuffers& scratch) {
  pipeline::Exchange& x = scratch.exchange;
  connection.enter(Phase::serving);
  begin_exchange(connection, scratch);
  scratch.body_reader.emplace(connection, scratch);
  try {
    scratch.progress = serve(x, *scratch.body_reader);
  } catch (const std::exception& fault) {
    answer_exception(x, fault.what());
    scratch.progress = pipeline::Progress::answered;
  }
  if (scratch.progress != pipeline::Progress::answered) return Next::serve;
  return end_exchange(connection, scratch) ? Next::skip_body : Next::rest;
}

/// Serves all requests that are there, and writes the answers together.
Next serve_burst(Connection& connection, RequestBuffers& scratch) {
  InputBuffer& input = connection.input();
  // Where memory is short, nobody's answers are piled up.
  const std::size_t most = connection.context().out_of_memory() ? 1 : most_output;
  for (;;) {
    bool whole = true;
    while (!scratch.last && scratch.out.size() < most) {
      while (input.unread().starts_with("\r\n")) input.consume(2);  // RFC 9112, 2.2
      if (input.empty()) {
        connection.forget_request();
        break;
      }
      connection.begin_request();
      begin_watch(connection, scratch);
      scratch.parser.emplace(connection.context().head_limits, scratch.head);
      const HeadState state =
          input.unread() == "\r" ? HeadState::incomplete : scratch.parser->parse_head(input.unread());
      whole = state != HeadState::incomplete;
      if (!whole) break;
      if (state != HeadState::complete) {
        refuse_head(connection, scratch, state);
        break;
      }
      if (scratch.head.framing == Framing::chunked && input.spare() < chunk_room) {
        input.room(chunk_room);  // now, as the head must not move later; it is parsed anew where it is then
        continue;
      }
      const Next step = serve_one(connection, scratch);
      if (step != Next::rest) return step;
    }
    const Written written = connection.write_now(scratch.out);
    if (written != Written::all) {
      scratch.exchange.watch.stop();
      return written == Written::blocked ? Next::write : Next::close;
    }
    if (scratch.last) return scratch.linger ? Next::linger : Next::close;
    if (!whole) return Next::read_head;
    if (input.empty()) return Next::rest;
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

/// The rest of a request that had to wait: `rest`, `skip_body`, or `close` where the client is gone.
Task<Next> serve_on(Connection& connection, RequestBuffers& scratch) {
  pipeline::Exchange& x = scratch.exchange;
  BodyReader& body = *scratch.body_reader;
  String thrown;
  try {
    co_await pipeline::serve_waiting(x, body, scratch.progress);
  } catch (const std::exception& fault) {
    thrown = String("exception: ") + fault.what();
  }
  if (body.lost()) co_return Next::close;
  if (!thrown.empty()) answer_exception(x, thrown.c_str());
  co_return end_exchange(connection, scratch) ? Next::skip_body : Next::rest;
}

/// Goes on with a burst that has to wait. Returns whether the connection goes on.
Task<bool> wait_and_serve(Connection& connection, Borrowed borrowed, Next step) {
  RequestBuffers& scratch = *borrowed;
  hold_service(connection, scratch);
  Next served = Next::rest;
  bool good = true;
  while (good && step != Next::rest && step != Next::close) {
    scratch.note_memory(connection);
    switch (step) {
      case Next::read_head:
        good = co_await read_head_on(connection);
        break;
      case Next::serve:
        // What is answered already does not wait for a backend; what the client does not take now goes later.
        if (connection.write_now(scratch.out) == Written::failed) co_return false;
        served = co_await serve_on(connection, scratch);
        if (served == Next::skip_body) {
          step = served;
          continue;
        }
        good = served == Next::rest;
        break;
      case Next::skip_body:
        // Its answer, and those before it, are not to be lost with a body that breaks its bounds.
        good = co_await connection.write(scratch.out);
        if (!good) break;
        good = co_await scratch.body_reader->skip();
        if (good) {
          end_request(connection, scratch);
        } else if (!scratch.body_reader->lost()) {
          co_await connection.linger();
        }
        break;
      case Next::write:
        good = co_await connection.write(scratch.out);
        break;
      default:
        co_await connection.linger();
        co_return false;
    }
    if (good) {
      step = serve_burst(connection, scratch);
      hold_service(connection, scratch);
    } else if (connection.expired() && (step == Next::read_head || step == Next::serve)) {
      // A request whose body is skipped has its answer.
      const bool told = answer_timeout(connection, scratch, step == Next::serve);
      if (told) co_await connection.linger();
    }
  }
  co_return good&& step == Next::rest;
}

/// A connection that began with plain HTTP where TLS is spoken, to its end.
Task<void> end_plain_http(WorkerContext& context, Connection& connection) {
  Borrowed borrowed(context);
  if (answer_plain_http(connection, *borrowed)) co_await connection.linger();
}

}  // namespace

Task<void> run_session(WorkerContext& context, Accepted accepted) {
  const bool secured = accepted.tls != nullptr;
  Connection connection(context, std::move(accepted));
  if (secured) {
    const Greeting greeting = co_await connection.shake_hands();
    if (greeting == Greeting::plain_http) co_await end_plain_http(context, connection);
    if (greeting != Greeting::secured) co_return;
  }
  for (;;) {
    const Received received = connection.receive();
    if (received == Received::ended) co_return;
    if (received == Received::some) {
      Borrowed borrowed(context);
      const Next step = serve_burst(connection, *borrowed);
      if (step == Next::close) co_return;
      if (step != Next::rest) {
        const bool keep = co_await wait_and_serve(connection, std::move(borrowed), step);
        if (!keep) co_return;
      }
      continue;
    }
    if (!connection.rest()) co_return;
    const bool go_on = co_await connection.readable();
    if (!go_on) co_return;
  }
}

}  // namespace parley::gateway::net
