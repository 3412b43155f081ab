// The log for operators: lines on standard error, written by a thread of spdlog's own. Process-wide.
#pragma once

#include <optional>
#include <string_view>

#include "config/settings.hpp"
#include "gateway/observe/event_line.hpp"
#include "gateway/observe/troubles.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::observe {

/// While one lives, lines are written by another thread, and dropped where that falls behind; before and after, at
/// once.
class EventLog {
 public:
  explicit EventLog(const config::Log& settings);
  /// Writes what waits.
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// Lines dropped since the start of the first one. Any thread.
  [[nodiscard]] static std::uint64_t dropped() noexcept;
};

/// Any thread, at any time.
void set_level(config::LogLevel level) noexcept;
[[nodiscard]] config::LogLevel level() noexcept;
void set_format(config::LogFormat format) noexcept;
[[nodiscard]] config::LogFormat format() noexcept;

/// Writes a line, where its level is logged. Any thread; never waits.
void log(config::LogLevel level, std::string_view message, const EventFields& fields = {});

/// A request that was refused.
struct Refused {
  std::string_view method{};
  std::string_view endpoint{};  ///< its pattern
  std::string_view route{};
  std::string_view backend{};
  std::string_view upstream{};  ///< `host:port` that was called last; empty where no call was wanted
  std::string_view trace{};
};

/// Whether `report` would write of that error.
[[nodiscard]] bool wants(const Error& error, const Refused& refused) noexcept;
/// Logs a refused request: as an error what an operator has to know of, as a warning what an upstream does not know or has too
/// much of, as debug what is the client's own fault. Of one code a few lines a second are written and the others counted. Any
/// thread; never waits.
void report(const Error& error, const Refused& refused);
/// Says how many lines `report` has held back. Once a second, from any thread.
void report_held();

/// The last error of a server that `report` was told of.
[[nodiscard]] std::optional<Trouble> last_trouble(std::string_view backend, std::string_view server);

}  // namespace parley::gateway::observe
