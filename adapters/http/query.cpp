// Pairs are split before they are decoded, so an escaped `&` stays inside its value.
#include "adapters/http/query.hpp"

#include "adapters/http/percent.hpp"
#include "schemas/ascii.hpp"

namespace parley::http {

std::optional<std::pair<std::string_view, std::string_view>> QueryPairs::next() noexcept {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('&');
    const std::string_view pair = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return std::pair{pair, std::string_view{}};
    return std::pair{pair.substr(0, equals), pair.substr(equals + 1)};
  }
  return {};
}

std::optional<String> query_value(std::string_view query, std::string_view name, bool ignore_case) {
  QueryPairs pairs(query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = percent_decode(pair->first, true);
    if (!key || (ignore_case ? !ascii::same_ignoring_case(*key, name) : *key != name)) continue;
    return percent_decode(pair->second, true);
  }
  return {};
}

}  // namespace parley::http
