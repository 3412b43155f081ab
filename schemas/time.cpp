// ISO 8601 to the millisecond. It uses no locale, no allocation and not std::chrono's parsers, which are slow and missing in GCC 12.
#include "schemas/time.hpp"

#include <cstring>

namespace parley {
namespace {

void put_digits(char* at, unsigned value, int digits) noexcept {
  for (int i = digits - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

/// Reads exactly `digits` digits at `at`. Returns -1 if one is missing.
int take_digits(std::string_view text, std::size_t at, std::size_t digits) noexcept {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, char byte) noexcept { return at < text.size() && text[at] == byte; }

/// The UTC offset at `at`, in milliseconds. nullopt: not a valid offset, or there is text after it.
std::optional<std::int64_t> take_offset(std::string_view text, std::size_t at) noexcept {
  if (at == text.size()) return 0;  // no offset: UTC
  if (text[at] == 'Z' || text[at] == 'z') return at + 1 == text.size() ? std::optional<std::int64_t>(0) : std::nullopt;
  if (text[at] != '+' && text[at] != '-') return std::nullopt;
  const int hours = take_digits(text, at + 1, 2);
  const std::size_t colon = has(text, at + 3, ':') ? 1 : 0;
  const int minutes = take_digits(text, at + 3 + colon, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || at + 5 + colon != text.size()) return std::nullopt;
  const std::int64_t offset = (hours * 60 + minutes) * 60'000LL;
  return text[at] == '-' ? -offset : offset;
}

/// Whether `text` has the form of append_iso: `2021-05-26T10:30:16.036Z`. Looks at eight bytes at a time.
bool has_own_form(std::string_view text) noexcept {
  constexpr std::string_view form = "0000-00-00T00:00:00.000Z";  // 0: a digit
  constexpr std::uint64_t tops = 0x8080808080808080ULL;
  if (text.size() != form.size()) return false;
  std::uint64_t wrong = 0;
  for (std::size_t at = 0; at < form.size(); at += 8) {
    std::uint64_t word = 0;
    std::uint64_t wanted = 0;
    std::memcpy(&word, text.data() + at, 8);
    std::memcpy(&wanted, form.data() + at, 8);
    std::uint64_t digits = 0;  // 0xff where a digit is wanted
    for (std::size_t i = 0; i < 8; ++i) digits |= form[at + i] == '0' ? std::uint64_t{0xff} << (8 * i) : 0;
    const std::uint64_t value = word ^ wanted;  // of a digit: 0 to 9
    wrong |= value & ~digits;
    wrong |= (((value & ~tops) + 0x7676767676767676ULL) | value) & tops & digits;  // above 9
  }
  return wrong == 0;
}

/// The value of the digits from `from` on, which are known to be digits.
constexpr int digits_at(std::string_view text, std::size_t from, std::size_t count) noexcept {
  int value = 0;
  for (std::size_t at = from; at < from + count; ++at) value = value * 10 + (text[at] - '0');
  return value;
}

/// Milliseconds since 1970; nullopt if there is no such day or time of day. `fraction`: milliseconds.
std::optional<std::int64_t> milliseconds_of(int year, int month, int day, int hours, int minutes, int seconds,
                                            int fraction) noexcept {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hours > 23 || minutes > 59 || seconds > 59) return {};
  const std::int64_t of_day = ((hours * 60LL + minutes) * 60 + seconds) * 1000 + fraction;
  return std::chrono::sys_days(date).time_since_epoch().count() * 86'400'000LL + of_day;
}

}  // namespace

void append_iso(Time time, Buffer& out) {
  using namespace std::chrono;
  const Time::Point point{milliseconds(time.since_epoch)};
  const auto day = floor<days>(point);
  const year_month_day date(day);
  const auto rest = static_cast<unsigned>((point - day).count());
  char* at = out.prepare(24);
  put_digits(at, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  at[4] = '-';
  put_digits(at + 5, static_cast<unsigned>(date.month()), 2);
  at[7] = '-';
  put_digits(at + 8, static_cast<unsigned>(date.day()), 2);
  at[10] = 'T';
  put_digits(at + 11, rest / 3'600'000, 2);
  at[13] = ':';
  put_digits(at + 14, rest / 60'000 % 60, 2);
  at[16] = ':';
  put_digits(at + 17, rest / 1000 % 60, 2);
  at[19] = '.';
  put_digits(at + 20, rest % 1000, 3);
  at[23] = 'Z';
  out.commit(24);
}

std::optional<Time> parse_iso(std::string_view text, bool& exact) {
  if (has_own_form(text)) [[likely]] {
    const auto number = [text](std::size_t at, std::size_t count) { return digits_at(text, at, count); };
    const auto total = milliseconds_of(number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2),
                                       number(17, 2), number(20, 3));
    if (!total || *total < min_time || *total > max_time) return {};
    exact = true;
    return Time::at(*total);
  }
  const int year = take_digits(text, 0, 4);
  const int month = take_digits(text, 5, 2);
  const int day = take_digits(text, 8, 2);
  const int hours = take_digits(text, 11, 2);
  const int minutes = take_digits(text, 14, 2);
  const int seconds = take_digits(text, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hours < 0 || minutes < 0 || seconds < 0) return {};
  const bool separated = has(text, 4, '-') && has(text, 7, '-') && has(text, 13, ':') && has(text, 16, ':') &&
                         (text[10] == 'T' || text[10] == 't' || text[10] == ' ');
  if (!separated) return {};

  std::size_t at = 19;
  int fraction = 0;
  if (has(text, at, '.')) {
    ++at;
    std::size_t digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
      if (digits < 3) fraction = fraction * 10 + (text[at] - '0');
    }
    if (digits == 0 || digits > 9) return {};
    for (; digits < 3; ++digits) fraction *= 10;
  }
  const std::optional<std::int64_t> offset = take_offset(text, at);
  const std::optional<std::int64_t> utc = milliseconds_of(year, month, day, hours, minutes, seconds, fraction);
  if (!offset || !utc) return {};
  const std::int64_t total = *utc - *offset;
  if (total < min_time || total > max_time) return {};
  exact = false;
  return Time::at(total);
}

}  // namespace parley
