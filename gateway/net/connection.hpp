// A client's connection: its socket, its unread input, what it waits for, and since when.
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
  writing,   ///< the client has not read enough of the answer yet
  upgraded,  ///< speaks another protocol and waits for the client
  closing,   ///< the last answer is sent; further input is discarded
};

/// The errors of a TLS handshake.
inline constexpr Source by_tls{"tls"};
/// How one ended.
enum class Greeting : std::uint8_t {
  secured,
  plain_http,  ///< the client speaks plain HTTP, so TLS is switched off
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
  /// True if a wait took too long and `check_time` ended it.
  [[nodiscard]] bool expired() const noexcept { return expired_; }

  void enter(Phase phase) noexcept {
    phase_ = phase;
    since_ = context_.tick;
  }
  /// The first bytes of a request have come. Starts its deadline, which holds for head and body. Does nothing if it has
  /// started.
  void begin_request() noexcept {
    if (!in_request_) request_since_ = context_.tick;
    in_request_ = true;
  }
  /// Starts the deadline of the request that has begun anew.
  void renew_request() noexcept { request_since_ = context_.tick; }
  /// The last byte of the request has been read.
  void end_request() noexcept {
    in_request_ = false;
    answered_ = true;
  }
  /// The input was only a blank line, not a request.
  void forget_request() noexcept { in_request_ = false; }
  /// Enters `reading_head` or `reading_body`, for the rest of a request that has begun.
  void read_on(Phase phase) noexcept {
    phase_ = phase;
    since_ = request_since_;
    pace_ = {context_.tick, received_};
  }
  /// Enters `idle` and returns the input buffer, which must be empty, to the pool. Idle time counts from the last answer.
  /// Returns false if `limits.idle` is over already.
  [[nodiscard]] bool rest();

  /// The TLS handshake; call it first if the listener has a certificate. `failed` also if it took too long or the worker stops.
  contract::Task<Greeting> shake_hands();
  /// After `plain_http`: the method of the request.
  [[nodiscard]] http::Method plain_method() const noexcept { return plain_method_; }
  /// The TLS version, `TLSv1.3`; empty for a plain connection.
  [[nodiscard]] std::string_view tls() const noexcept { return tls_; }
  /// Waits until there is something to read. Returns false if the wait took too long or the connection has to end.
  contract::Task<bool> readable() { return wait(For::reading); }
  /// Reads into `input` without waiting.
  Received receive();
  /// Waits for at least one more byte and reads into `input`. Returns false if the connection ended, failed or expired.
  contract::Task<bool> read_more();
  /// Waits for at least one byte and reads into `data`. Returns the number of bytes; 0 if the connection ended, failed or
  /// expired.
  contract::Task<std::size_t> read_into(char* data, std::size_t size);
  /// Writes what the socket takes without waiting. After `all`, `out` is empty; otherwise a later call continues where this one
  /// stopped.
  Written write_now(Buffer& out);
  /// Writes all of `out`, waiting for the client, and empties it. Returns false if the connection is lost. `limits.rate`
  /// applies to the bytes from here on, or with `on` to these and those of the earlier writes together.
  contract::Task<bool> write(Buffer& out, bool on = false);
  /// The bytes of `out` that the socket has not taken yet.
  [[nodiscard]] std::size_t unsent(const Buffer& out) const noexcept { return out.size() - written_; }
  /// Waits for `wake`; returns at once if it was called before. Returns false if the client has disconnected.
  contract::Task<bool> woken();
  /// The same for an upgraded connection; also returns when there is something to read. There is no time limit. Discards the
  /// input and returns its buffer to the pool. Returns false if the worker stops.
  contract::Task<bool> readable_or_woken();
  /// Called by the source of a reply, or by an upgrade.
  void wake() override;
  /// Shuts down the sending side and discards what the client still sends, for at most 2 s or 1 MiB. Closing at once would make
  /// the kernel reset the connection, and the client would lose the last answer.
  contract::Task<void> linger();

  /// Called by the poller. May end the connection.
  void tell(io::Readiness readiness) override;
  /// Called by the worker's context once a second. May end the connection.
  void check_time();
  /// Called by the worker's context. Ends the connection if its listener is closing and it is idle, upgraded or in the TLS
  /// handshake.
  void close_if_idle();
  /// The tick since which the connection waits idle; nothing if it does not.
  [[nodiscard]] std::optional<std::uint32_t> idle_since() const noexcept {
    if (phase_ != Phase::idle || !waiting_.taken()) return {};
    return since_;
  }
  /// Called by the worker's context. Ends an idle connection.
  void end_idle() { waiting_.wake(false); }
  /// Drops the coroutine that waits here; the event loop destroys it.
  void abandon() noexcept { waiting_.abandon(); }
  [[nodiscard]] Connection* next() const noexcept { return next_; }

 private:
  enum class For : std::uint8_t { reading, writing, either, waker };
  /// Start of a transfer that must keep a minimum rate.
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
  io::Waiting<bool> waiting_;  // false: end the connection
  String peer_;
  std::string_view tls_;
  std::size_t written_ = 0;  // of the output that is being written
  Connection* previous_ = nullptr;
  Connection* next_ = nullptr;
  std::uint64_t received_ = 0;  // of bodies and heads that came in pieces
  std::uint64_t arrived_ = 0;   // of what was sent, at the last tick
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
  bool woken_ = false;      // `wake` was called while nobody waited
  bool unwatched_ = false;  // the poller could not register it, so it gets no events
};

}  // namespace parley::gateway::net
