// The inside of a Client: calls, connections and one timer. Everything runs on the worker's thread, driven by the
// poller, without coroutines.
#pragma once

#include <array>
#include <memory>

#include "adapters/http/inflate.hpp"
#include "adapters/io/remote.hpp"
#include "adapters/io/timer.hpp"
#include "adapters/upstream/outbound_call.hpp"

namespace parley::upstream {

class CallDispatcher {
 public:
  using Remote = io::Remote<CallDispatcher>;

  CallDispatcher(std::shared_ptr<Server> server, const io::Loop& loop);
  /// Gives up the coroutines that wait; the event loop destroys them.
  ~CallDispatcher();
  CallDispatcher(const CallDispatcher&) = delete;
  CallDispatcher& operator=(const CallDispatcher&) = delete;

  /// As Client::send. `more`: headers beside the request's own, or nullptr. `final`: the credentials cannot be renewed,
  /// so a 401 becomes upstream_denied.
  contract::Task<Result<Response>> send(const Request& request, const Headers* more, const contract::Call& call,
                                        bool final = false);
  /// Sends a call, or joins an identical one. Afterwards `caller` either has a result or must wait.
  void begin(CallWaiter& caller, const Request& request, const Headers* more, const contract::Call& call);
  /// `caller` stops waiting.
  void leave(CallWaiter& caller) noexcept;
  /// Wakes all callers whose calls are done. They run on this stack, so call it last.
  void wake_done();

  /// Called by the poller.
  void on_ready(Connection& connection, io::Readiness readiness);

  /// How other threads reach this object; see Credentials.
  [[nodiscard]] const std::shared_ptr<Remote>& remote() const noexcept { return remote_; }
  [[nodiscard]] Clock::duration patience() const noexcept { return server_->settings.timeouts.total; }
  /// Makes a caller wait without a call, until `finish` with the returned id, or until the deadline.
  std::uint64_t hold(CallWaiter& caller, Moment deadline);
  /// Wakes the held caller of that id, if it still waits.
  void finish(std::uint64_t id, Result<Response> result);

 private:
  // Calls (call_dispatcher.cpp)
  OutboundCall& new_outbound();
  OutboundCall* same_outbound(const OutboundCall& one) noexcept;
  void enter_bucket(OutboundCall& outbound) noexcept;
  void leave_bucket(OutboundCall& outbound) noexcept;
  void join(OutboundCall& outbound, CallWaiter& caller) noexcept;
  void dispatch(OutboundCall& outbound, Moment now);
  void dispatch_queued(Moment now);
  void bind(OutboundCall& outbound, Connection& connection);
  void end(OutboundCall& outbound);
  void unqueue(OutboundCall& outbound) noexcept;
  void succeed(OutboundCall& outbound, bool packed, Moment now);
  void fail(OutboundCall& outbound, const Error& error, Verdict verdict);
  void answer(CallWaiter& caller, Result<Response>&& result);
  /// `why`: what the upstream did not do in time, if the verdict is bad.
  void cancel(OutboundCall& outbound, Verdict verdict, std::string_view why = {});

  // Connections (connections.cpp)
  Connection& new_connection();
  Connection* idle_connection();
  void connect(Connection& connection, Moment now);
  void connect_next(Connection& connection, Moment now);
  /// The message for an address to which there is no connection. `error`: an errno value.
  [[nodiscard]] String fault_of(const Address& address, int error) const;
  /// The next step after bytes that are not an answer.
  [[nodiscard]] String no_http(std::string_view bytes) const;
  void on_addresses(const std::shared_ptr<const Lookup>& lookup);
  void step(Connection& connection);
  bool step_connecting(Connection& connection);
  void step_handshake(Connection& connection);
  void step_sending(Connection& connection);
  void step_receiving(Connection& connection);
  AnswerState understand(Connection& connection, std::string_view& bytes, std::size_t& used);
  void send(Connection& connection);
  void answered(Connection& connection, bool clean);
  /// `orderly`: the other side has closed the connection without an error.
  void lose(Connection& connection, Code code, String detail, bool orderly = false);
  void close(Connection& connection);

  // Time (deadlines.cpp)
  void need(Moment at);
  void on_time();
  void expire(OutboundCall& outbound, Moment now);
  void expire_held(Moment now);
  [[nodiscard]] Moment due(const OutboundCall& outbound) const noexcept;

  const std::shared_ptr<Server> server_;
  const std::shared_ptr<CallTimes> times_ = server_->times_of_worker();
  io::Loop loop_;
  std::shared_ptr<Remote> remote_;
  io::Timer timer_;
  Moment armed_ = Moment::max();

  List<std::unique_ptr<OutboundCall>> calls_;  // all objects, in use or free
  List<OutboundCall*> free_;
  List<OutboundCall*> active_;
  std::array<OutboundCall*, 64> buckets_{};
  OutboundCall* queue_ = nullptr;
  OutboundCall* queue_end_ = nullptr;

  List<std::unique_ptr<Connection>> connections_;  // all objects, open or closed; at most `connections` of the settings
  List<Connection*> closed_;
  List<Connection*> idle_;

  CallWaiter* done_ = nullptr;
  bool waking_ = false;
  bool dispatching_ = false;
  CallWaiter* held_ = nullptr;
  std::uint64_t last_id_ = 0;
  http::Inflater inflater_;
  static constexpr std::size_t room_size = 64 * 1024;
  std::unique_ptr<char[]> room_;  // receive buffer
};

class Client::Impl final : public CallDispatcher {
 public:
  using CallDispatcher::CallDispatcher;
};

}  // namespace parley::upstream
