// Reads metrics in the text format of Prometheus.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace parley::test {

/// The samples of one scrape.
class Metrics {
 public:
  /// Throws std::runtime_error if a line is not in the format, or a sample occurs twice.
  explicit Metrics(const std::string& text);
  /// The value of a sample as text, or `(none)`. `labels` is the text between the braces.
  [[nodiscard]] std::string value(std::string_view name, std::string_view labels = {}) const;
  /// The sum of all samples with that name.
  [[nodiscard]] double sum(std::string_view name) const;

 private:
  std::map<std::string, std::string> samples_;
};

/// Checks that `promtool check metrics` reports nothing. Without promtool it only prints a message. promtool is in Debian's package
/// prometheus, which scripts/test installs.
void check_with_promtool(const std::string& text);

}  // namespace parley::test
