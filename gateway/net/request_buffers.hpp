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

/// A reply whose source makes its body: how far it is.
struct Streaming {
  std::uint64_t written = 0;  ///< bytes of it that went into the output
  bool chunked = true;
  bool ended = false;  ///< nothing more goes into the output
  bool on = false;     ///< the next write belongs to the one before, as to the client's speed
};

struct RequestBuffers {
  Head head;
  std::optional<RequestParser> parser;
  std::optional<BodyReader> body_reader;  ///< none where the head was refused
  Slot<pipeline::Exchange> exchange;      ///< of the request that is being served
  pipeline::ExchangeBuffers of_exchange;
  std::shared_ptr<const pipeline::WorkerView> held;  ///< what a request that waits is served with
  Buffer body;                                       ///< of a request whose body does not lie in the input buffer
  Buffer out;
  limit::Memory::Share memory;  ///< what these buffers and the input hold while they wait
  std::optional<Streaming> streaming;
  std::unique_ptr<Upgraded> upgraded;  ///< the last request ended in it
  bool last = false;                   ///< no more requests are read
  bool linger = false;                 ///< unread bytes of a refused request may still be on their way

  /// The last byte of the request has come and was used: on to the next.
  void end_request(Connection& connection) noexcept {
    connection.input().consume(body_reader->size_in_input());
    connection.end_request();
  }

  /// Before a wait, and where a buffer has grown in one. False: all that wait hold too much.
  bool note_memory(Connection& connection) noexcept {
    WorkerContext& context = connection.context();
    const http::Reply& reply = of_exchange.reply;
    memory.set(context.totals.memory, connection.input().capacity() + body.capacity() + out.capacity() +
                                          reply.body.capacity() + (reply.source ? reply.source->held() : 0));
    return !context.out_of_memory();
  }
};

/// Request buffers of the worker's, for as long as this lives; large ones are freed at the end.
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
