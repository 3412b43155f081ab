// A worker: one thread with its own event loop, listeners, lanes and buffers. A connection never changes its worker.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <span>
#include <thread>

#include "gateway/net/hub.hpp"
#include "gateway/net/listen.hpp"

namespace parley::gateway {

class Worker {
 public:
  Worker(const Router& router, const config::Limits& limits);
  /// The thread must have been joined.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Before `start`: what this worker serves with, and a bound, listening socket for each listener.
  void open_lane(adapters::Backend& backend);
  void add_listener(Descriptor socket);
  /// All workers, this one included: where accepted connections may go. Before `start`.
  void set_peers(std::span<const std::unique_ptr<Worker>> peers) { peers_ = peers; }

  void start();
  /// Any thread: no more connections, idle ones end, busy ones finish their answer; the thread ends when all are gone.
  void request_stop();
  /// Any thread: the thread ends now, whatever is open.
  void abandon();
  void join();
  /// After `join`: the lanes, before their backends go.
  void drop_lanes();

 private:
  using Clock = std::chrono::system_clock;
  using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, adapters::Executor>;

  adapters::Task<void> accept(Descriptor owned, std::size_t listener);
  adapters::Task<void> tick();
  void take(Descriptor socket, std::size_t listener, String peer);
  void hand_out(Descriptor socket, std::size_t listener, String peer);

  Hub hub_;  // outlives the coroutines that the event loop holds
  boost::asio::io_context context_;
  List<Descriptor> listeners_;  // until `start`: then the accept loops own them
  List<int> listening_;
  std::span<const std::unique_ptr<Worker>> peers_;
  std::thread thread_;
};

}  // namespace parley::gateway
