// Replies whose source makes the body; see streaming.hpp.
#include "gateway/net/streaming.hpp"

#include <algorithm>

#include "gateway/net/response.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "gateway/pipeline/request_end.hpp"

namespace parley::gateway::net {
namespace {

using pipeline::Exchange;
using Progress = http::BodySource::Progress;

/// Appends the head of the reply to the output.
void begin_streaming(Connection& connection, RequestBuffers& buffers) {
  const Head& head = buffers.head;
  const bool head_only = head.method == http::Method::head;
  // In HTTP/1.0 the end of the connection is the end of the body.
  const bool sized = buffers.exchange->reply.length.has_value();
  const bool keep =
      head.keep_alive && (head.http11 || head_only || sized) && !connection.context().closing(connection.listener());
  const std::size_t before = buffers.out.size();
  append_response(buffers.exchange->reply, {connection.context().date(), head.http11, keep, head_only}, buffers.out);
  buffers.last = !keep;
  buffers.linger = false;
  buffers.streaming.emplace(
      Streaming{.written = buffers.out.size() - before, .chunked = head.http11 && !sized, .ended = head_only});
}

/// Appends the next piece of the body. Errors: those of the source; internal if it throws.
Result<Progress> append_piece(Connection& connection, RequestBuffers& buffers) {
  Buffer& out = buffers.out;
  http::BodySource& source = *buffers.exchange->reply.source;
  const std::size_t before = out.size();
  const std::size_t chunk = buffers.streaming->chunked ? begin_chunk(out) : 0;
  Result<Progress> progress = Progress::end;
  try {
    progress = source.read(out, connection);
  } catch (const std::exception& fault) {
    progress = Error{.code = Code::internal, .message = "internal error", .detail = fault.what()};
  }
  if (buffers.streaming->chunked) end_chunk(out, chunk);
  buffers.streaming->ended = progress && *progress == Progress::end;
  if (buffers.streaming->chunked && buffers.streaming->ended) out.append(last_chunk);
  buffers.streaming->written += out.size() - before;
  return progress;
}

}  // namespace

void end_streaming(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  const std::uint64_t unsent = std::min<std::uint64_t>(connection.unsent(buffers.out), buffers.streaming->written);
  pipeline::note_end(x, buffers.head.size + x.body.size(), buffers.streaming->written - unsent);
  buffers.streaming.reset();
  x.reply.source.reset();  // it may refer to the exchange
  buffers.exchange.reset();
  if (connection.context().closing(connection.listener())) buffers.last = true;
  buffers.end_request(connection);
}

Streamed stream(Connection& connection, RequestBuffers& buffers) {
  if (!buffers.streaming) begin_streaming(connection, buffers);
  while (!buffers.streaming->ended || !buffers.out.empty()) {
    Result<Progress> progress = Progress::end;
    if (!buffers.streaming->ended) progress = append_piece(connection, buffers);
    const Written written = connection.write_now(buffers.out);
    if (!progress) pipeline::break_off(*buffers.exchange, progress.error());
    if (!progress || written == Written::failed) {
      end_streaming(connection, buffers);
      return Streamed::broken;
    }
    if (written == Written::blocked) return Streamed::blocked;
    if (*progress == Progress::wait) {
      buffers.streaming->on = false;  // time spent waiting for the source does not count for `limits.rate`
      return Streamed::starved;
    }
  }
  end_streaming(connection, buffers);
  return Streamed::all;
}

}  // namespace parley::gateway::net
