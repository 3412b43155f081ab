// The operators' log: lines on standard error, written by a thread of spdlog. There is one for the process.
#pragma once

#include <optional>
#include <string_view>

#include "config/settings.hpp"
#include "gateway/observe/event_line.hpp"
#include "gateway/observe/troubles.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::observe {

/// While an object exists, another thread writes the lines, and drops lines if it falls behind. Before and after, `log` writes
/// at once.
class EventLog {
 public:
  explicit EventLog(const config::Log& settings);
  /// Writes the lines that still wait.
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// The number of lines dropped since the process started. Any thread.
  [[nodiscard]] static std::uint64_t dropped() noexcept;
};

/// These four: any thread, at any time.
void set_level(config::LogLevel level) noexcept;
[[nodiscard]] config::LogLevel level() noexcept;
void set_format(config::LogFormat format) noexcept;
[[nodiscard]] config::LogFormat format() noexcept;

/// Writes a line if its level is logged. Any thread. Never waits while an EventLog exists.
void log(config::LogLevel level, std::string_view message, const EventFields& fields = {});

/// A request that was refused.
struct Refused {
  std::string_view method{};
  std::string_view endpoint{};  ///< its pattern
  std::string_view route{};
  std::string_view backend{};
  std::string_view upstream{};  ///< `host:port` of the last call; empty if no call was made
  std::string_view trace{};
};

/// Whether the level of the line that `report` would write is logged.
[[nodiscard]] bool wants(const Error& error, const Refused& refused) noexcept;
/// Logs a refused request. The level is error for faults of the gateway or an upstream, warn for a call that an upstream does
/// not know or limits and for a lossless route that refuses a loss, debug for mistakes of the client. Writes a few lines a second
/// for each code and route, and counts the rest. Any
/// thread. Never waits while an EventLog exists.
void report(const Error& error, const Refused& refused);
/// Logs how many lines `report` has held back, for each code and route. Call it once a second, from any thread.
void report_held();

/// The last error of a server that was passed to `report`; nothing if there is none.
[[nodiscard]] std::optional<Trouble> last_trouble(std::string_view backend, std::string_view server);

}  // namespace parley::gateway::observe
