// A call on its way, the coroutines that wait for it, and the connection that carries it.
#pragma once

#include <optional>

#include "adapters/io/stream.hpp"
#include "adapters/io/waiting.hpp"
#include "adapters/upstream/client.hpp"
#include "adapters/upstream/response_parser.hpp"
#include "adapters/upstream/server.hpp"

namespace parley::upstream {

struct OutboundCall;
class CallDispatcher;

/// A coroutine that waits for a call; it lives in the coroutine's frame. If the coroutine ends first, the destructor stops the wait.
struct CallWaiter {
  CallWaiter() = default;
  ~CallWaiter();
  CallWaiter(const CallWaiter&) = delete;
  CallWaiter& operator=(const CallWaiter&) = delete;

  CallDispatcher* calls = nullptr;   ///< set while the dispatcher knows this object
  OutboundCall* outbound = nullptr;  ///< nullptr: held, or done and about to be woken
  CallWaiter* next = nullptr;        ///< in the list that it is in
  std::uint64_t id = 0;              ///< if it is held
  Moment deadline{};
  std::optional<Result<Response>> result;
  io::Waiting<> waiting;
};

class Connection;

/// One call over HTTP. Objects are reused, to keep their buffers.
struct OutboundCall {
  enum class State : std::uint8_t {
    free,
    paced,   ///< waits for its turn at `go_at`
    queued,  ///< all connections are busy
    bound,   ///< on `connection`
  };

  State state = State::free;
  Buffer out;            ///< the whole request
  std::size_t same = 0;  ///< size of the part that identifies a read: all up to the headers that say who asks
  std::uint64_t hash = 0;
  std::uint64_t kind = 0;    ///< the kind of call, for the pacing
  std::uint64_t writes = 0;  ///< Server::writes when it began
  bool shareable = false;
  bool is_read = false;
  bool repeatable = false;
  bool to_head = false;
  bool retried = false;
  Moment begun{};
  Moment go_at{};
  std::optional<OperationKind> operation{};  ///< the operation that it serves
  Moment deadline{};
  Response response;
  Connection* connection = nullptr;
  CallWaiter* callers = nullptr;
  OutboundCall* next = nullptr;       ///< in `CallDispatcher::queue_`
  OutboundCall* in_bucket = nullptr;  ///< the next call in the same hash bucket
  std::size_t index = 0;              ///< in `CallDispatcher::active_`
};

/// A connection. When its socket closes, the object stays for the next socket, because the poller may still refer to it.
class Connection final : public io::Watcher {
 public:
  enum class State : std::uint8_t { closed, resolving, connecting, handshaking, idle, sending, receiving };

  explicit Connection(CallDispatcher& calls) noexcept : calls_(calls) {}
  void tell(io::Readiness readiness) override;

  State state = State::closed;
  io::Stream stream;
  std::size_t written = 0;             ///< bytes of the request that are written
  std::uint64_t sent = 0;              ///< bytes that the socket had taken before that request
  String input;                        ///< received bytes that are not parsed yet
  std::optional<AnswerParser> parser;  ///< of the present answer, unless it is plain
  AnswerEnd plain_end;                 ///< of the last plain answer
  unsigned interims = 0;
  bool answering = false;  ///< a byte of the answer has come
  OutboundCall* outbound = nullptr;
  std::shared_ptr<const Lookup> addresses;
  std::size_t address = 0;  ///< index of the next address to try
  Moment deadline{};        ///< of the present stage; if idle: when to close
  Moment connect_by{};
  String fault;  ///< of the address that was tried last

 private:
  CallDispatcher& calls_;
};

}  // namespace parley::upstream
