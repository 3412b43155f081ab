// Counts answers. For each operation of each route: number by status and error, latency, bytes.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "gateway/observe/counter.hpp"
#include "gateway/observe/loss_counts.hpp"
#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::observe {

/// Upper bounds of the latency histogram, in microseconds. A value equal to a bound is counted below it.
inline constexpr std::array<std::uint32_t, 16> latency_bounds = {
    50,     100,    250,     500,     1'000,   2'500,     5'000,     10'000,
    25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000};
/// The statuses that have their own count. All others are counted together, as 0.
inline constexpr std::array<int, 29> counted_statuses = {0,   101, 200, 201, 202, 204, 304, 400, 401, 403,
                                                         404, 405, 406, 408, 409, 413, 414, 415, 417, 422,
                                                         429, 431, 500, 501, 502, 503, 504, 505, 508};
/// The index of a latency's bucket. The last bucket is for values above all bounds.
[[nodiscard]] std::size_t latency_slot(std::uint64_t microseconds) noexcept;
/// The index of a status's count.
[[nodiscard]] std::size_t status_slot(int status) noexcept;

/// One answer.
struct Answered {
  int status = 0;
  std::optional<Code> error{};     ///< code of a refusal; some vendors refuse with status 200
  std::uint64_t microseconds = 0;  ///< from the first byte of the request to the complete answer
  std::uint64_t received = 0;      ///< bytes of head and body
  std::uint64_t sent = 0;
};

/// The counts of one worker.
struct alignas(64) Tally {
  std::array<Counter, counted_statuses.size()> answers;
  std::array<Counter, code_count> errors;
  std::array<Counter, latency_bounds.size() + 1> latencies;
  Counter microseconds;
  Counter received;
  Counter sent;

  void count(const Answered& answer) noexcept;
};

/// The counts of one operation of one route. Lives as long as the process, since counters must not fall.
class Series {
 public:
  Series(std::string_view route, std::string_view style, std::string_view operation, std::size_t workers);

  const String route;
  const String style;
  const String operation;

  /// The tally of a worker. Written on its thread, read by any.
  [[nodiscard]] Tally& of(std::size_t worker) noexcept { return tallies_[worker]; }
  /// The worker's counts of lost fields. Only the series with an empty operation has them, and counts the losses of the whole
  /// route; nullptr in the others.
  [[nodiscard]] LossTally* losses_of(std::size_t worker) noexcept { return losses_ ? &losses_[worker] : nullptr; }
  [[nodiscard]] std::size_t workers() const noexcept { return workers_; }

 private:
  std::size_t workers_;
  std::unique_ptr<Tally[]> tallies_;
  std::unique_ptr<LossTally[]> losses_;
};

/// All series of the process. Any thread. A series is looked up when a route is made, not for each request.
class SeriesTable {
 public:
  explicit SeriesTable(std::size_t workers) noexcept : workers_(workers) {}

  /// The series of these names; makes it if it does not exist. Valid as long as the table.
  [[nodiscard]] Series& named(std::string_view route, std::string_view style, std::string_view operation);
  /// All series, in the order in which they were made.
  [[nodiscard]] List<Series*> all() const;

 private:
  const std::size_t workers_;
  mutable std::mutex mutex_;
  List<std::unique_ptr<Series>> series_;
};

}  // namespace parley::gateway::observe
