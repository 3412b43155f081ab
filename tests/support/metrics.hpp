// Metrics in the text format of Prometheus, as tests read them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace parley::test {

class Metrics {
 public:
  /// Throws std::runtime_error where a line is none of the format, or a sample is there twice.
  explicit Metrics(const std::string& text);
  /// The value of a sample as text; `labels` as they stand between the braces. `(none)` where there is no such sample.
  [[nodiscard]] std::string value(std::string_view name, std::string_view labels = {}) const;
  /// The values of all samples of that name, added up.
  [[nodiscard]] double sum(std::string_view name) const;

 private:
  std::map<std::string, std::string> samples_;
};

/// `promtool check metrics` must find nothing. Only a message where there is no promtool (Debian's package prometheus;
/// scripts/test brings it).
void check_with_promtool(const std::string& text);

}  // namespace parley::test
