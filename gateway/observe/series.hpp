// Answers, counted: for each operation of each route how many of which status and error, how long they took, how large
// they were.
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

/// Upper bounds of the latency histogram, in microseconds; a value on a bound belongs below it.
inline constexpr std::array<std::uint32_t, 16> latency_bounds = {
    50,     100,    250,     500,     1'000,   2'500,     5'000,     10'000,
    25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000};
/// The statuses that are told apart; all others are counted together, as 0.
inline constexpr std::array<int, 29> counted_statuses = {0,   101, 200, 201, 202, 204, 304, 400, 401, 403,
                                                         404, 405, 406, 408, 409, 413, 414, 415, 417, 422,
                                                         429, 431, 500, 501, 502, 503, 504, 505, 508};
/// Where a latency is counted: the last place is for what is above all bounds.
[[nodiscard]] std::size_t latency_slot(std::uint64_t microseconds) noexcept;
/// Where a status is counted.
[[nodiscard]] std::size_t status_slot(int status) noexcept;

/// One answer.
struct Answered {
  int status = 0;
  std::optional<Code> error{};     ///< of a refusal, whatever its status: some vendors refuse with 200
  std::uint64_t microseconds = 0;  ///< from the first byte of the request to the ready answer
  std::uint64_t received = 0;      ///< bytes of head and body
  std::uint64_t sent = 0;
};

/// What one worker has answered.
struct alignas(64) Tally {
  std::array<Counter, counted_statuses.size()> answers;
  std::array<Counter, code_count> errors;
  std::array<Counter, latency_bounds.size() + 1> latencies;
  Counter microseconds;
  Counter received;
  Counter sent;

  void count(const Answered& answer) noexcept;
};

/// Of one operation of one route. Stays at its place for as long as the process runs, since counters must not fall.
class Series {
 public:
  Series(std::string_view route, std::string_view style, std::string_view operation, std::size_t workers);

  const String route;
  const String style;
  const String operation;

  /// The worker's own; written on its thread, read by any.
  [[nodiscard]] Tally& of(std::size_t worker) noexcept { return tallies_[worker]; }
  /// The same of fields that were lost: nullptr but in a route's series of misses, where all its operations count.
  [[nodiscard]] LossTally* losses_of(std::size_t worker) noexcept { return losses_ ? &losses_[worker] : nullptr; }
  [[nodiscard]] std::size_t workers() const noexcept { return workers_; }

 private:
  std::size_t workers_;
  std::unique_ptr<Tally[]> tallies_;
  std::unique_ptr<LossTally[]> losses_;
};

/// All series that there ever were. Any thread; one is asked for when a route is made, not when it serves.
class SeriesTable {
 public:
  explicit SeriesTable(std::size_t workers) noexcept : workers_(workers) {}

  /// The series of that name, the old one where there was one. Valid as long as the table.
  [[nodiscard]] Series& named(std::string_view route, std::string_view style, std::string_view operation);
  /// All of them, in the order of their making.
  [[nodiscard]] List<Series*> all() const;

 private:
  const std::size_t workers_;
  mutable std::mutex mutex_;
  List<std::unique_ptr<Series>> series_;
};

}  // namespace parley::gateway::observe
