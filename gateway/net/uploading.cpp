// See uploading.hpp.
#include "gateway/net/uploading.hpp"

#include "gateway/pipeline/receiving.hpp"
#include "gateway/pipeline/refuse.hpp"

namespace parley::gateway::net {
namespace {

using contract::Task;
using pipeline::Exchange;

/// Reads and gives all pieces. Errors: those of the receiver, the backend and the reader.
Task<Result<void>> receive_pieces(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  Result<void> begun = co_await pipeline::begin_receiving(x);
  if (!begun) co_return begun;
  if (buffers.head.framing == Framing::length && buffers.head.content_length > x.receiver->most()) {
    co_return x.receiver->too_large();
  }
  for (;;) {
    // Each piece may take as long as another request: a large file comes over a slow line, too.
    if (x.body.received != 0) connection.renew_request();
    const Result<std::string_view> piece = co_await buffers.body_reader->read_piece(x.receiver->most());
    if (!piece && piece.error().code == Code::body_too_large) co_return x.receiver->too_large();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    Result<void> received = co_await pipeline::receive(x, *piece);
    if (!received) co_return received;
    if (!buffers.note_memory(connection)) co_return pipeline::overloaded(connection.context());
  }
  Result<void> ended = co_await pipeline::end_receiving(x);
  co_return ended;
}

}  // namespace

Task<bool> receive_body(Connection& connection, RequestBuffers& buffers) {
  Exchange& x = *buffers.exchange;
  bool good = false;
  try {
    const Result<void> received = co_await receive_pieces(connection, buffers);
    good = received.has_value();
    if (!good && !buffers.body_reader->lost()) pipeline::refuse(x, received.error());
  } catch (const std::exception& fault) {
    pipeline::refuse_exception(x, String("exception: ") + fault.what());
  }
  if (!good) co_await pipeline::drop_received(x);
  connection.enter(Phase::serving);
  co_return !buffers.body_reader->lost();
}

}  // namespace parley::gateway::net
