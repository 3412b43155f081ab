// The query of a target, or a body of `application/x-www-form-urlencoded`: `a=1&b=2`.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "schemas/text.hpp"

namespace parley::http {

/// Walks the undecoded pairs of a query and skips empty ones.
class QueryPairs {
 public:
  explicit QueryPairs(std::string_view query) noexcept : rest_(query) {}
  /// The next (name, value), undecoded; nullopt at the end.
  std::optional<std::pair<std::string_view, std::string_view>> next() noexcept;

 private:
  std::string_view rest_;
};

/// The decoded value of the first pair whose decoded name is `name` (`ignore_case`: in any ASCII case). nullopt: there
/// is no such pair, or its value cannot be decoded.
[[nodiscard]] std::optional<String> query_value(std::string_view query, std::string_view name,
                                                bool ignore_case = false);

}  // namespace parley::http
