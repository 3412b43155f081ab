// Writes metrics in the Prometheus text format, version 0.0.4.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "schemas/text.hpp"

namespace parley::gateway::observe {

using Label = std::pair<std::string_view, std::string_view>;

/// Appends metric families: call `family`, then `sample` for each of its samples.
class Exposition {
 public:
  enum class Kind : std::uint8_t { counter, gauge, histogram };

  /// Begins a family. `name` must be a valid metric name and outlive the calls of `sample`.
  void family(std::string_view name, Kind kind, std::string_view about);
  void sample(std::span<const Label> labels, double value) { sample({}, labels, value); }
  void sample(double value) { sample({}, {}, value); }
  /// A sample of a histogram: `suffix` is `_bucket`, `_sum` or `_count`.
  void sample(std::string_view suffix, std::span<const Label> labels, double value);

  [[nodiscard]] String take() && { return std::move(text_); }

 private:
  String text_;
  std::string_view name_;
};

/// The shortest text that reads as the same number: `0.25`, `5e-05`, `17`.
[[nodiscard]] String number_text(double value);

}  // namespace parley::gateway::observe
