// A client's connection: its socket, the bytes it sent, and since when it waits for what.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "gateway/net/hub.hpp"

namespace parley::gateway {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, adapters::Executor>;

enum class Phase : std::uint8_t {
  cold,     ///< idle, holds no buffer
  warm,     ///< idle since a moment, holds an input buffer: the read is cheaper so
  reading,  ///< the rest of a request is missing
  serving,
  writing,  ///< the client takes its time to read
  closing,  ///< the last answer is out, what still comes is thrown away
};

enum class Written : std::uint8_t { all, blocked, failed };

class Connection {
 public:
  Connection(Hub& hub, Socket socket, std::size_t listener, String peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Hub& hub() const noexcept { return hub_; }
  [[nodiscard]] std::size_t listener() const noexcept { return listener_; }
  [[nodiscard]] const String& peer() const noexcept { return peer_; }
  [[nodiscard]] InputBuffer& input() noexcept { return *input_; }
  /// Waited too long: the hub has cancelled what it waited for.
  [[nodiscard]] bool expired() const noexcept { return expired_; }

  void enter(Phase phase) noexcept {
    phase_ = phase;
    since_ = hub_.tick;
  }

  /// Enters `reading` unless it is there: a request that comes drop by drop has one deadline for its head.
  void go_on_reading() noexcept {
    if (phase_ != Phase::reading) enter(Phase::reading);
  }

  /// Waits, idle, until bytes are in `input`. false: the connection ended, or waited too long.
  adapters::Task<bool> await_request();
  /// Reads at least one more byte into `input`. false: ended, failed or expired.
  adapters::Task<bool> read_more();
  /// Reads at least one byte into `data`. 0: ended, failed or expired.
  adapters::Task<std::size_t> read_into(char* data, std::size_t size);
  /// Writes what the socket takes at once and takes it out of `out` when all went.
  Written write_now(Buffer& out);
  /// Writes all, waiting for the client. `out` is empty then. false: the connection is lost.
  adapters::Task<bool> write(Buffer& out);
  /// Tells the client that nothing more comes, and throws away what it still sends, within bounds: closing at once would
  /// make the kernel reset the connection and take the last answer back.
  adapters::Task<void> linger();

  /// The hub's clock.
  void check_time();
  /// Ends an idle connection.
  void stop_if_idle();
  Connection* next() const noexcept { return next_; }

 private:
  [[nodiscard]] bool idle() const noexcept { return phase_ == Phase::cold || phase_ == Phase::warm; }
  void give_input_back();
  void cancel() noexcept;

  Hub& hub_;
  Socket socket_;
  std::unique_ptr<InputBuffer> input_;
  String peer_;
  std::size_t written_ = 0;  // of the output that is being written
  Connection* previous_ = nullptr;
  Connection* next_ = nullptr;
  std::uint32_t since_ = 0;
  std::uint32_t listener_;
  Phase phase_ = Phase::cold;
  bool expired_ = false;
};

}  // namespace parley::gateway
