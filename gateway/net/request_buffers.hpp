// Buffers that requests need while they are served; an idle connection holds none.
#pragma once

#include <optional>

#include "gateway/net/body_reader.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/net/slot.hpp"
#include "gateway/net/upgraded.hpp"
#include "gateway/net/worker_context.hpp"
#include "gateway/pipeline/exchange.hpp"

namespace parley::gateway::net {

/// Progress of a reply whose source makes its body.
struct Streaming {
  std::uint64_t written = 0;  ///< bytes of it that were put into the output
  bool chunked = true;
  bool ended = false;  ///< the output is complete
  bool on = false;     ///< for `limits.rate` the next write continues the one before
};

struct RequestBuffers {
  Head head;
  std::optional<RequestParser> parser;
  std::optional<BodyReader> body_reader;  ///< none where the head was refused
  Slot<pipeline::Exchange> exchange;      ///< of the current request
  pipeline::ExchangeBuffers of_exchange;
  std::shared_ptr<const pipeline::WorkerView> held;  ///< keeps the view of a waiting request alive
  Buffer body;                                       ///< the body, if it does not lie in the input buffer
  Buffer out;
  limit::Memory::Share memory;  ///< bytes of these buffers and the input, during a wait
  std::optional<Streaming> streaming;
  std::unique_ptr<Upgraded> upgraded;  ///< set if the last request changed the protocol
  bool last = false;                   ///< no more requests are read
  bool linger = false;                 ///< unread bytes of a refused request may still be on their way

  /// Removes a request from the input, once its last byte was used.
  void end_request(Connection& connection) noexcept {
    connection.input().consume(body_reader->size_in_input());
    connection.end_request();
  }

  /// Updates the memory count before a wait, and when a buffer grows during one. Returns false if `limits.memory` is used up.
  bool note_memory(Connection& connection) noexcept {
    WorkerContext& context = connection.context();
    const http::Reply& reply = of_exchange.reply;
    memory.set(context.totals.memory, connection.input().capacity() + body.capacity() + out.capacity() +
                                          reply.body.capacity() + (reply.source ? reply.source->held() : 0) +
                                          (exchange && exchange->receiver ? exchange->receiver->held() : 0));
    return !context.out_of_memory();
  }
};

/// Borrows request buffers of the worker for its lifetime (RAII). Frees large buffers at the end.
class Borrowed {
 public:
  explicit Borrowed(WorkerContext& context) : context_(context), buffers_(context.request_buffers.take()) {}
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() {
    pipeline::ExchangeBuffers& of_exchange = buffers_->of_exchange;
    of_exchange.reply.source.reset();  // it may refer to the exchange
    buffers_->exchange.reset();
    buffers_->streaming.reset();
    buffers_->upgraded.reset();
    for (Buffer* buffer : {&buffers_->out, &buffers_->body, &of_exchange.unpacked, &of_exchange.reply.body}) {
      buffer->clear();
      if (buffer->capacity() > largest_kept_buffer) buffer->release();
    }
    buffers_->last = buffers_->linger = false;
    buffers_->held.reset();
    buffers_->memory.release();
    of_exchange.unpacked_share.release();
    of_exchange.timer.stop();
    context_.request_buffers.give(std::move(buffers_));
  }
  RequestBuffers& operator*() const noexcept { return *buffers_; }

  static constexpr std::size_t largest_kept_buffer = 64 * 1024;

 private:
  WorkerContext& context_;
  std::unique_ptr<RequestBuffers> buffers_;
};

}  // namespace parley::gateway::net
