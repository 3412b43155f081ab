// The log for operators: lines on standard error, written by a thread of spdlog's own. Process-wide.
#pragma once

#include <optional>
#include <string_view>

#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::observe {

/// While one lives, lines are written by another thread, and dropped where that falls behind; before and after, at
/// once.
class EventLog {
 public:
  explicit EventLog(config::LogLevel level);
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
/// `debug`, `info`, `warn`, `error`, `off`.
[[nodiscard]] std::string_view name_of(config::LogLevel level) noexcept;
[[nodiscard]] std::optional<config::LogLevel> find_level(std::string_view name) noexcept;

/// Logs a refused request: as an error what an operator has to know of, as debug what is the client's own fault. Of one
/// code a few lines a second are written and the others counted. Any thread; never waits.
void report(const Error& error, std::string_view method, std::string_view endpoint);
/// Says how many lines `report` has held back. Once a second, from any thread.
void report_held();

/// `text` as one line of printable characters, cut short: what a client or an upstream sent must not write lines of its
/// own.
[[nodiscard]] String printable(std::string_view text);

}  // namespace parley::observe
