// What serving needs and waiting does not: borrowed from the hub only while requests are there.
#pragma once

#include "gateway/net/body_reader.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/net/worker_context.hpp"
#include "gateway/pipeline/serve.hpp"

namespace parley::gateway::net {

struct RequestBuffers {
  pipeline::Exchange exchange;
  Head head;
  std::optional<RequestParser> parser;
  std::optional<BodyReader> body_reader;
  Buffer body;      ///< of a request whose body does not lie in the input buffer
  Buffer unpacked;  ///< of a request whose body came packed
  Buffer out;
  limit::Memory::Share memory;  ///< what this and the input hold while they wait
  pipeline::Progress progress = pipeline::Progress::answered;
  bool last = false;    ///< no more requests are read
  bool linger = false;  ///< unread bytes of a refused request may still be on their way

  /// Before a wait, where a buffer has grown in one, and where a body is unpacked. `more`: held beside the buffers here. false:
  /// all that wait hold too much.
  bool note_memory(Connection& connection, std::size_t more = 0) noexcept {
    WorkerContext& context = connection.context();
    memory.set(context.totals.memory, connection.input().capacity() + body.capacity() + unpacked.capacity() +
                                          out.capacity() + exchange.reply.body.capacity() + more);
    return !context.out_of_memory();
  }
};

/// A scratch for as long as this lives; its large buffers are freed at the end.
class Borrowed {
 public:
  explicit Borrowed(WorkerContext& context) : context_(&context), scratch_(context.scratches.take()) {}
  Borrowed(Borrowed&& other) noexcept = default;
  Borrowed& operator=(Borrowed&&) = delete;
  ~Borrowed() {
    if (!scratch_) return;
    for (Buffer* buffer : {&scratch_->out, &scratch_->body, &scratch_->unpacked, &scratch_->exchange.reply.body}) {
      buffer->clear();
      if (buffer->capacity() > largest_kept_buffer) buffer->release();
    }
    scratch_->last = scratch_->linger = false;
    scratch_->exchange.held.reset();
    scratch_->exchange.watch.stop();
    scratch_->memory.release();
    context_->scratches.give(std::move(scratch_));
  }
  RequestBuffers& operator*() const noexcept { return *scratch_; }

  static constexpr std::size_t largest_kept_buffer = 64 * 1024;

 private:
  WorkerContext* context_;
  std::unique_ptr<RequestBuffers> scratch_;
};

}  // namespace parley::gateway::net
