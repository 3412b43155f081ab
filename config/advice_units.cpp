// Advice on numbers with units: other spellings of a unit, fractions, sums, rates.
#include <algorithm>
#include <charconv>

#include "config/advice.hpp"
#include "config/age.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

using ascii::all_digits;
using ascii::is_letter;
using ascii::lower;

/// A spelling of a unit, and its size in the smallest unit.
struct Spelling {
  std::string_view name;
  std::uint64_t factor;
};
constexpr Spelling duration_spellings[] = {{"ms", 1},           {"msec", 1},         {"msecs", 1},
                                           {"millis", 1},       {"millisecond", 1},  {"milliseconds", 1},
                                           {"s", 1'000},        {"sec", 1'000},      {"secs", 1'000},
                                           {"second", 1'000},   {"seconds", 1'000},  {"m", 60'000},
                                           {"min", 60'000},     {"mins", 60'000},    {"minute", 60'000},
                                           {"minutes", 60'000}, {"h", 3'600'000},    {"hr", 3'600'000},
                                           {"hrs", 3'600'000},  {"hour", 3'600'000}, {"hours", 3'600'000},
                                           {"d", 86'400'000},   {"day", 86'400'000}, {"days", 86'400'000}};
constexpr Spelling size_spellings[] = {{"", 1},           {"b", 1},           {"byte", 1},        {"bytes", 1},
                                       {"k", 1U << 10U},  {"kb", 1U << 10U},  {"kib", 1U << 10U}, {"m", 1U << 20U},
                                       {"mb", 1U << 20U}, {"mib", 1U << 20U}, {"g", 1U << 30U},   {"gb", 1U << 30U},
                                       {"gib", 1U << 30U}};

/// The sum of numbers with units as people write them: `10 s`, `1.5m`, `1h30m`. nullopt: the text has no such form, or is too large.
std::optional<std::uint64_t> guess_units(std::string_view text, std::span<const Spelling> spellings) {
  constexpr std::uint64_t most = 1ULL << 42U;
  const String lowered = lower(text);
  std::string_view rest = lowered;
  std::uint64_t sum = 0;
  while (!rest.empty()) {
    const std::size_t number = std::min(rest.find_first_not_of("0123456789."), rest.size());
    const std::string_view digits = rest.substr(0, number);
    rest.remove_prefix(number);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter);
    const std::string_view unit = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(unit.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto known =
        std::find_if(spellings.begin(), spellings.end(), [unit](const Spelling& s) { return s.name == unit; });
    if (known == spellings.end()) return std::nullopt;

    const std::size_t dot = std::min(digits.find('.'), digits.size());
    std::string_view fraction = digits.substr(std::min(dot + 1, digits.size()));
    std::uint64_t whole = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + dot, whole);
    if (read.ec != std::errc{} || read.ptr != digits.data() + dot || whole > most) return std::nullopt;
    std::uint64_t value = whole * known->factor;
    if (value / known->factor != whole || value > most) return std::nullopt;
    if (!fraction.empty()) {
      std::uint64_t part = 0;
      std::uint64_t scale = 1;
      for (std::size_t i = 0; i < fraction.size(); ++i) scale *= 10;
      if (fraction.size() > 6 || !all_digits(fraction)) return std::nullopt;
      std::from_chars(fraction.data(), fraction.data() + fraction.size(), part);
      if (part * known->factor % scale != 0) return std::nullopt;
      value += part * known->factor / scale;
    }
    sum += value;
  }
  return sum;
}

/// The value as the codec writes it, without quotes.
template <class Codec>
String print(auto value) {
  Buffer out;
  Writer writer(out);
  Codec::write(value, writer);
  writer.finish();
  return String(out.view().substr(1, out.view().size() - 2));
}

}  // namespace

String advise_duration(std::string_view text) {
  if (all_digits(text) && text.size() < 9 && text != "0") return write(text) + "s or " + String(text) + "ms";
  const String lowered = lower(text);
  const bool no_limit =
      lowered == "off" || lowered == "never" || lowered == "none" || lowered == "unlimited" || lowered == "infinite";
  if (no_limit || lowered == "-1") return "there is always a limit: the longest is 24h";
  if (lowered == "0" || lowered.ends_with("us") || lowered.ends_with("ns")) return "the shortest is 1ms";
  const bool only_unit = !lowered.empty() && std::all_of(lowered.begin(), lowered.end(), is_letter);
  const auto guess = guess_units(only_unit ? '1' + lowered : lowered, duration_spellings);
  if (!guess || *guess == 0 || *guess > 86'400'000) return {};
  return write(print<DurationCodec>(std::chrono::milliseconds(*guess)));
}

String advise_age(std::string_view text) {
  if (all_digits(text) && text.size() < 5 && text != "0") return write(text) + "d or " + String(text) + "m";
  const String lowered = lower(text);
  constexpr std::string_view endless[] = {"0", "-1", "off", "never", "none", "forever", "unlimited", "infinite"};
  if (std::find(std::begin(endless), std::end(endless), lowered) != std::end(endless)) return write("never");
  const bool only_unit = !lowered.empty() && std::all_of(lowered.begin(), lowered.end(), is_letter);
  const auto guess = guess_units(only_unit ? '1' + lowered : lowered, duration_spellings);
  if (!guess || *guess == 0 || *guess % 1'000 != 0) return {};
  return write(print<AgeCodec>(std::optional(std::chrono::milliseconds(*guess))));
}

String advise_size(std::string_view text) {
  const String lowered = lower(text);
  if (lowered == "unlimited" || lowered == "off" || lowered == "none" || lowered == "infinite")
    return "there is always a limit";
  const auto guess = guess_units(text, size_spellings);
  return guess && *guess != 0 ? write(print<SizeText>(*guess)) : String();
}

std::optional<std::pair<String, String>> parse_rate(std::string_view text) {
  const std::size_t number = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view rest = text.substr(number);
  for (const std::string_view word : {" per ", "/", " / ", "r/"}) {
    if (!rest.starts_with(word)) continue;
    rest.remove_prefix(word.size());
    const String with_number = !rest.empty() && is_letter(rest.front()) ? '1' + String(rest) : String(rest);
    const auto time = guess_units(with_number, duration_spellings);
    if (number == 0 || !time || *time == 0) return std::nullopt;
    return std::pair(String(text.substr(0, number)), print<DurationCodec>(std::chrono::milliseconds(*time)));
  }
  return std::nullopt;
}

}  // namespace parley::config
