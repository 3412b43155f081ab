// A client's connection: its socket, the bytes it sent, and since when it waits for what.
#pragma once

#include <optional>

#include "adapters/http/waker.hpp"
#include "adapters/io/stream.hpp"
#include "adapters/io/waiting.hpp"
#include "gateway/net/accepted.hpp"
#include "gateway/net/worker_context.hpp"

namespace parley::gateway::net {

enum class Phase : std::uint8_t {
  greeting,      ///< in the TLS handshake
  idle,          ///< holds no buffer
  reading_head,  ///< the rest of a request's head is missing
  reading_body,
  serving,
  writing,   ///< the client takes its time to read
  upgraded,  ///< speaks another protocol, and waits for the client
  closing,   ///< the last answer is out, what still comes is thrown away
};

/// How a TLS handshake ended.
enum class Greeting : std::uint8_t {
  secured,
  plain_http,  ///< the client speaks HTTP without TLS: so does the connection now
  failed,
};
enum class Received : std::uint8_t { some, nothing, ended };
enum class Written : std::uint8_t { all, blocked, failed };

class Connection final : public io::Watcher, public http::Waker {
 public:
  Connection(WorkerContext& context, Accepted accepted);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] WorkerContext& context() const noexcept { return context_; }
  [[nodiscard]] std::size_t listener() const noexcept { return listener_; }
  [[nodiscard]] const String& peer() const noexcept { return peer_; }
  [[nodiscard]] InputBuffer& input() noexcept { return *input_; }
  /// Waited too long: the worker's context has ended the wait.
  [[nodiscard]] bool expired() const noexcept { return expired_; }

  void enter(Phase phase) noexcept {
    phase_ = phase;
    since_ = context_.tick;
  }
  /// The first bytes of a request are there: from now on it has one deadline for all of it, head and body. Nothing where it
  /// has begun already.
  void begin_request() noexcept {
    if (!in_request_) request_since_ = context_.tick;
    in_request_ = true;
  }
  /// Its last byte has been read.
  void end_request() noexcept {
    in_request_ = false;
    answered_ = true;
  }
  /// What was there was a blank line.
  void forget_request() noexcept { in_request_ = false; }
  /// Enters `reading_head` or `reading_body`: the request that has begun is not whole.
  void read_on(Phase phase) noexcept {
    phase_ = phase;
    since_ = request_since_;
    pace_ = {context_.tick, received_};
  }
  /// Idle, since the last answer: the input, which must be empty, goes back to the pool. false: idle for too long already.
  [[nodiscard]] bool rest();

  /// First of all, where the listener has a certificate. `failed` also where it is not worth to go on (expired, stopping).
  contract::Task<Greeting> shake_hands();
  /// After `plain_http`: what is asked.
  [[nodiscard]] http::Method plain_method() const noexcept { return plain_method_; }
  /// The protocol, `TLSv1.3`; empty where it is plain.
  [[nodiscard]] std::string_view tls() const noexcept { return tls_; }
  /// Ends when there is something to read. false: it is not worth to go on (expired, stopping).
  contract::Task<bool> readable() { return wait(For::reading); }
  /// Reads what is there into `input`, without waiting.
  Received receive();
  /// Reads at least one more byte into `input`, waiting for it. false: ended, failed or expired.
  contract::Task<bool> read_more();
  /// Reads at least one byte into `data`. 0: ended, failed or expired.
  contract::Task<std::size_t> read_into(char* data, std::size_t size);
  /// Writes what the socket takes at once. `out` is empty after `all`, else what is left is remembered for `write`.
  Written write_now(Buffer& out);
  /// Writes all, waiting for the client. `out` is empty then. false: the connection is lost. `limits.rate` is asked of what is written
  /// from here on; with `on`, of it and of what was written before together.
  contract::Task<bool> write(Buffer& out, bool on = false);
  /// Of `out`, what the socket has not taken yet.
  [[nodiscard]] std::size_t unsent(const Buffer& out) const noexcept { return out.size() - written_; }
  /// Ends with `wake`, or at once where that came before. false: the client has gone.
  contract::Task<bool> woken();
  /// The same of a connection that speaks another protocol, which also ends when there is something to read. It may take as long as it
  /// likes; the input, which is thrown away, goes back to the pool. false: it is not worth to go on (stopping).
  contract::Task<bool> readable_or_woken();
  /// From the source of a reply, or from an upgrade.
  void wake() override;
  /// Tells the client that nothing more comes, and throws away what it still sends, within bounds: closing at once would
  /// make the kernel reset the connection and take the last answer back.
  contract::Task<void> linger();

  /// From the poller. May end the connection.
  void tell(io::Readiness readiness) override;
  /// From the worker's context, once a second. May end the connection.
  void check_time();
  /// From the worker's context. Ends the connection if it is idle or upgraded, and its listener is closing.
  void close_if_idle();
  /// The clock's second since which it is idle; nothing where it is not, or waits for nothing.
  [[nodiscard]] std::optional<std::uint32_t> idle_since() const noexcept {
    if (phase_ != Phase::idle || !waiting_.taken()) return {};
    return since_;
  }
  /// From the worker's context. Ends an idle connection.
  void end_idle() { waiting_.wake(false); }
  /// Gives up a coroutine that waits here; it is destroyed by the event loop.
  void abandon() noexcept { waiting_.abandon(); }
  [[nodiscard]] Connection* next() const noexcept { return next_; }

 private:
  enum class For : std::uint8_t { reading, writing, either, waker };
  /// Where a transfer began that has to keep up a rate.
  struct Pace {
    std::uint32_t since = 0;
    std::uint64_t from = 0;
  };

  Greeting judge_failed_handshake();
  contract::Task<bool> wait(For what);
  void give_input_back();
  [[nodiscard]] std::uint64_t arrived() const noexcept { return stream_.sent() - stream_.on_their_way(); }
  [[nodiscard]] bool has_waited_too_long() noexcept;
  [[nodiscard]] bool too_slow(std::uint64_t bytes) const noexcept;

  WorkerContext& context_;
  limit::ConnectionLimiter::Place place_;
  limit::ScopedCount counted_;
  io::Stream stream_;
  std::unique_ptr<InputBuffer> input_;
  io::Waiting<bool> waiting_;  // false: it is over
  String peer_;
  std::string_view tls_;
  std::size_t written_ = 0;  // of the output that is being written
  Connection* previous_ = nullptr;
  Connection* next_ = nullptr;
  std::uint64_t received_ = 0;  // of bodies and heads that came in pieces
  std::uint64_t arrived_ = 0;   // of what was sent, when the clock last looked
  Pace pace_;
  std::uint32_t since_ = 0;
  std::uint32_t idle_from_ = 0;
  std::uint32_t request_since_ = 0;
  std::uint32_t listener_;
  http::Method plain_method_ = http::Method::other;
  Phase phase_ = Phase::idle;
  For waits_for_ = For::reading;
  bool in_request_ = false;
  bool answered_ = false;  // since it was idle
  bool expired_ = false;
  bool gone_ = false;       // the client has closed the connection
  bool woken_ = false;      // by one that nobody was waiting for
  bool unwatched_ = false;  // the poller has no room: nothing would ever be told
};

}  // namespace parley::gateway::net
