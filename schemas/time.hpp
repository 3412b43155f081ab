// Points in time, to the millisecond, and their ISO 8601 form.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/buffer.hpp"

namespace parley {

/// A point in time in UTC, in milliseconds, from year 0 to 9999; or `none` (the default): not known.
struct Time {
  using Point = std::chrono::sys_time<std::chrono::milliseconds>;

  static constexpr std::int64_t none = INT64_MIN;
  std::int64_t since_epoch = none;  ///< milliseconds

  static constexpr Time at(std::int64_t milliseconds) noexcept { return Time{milliseconds}; }
  static Time now() noexcept {
    return at(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()).time_since_epoch().count());
  }
  [[nodiscard]] constexpr bool known() const noexcept { return since_epoch != none; }
  friend constexpr auto operator<=>(const Time&, const Time&) = default;
};

inline constexpr std::int64_t min_time = -62167219200000;  ///< 0000-01-01T00:00:00.000Z
inline constexpr std::int64_t max_time = 253402300799999;  ///< 9999-12-31T23:59:59.999Z

/// Appends `2021-05-26T10:30:16.036Z`. `time` must be known.
void append_iso(Time time, Buffer& out);

/// Reads an ISO 8601 time: `T` or a space before the time of day; no fraction, or 1 to 9 digits, cut to three; then `Z`, an offset
/// (`+hh:mm`, `+hhmm`) or nothing, which is UTC. Returns nullopt if it is not a time or not in the years 0 to 9999; `exact` is then
/// unchanged. Otherwise `exact` says whether append_iso would write the same bytes.
std::optional<Time> parse_iso(std::string_view text, bool& exact);

}  // namespace parley
