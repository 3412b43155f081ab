// Formats a line of the operators' log as text or JSON.
#pragma once

#include <string_view>

#include "config/settings.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

/// Fields of a line beside its message. Empty ones are left out.
struct EventFields {
  std::string_view route{};
  std::string_view backend{};
  std::string_view upstream{};  ///< `host:port`
  std::string_view trace{};     ///< id
  std::string_view error{};     ///< name of the code; only in JSON, as the message has it too
};

/// Returns one line without its end. Text: `2026-11-29T18:19:52.123Z error MESSAGE route=… backend=… upstream=… trace=…`. JSON:
/// an object with `time`, `level`, `message` and the fields. Whatever the texts hold, the result is one line of limited length,
/// and JSON is UTF-8.
[[nodiscard]] String event_line(config::LogFormat format, Time time, config::LogLevel level, std::string_view message,
                                const EventFields& fields);

/// `debug`, `info`, `warn`, `error`, `off`.
[[nodiscard]] std::string_view name_of(config::LogLevel level) noexcept;
[[nodiscard]] std::optional<config::LogLevel> find_level(std::string_view name) noexcept;

/// The first `most` bytes of `text` on one line: control characters become `\xNN`. So a client or an upstream cannot add lines
/// to the log.
[[nodiscard]] String printable(std::string_view text, std::size_t most = 1000);

}  // namespace parley::gateway::observe
