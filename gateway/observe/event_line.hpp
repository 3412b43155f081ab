// A line of the operators' log, for people or for programs.
#pragma once

#include <string_view>

#include "config/settings.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

/// What a line is about, beside its message. Those that are empty are left out.
struct EventFields {
  std::string_view route{};
  std::string_view backend{};
  std::string_view upstream{};  ///< `host:port`
  std::string_view trace{};     ///< id
  std::string_view error{};     ///< name of the code; in a line for people the message has it
};

/// One line without its end. Text: `2026-11-29T18:19:52.123Z error MESSAGE route=… backend=… upstream=… trace=…`. JSON: an
/// object with `time`, `level`, `message` and the fields. Whatever the texts hold, it is one line, bounded, and in JSON UTF-8.
[[nodiscard]] String event_line(config::LogFormat format, Time time, config::LogLevel level, std::string_view message,
                                const EventFields& fields);

/// `debug`, `info`, `warn`, `error`, `off`.
[[nodiscard]] std::string_view name_of(config::LogLevel level) noexcept;
[[nodiscard]] std::optional<config::LogLevel> find_level(std::string_view name) noexcept;

/// The beginning of `text` as one line of printable characters: what a client or an upstream sent must not write lines of its
/// own.
[[nodiscard]] String printable(std::string_view text, std::size_t most = 1000);

}  // namespace parley::gateway::observe
