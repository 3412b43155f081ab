// Controls a running gateway, by signals or the admin listener: reload, reopen log files, stop.
#pragma once

#include <atomic>
#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <mutex>

#include "adapters/io/timer.hpp"
#include "gateway/runtime/gateway.hpp"

namespace parley::gateway::runtime {

/// The result of the last reload. The observer has the number of reloads.
struct LastReload {
  std::chrono::system_clock::time_point at{};  ///< the epoch = no reload yet
  List<String> faults;                         ///< empty = it succeeded
};

/// The name of standard input in messages, in place of a file's.
inline constexpr std::string_view standard_input = "<stdin>";

/// The file of the configuration in use.
struct ConfigurationFile {
  String path;    ///< absolute, or `standard_input`
  String sha256;  ///< hash of the text that was read; empty if unknown
};

class Control {
 public:
  /// Reads the configuration again, with all faults that `parley check` reports.
  using Source = std::function<config::Loaded()>;

  /// From here on signals are kept until `run` handles them. `file`: the name of the configuration in messages. `text`: its
  /// text when the gateway was opened. `gateway` must outlive this object.
  Control(Gateway& gateway, String file, Source source, std::string_view text = {});

  /// Sets a function to call after each successful reload. Call it before `run`.
  void on_reload(std::function<void(const config::Settings&)> what) { follow_ = std::move(what); }

  /// Reads the configuration and serves with it. Returns the faults, also logged, as `FILE:LINE:COL: PATH: what`; empty on
  /// success. Any thread but a worker's. Calls wait for each other.
  List<String> reload();
  [[nodiscard]] LastReload last_reload() const;
  [[nodiscard]] ConfigurationFile file() const;
  /// Opens the access log again, after a rotation has moved it. Logs a failure. Changes nothing else. Any thread but a
  /// worker's. Waits for a running reload.
  void reopen_logs();
  /// True from the first signal to stop: clients should go elsewhere.
  [[nodiscard]] bool draining() const noexcept { return draining_.load(std::memory_order_relaxed); }

  /// Starts the gateway and serves until SIGINT or SIGTERM, then lets requests in flight finish. SIGHUP reloads, SIGUSR1
  /// reopens log files. A second SIGINT or SIGTERM ends the process at once with exit code 1. So does a stop that takes 5 s
  /// longer than `server.grace`. Notifies the service manager. Logs certificates that end soon at the start and then once each
  /// `day`.
  void run(std::chrono::milliseconds day = std::chrono::hours(24));

 private:
  using Signals = boost::asio::basic_signal_set<io::Executor>;

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
  mutable std::mutex shown_;  // guards the two members below
  LastReload last_;
  String sha256_;  // of the configuration in use
  std::atomic<bool> draining_{false};
  boost::asio::io_context signals_;
  Signals end_;
  Signals again_;
  Signals rotated_;
  io::Timer certificates_;
  std::atomic<bool> asked_{false};        // a SIGHUP waits for its reload to begin
  boost::asio::thread_pool reloader_{1};  // runs reloads, which may take long, while signals are handled
};

}  // namespace parley::gateway::runtime
