// The key of a sample is its name with its labels, as in the text.
#include "tests/support/metrics.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

#include "tests/support/process.hpp"

namespace parley::test {

Metrics::Metrics(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# ")) continue;
    const std::size_t blank = line.rfind(' ');
    if (blank == std::string::npos || blank == 0) throw std::runtime_error("no sample: " + line);
    if (!samples_.emplace(line.substr(0, blank), line.substr(blank + 1)).second) {
      throw std::runtime_error("twice: " + line);
    }
  }
}

std::string Metrics::value(std::string_view name, std::string_view labels) const {
  std::string key(name);
  if (!labels.empty()) key.append("{").append(labels).append("}");
  const auto at = samples_.find(key);
  return at == samples_.end() ? "(none)" : at->second;
}

double Metrics::sum(std::string_view name) const {
  double all = 0;
  for (const auto& [key, value] : samples_) {
    if (key.substr(0, key.find('{')) == name) all += std::stod(value);
  }
  return all;
}

void check_with_promtool(const std::string& text) {
  if (run({.command = {"sh", "-c", "command -v promtool"}}).code != 0) {
    MESSAGE("skipped: no promtool here");
    return;
  }
  const Finished checked = run({.command = {"promtool", "check", "metrics"}, .input = text});
  CAPTURE(checked.err);
  CAPTURE(checked.out);
  CHECK(checked.code == 0);
  CHECK(checked.out.empty());
  CHECK(checked.err.empty());
}

}  // namespace parley::test
