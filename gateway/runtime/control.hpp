// What an operator asks of a running gateway, by signals or on the admin listener: to reload, to open its log files again, and
// to stop.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <mutex>

#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::runtime {

/// How the last reload went. How many there were, the observer counts.
struct LastReload {
  std::chrono::system_clock::time_point at{};  ///< the epoch = there was none
  List<String> faults;                         ///< empty = it was good
};

/// The configuration that is served, as a file.
struct ConfigurationFile {
  String path;    ///< absolute; `-` is standard input
  String sha256;  ///< of what was read; empty where nothing is known
};

class Control {
 public:
  /// Reads the configuration anew, with every fault that `parley check` would tell.
  using Source = std::function<config::Loaded()>;

  /// From now on signals wait for `run`. `file`: how faults name the configuration; `text` is what it said when the gateway
  /// was opened. The gateway outlives this.
  Control(Gateway& gateway, String file, Source source, std::string_view text = {});

  /// What else follows a reload that was good. Before `run`.
  void on_reload(std::function<void(const config::Settings&)> what) { follow_ = std::move(what); }

  /// Reads the configuration and serves with it; without faults it is done. They are logged too:
  /// `FILE:LINE:COL: PATH: what`. Any thread but a worker's; one at a time.
  List<String> reload();
  [[nodiscard]] LastReload last_reload() const;
  [[nodiscard]] ConfigurationFile file() const;
  /// Opens the access log again, after a rotation has moved it away; that it cannot be is logged. Changes nothing else. Any
  /// thread but a worker's; waits for a reload that is being made.
  void reopen_logs();
  /// True from the first signal to stop: nothing new should be sent here.
  [[nodiscard]] bool draining() const noexcept { return draining_.load(std::memory_order_relaxed); }

  /// Starts the gateway and serves until SIGINT or SIGTERM; then lets requests in flight finish. SIGHUP reloads, SIGUSR1 opens
  /// log files again. A second SIGINT or SIGTERM ends the process at once (exit code 1), and so does an end that takes seconds
  /// more than the grace. The service manager is told. Certificates that end soon are logged now, and each `day`.
  void run(std::chrono::milliseconds day = std::chrono::hours(24));

 private:
  void listen_for_reloads();
  void listen_for_rotations();
  void look_at_certificates(std::chrono::milliseconds day);
  void warn_of_certificates() const;
  void wait_for_end();
  void stop_listening();

  Gateway& gateway_;
  const String file_;
  const Source source_;
  std::function<void(const config::Settings&)> follow_;
  std::mutex reloading_;
  mutable std::mutex shown_;  // over the two that follow
  LastReload last_;
  String sha256_;  // of the configuration that is served
  std::atomic<bool> draining_{false};
  boost::asio::io_context signals_;
  boost::asio::signal_set end_;
  boost::asio::signal_set again_;
  boost::asio::signal_set rotated_;
  boost::asio::steady_timer certificates_;
  std::atomic<bool> asked_{false};        // a reload that has not begun yet
  boost::asio::thread_pool reloader_{1};  // opening a store may take its time, and signals are still heard
};

}  // namespace parley::gateway::runtime
