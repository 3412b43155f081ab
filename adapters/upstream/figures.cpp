// Each figure of the second server is added to the figure of the same name and label.
#include "adapters/upstream/figures.hpp"

#include <algorithm>

namespace parley::upstream {

void measure_both(const Upstream& first, const Upstream& second, List<contract::Figure>& figures) {
  const std::size_t before = figures.size();
  first.measure(figures);
  List<contract::Figure> others;
  second.measure(others);
  for (const contract::Figure& other : others) {
    if (other.name.starts_with("upstream_quota_")) continue;
    const auto same = std::find_if(
        figures.begin() + static_cast<std::ptrdiff_t>(before), figures.end(),
        [&other](const contract::Figure& one) { return one.name == other.name && one.word == other.word; });
    if (same == figures.end()) {
      figures.push_back(other);
    } else if (other.name == "upstream_breaker") {
      same->value = std::max(same->value, other.value);
    } else {
      same->value += other.value;
    }
  }
}

void measure_times_of_both(const Upstream& first, const Upstream& second, List<contract::Timing>& timings) {
  const std::size_t before = timings.size();
  first.measure_times(timings);
  List<contract::Timing> others;
  second.measure_times(others);
  for (const contract::Timing& other : others) {
    const auto same = std::find_if(
        timings.begin() + static_cast<std::ptrdiff_t>(before), timings.end(),
        [&other](const contract::Timing& one) { return one.name == other.name && one.word == other.word; });
    if (same == timings.end()) {
      timings.push_back(other);
      continue;
    }
    for (std::size_t slot = 0; slot < contract::Durations::slots; ++slot) {
      same->durations.counts[slot] += other.durations.counts[slot];
    }
    same->durations.sum += other.durations.sum;
  }
}

}  // namespace parley::upstream
