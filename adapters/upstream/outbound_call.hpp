// A call on its way, whoever waits for it, and the connection that carries it.
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

/// A coroutine that waits for a call; lives in its frame. The coroutine may end first: then it leaves.
struct CallWaiter {
  CallWaiter() = default;
  ~CallWaiter();
  CallWaiter(const CallWaiter&) = delete;
  CallWaiter& operator=(const CallWaiter&) = delete;

  CallDispatcher* calls = nullptr;   ///< while they know of it
  OutboundCall* outbound = nullptr;  ///< nullptr: held, or done and to be woken
  CallWaiter* next = nullptr;        ///< in the list that it is in
  std::uint64_t id = 0;              ///< where it is held
  Moment deadline{};
  std::optional<Result<Response>> result;
  io::Waiting<> waiting;
};

class Connection;

/// One call over HTTP. Kept and used again, for the sake of its buffer.
struct OutboundCall {
  enum class State : std::uint8_t {
    free,
    paced,   ///< its turn comes at `go_at`
    queued,  ///< all connections are busy
    bound,   ///< on `connection`
  };

  State state = State::free;
  Buffer out;            ///< the whole request
  std::size_t same = 0;  ///< how many bytes of it tell it apart from other reads: all but who asks, which comes last
  std::uint64_t hash = 0;
  std::uint64_t kind = 0;    ///< of the call, for the pacing
  std::uint64_t writes = 0;  ///< Server::writes when it began
  bool shareable = false;
  bool is_read = false;
  bool repeatable = false;
  bool to_head = false;
  bool retried = false;
  Moment begun{};
  Moment go_at{};
  std::optional<OperationKind> operation{};  ///< that it is for
  Moment deadline{};
  Response response;
  Connection* connection = nullptr;
  CallWaiter* callers = nullptr;
  OutboundCall* next = nullptr;       ///< in `CallDispatcher::queue_`
  OutboundCall* in_bucket = nullptr;  ///< with the same hash, roughly
  std::size_t index = 0;              ///< in `CallDispatcher::active_`
};

/// A socket's life, over and over: the object stays when the socket is closed, as the poller may still speak of it.
class Connection final : public io::Watcher {
 public:
  enum class State : std::uint8_t { closed, resolving, connecting, handshaking, idle, sending, receiving };

  explicit Connection(CallDispatcher& calls) noexcept : calls_(calls) {}
  void tell(io::Readiness readiness) override;

  State state = State::closed;
  io::Stream stream;
  std::size_t written = 0;  ///< of the call's request
  std::uint64_t sent = 0;   ///< through the socket, before that request
  String input;             ///< what came and is not understood yet
  std::optional<AnswerParser> parser;
  unsigned interims = 0;
  bool answering = false;  ///< a byte of the answer has come
  OutboundCall* outbound = nullptr;
  std::shared_ptr<const Lookup> addresses;
  std::size_t address = 0;  ///< the one being tried
  Moment deadline{};        ///< of the present stage; when idle, of the rest
  Moment connect_by{};
  String fault;  ///< of the last address

 private:
  CallDispatcher& calls_;
};

}  // namespace parley::upstream
