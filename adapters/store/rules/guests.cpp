// The first guest has number two, as in Rocket.Chat.
#include "adapters/store/rules/guests.hpp"

#include <algorithm>
#include <charconv>

namespace parley::store {
namespace {

constexpr std::string_view prefix = "guest-";
constexpr std::int64_t first_guest = 2;

}  // namespace

String next_guest(std::int64_t& counter) {
  counter = std::max(counter + 1, first_guest);
  return String(prefix) + std::to_string(counter);
}

std::optional<std::int64_t> guest_number(std::string_view username) noexcept {
  if (!username.starts_with(prefix)) return std::nullopt;
  const std::string_view digits = username.substr(prefix.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  if (!whole || digits.size() > 9 || number < 0) return std::nullopt;
  return number;
}

}  // namespace parley::store
