// To count an answer takes a table look-up, a short search and five additions (six for an error), without locked instructions.
#include "gateway/observe/series.hpp"

#include <algorithm>

namespace parley::gateway::observe {
namespace {

/// Maps a status to its index. A table, since every answer needs it.
constexpr auto status_slots = [] {
  std::array<std::uint8_t, 600> slots{};
  for (std::size_t i = 0; i < counted_statuses.size(); ++i) {
    slots[static_cast<std::size_t>(counted_statuses[i])] = static_cast<std::uint8_t>(i);
  }
  return slots;
}();

}  // namespace

std::size_t latency_slot(std::uint64_t microseconds) noexcept {
  const auto at = std::lower_bound(latency_bounds.begin(), latency_bounds.end(), microseconds);
  return static_cast<std::size_t>(at - latency_bounds.begin());
}

std::size_t status_slot(int status) noexcept {
  const auto at = static_cast<std::size_t>(status);
  return at < status_slots.size() ? status_slots[at] : 0;
}

void Tally::count(const Answered& answer) noexcept {
  answers[status_slot(answer.status)].add();
  if (answer.error) errors[static_cast<std::size_t>(*answer.error)].add();
  latencies[latency_slot(answer.microseconds)].add();
  microseconds.add(answer.microseconds);
  received.add(answer.received);
  sent.add(answer.sent);
}

Series::Series(std::string_view of_route, std::string_view of_style, std::string_view of_operation, std::size_t workers)
    : route(of_route),
      style(of_style),
      operation(of_operation),
      workers_(workers),
      tallies_(std::make_unique<Tally[]>(workers)),
      losses_(operation.empty() ? std::make_unique<LossTally[]>(workers) : nullptr) {}

Series& SeriesTable::named(std::string_view route, std::string_view style, std::string_view operation) {
  const std::scoped_lock lock(mutex_);
  const auto same = std::find_if(series_.begin(), series_.end(), [&](const std::unique_ptr<Series>& one) {
    return one->route == route && one->style == style && one->operation == operation;
  });
  if (same != series_.end()) return **same;
  return *series_.emplace_back(std::make_unique<Series>(route, style, operation, workers_));
}

List<Series*> SeriesTable::all() const {
  const std::scoped_lock lock(mutex_);
  List<Series*> all;
  for (const std::unique_ptr<Series>& one : series_) all.push_back(one.get());
  return all;
}

}  // namespace parley::gateway::observe
