// Counts of answers: where a value is counted, and that series outlive their routes.
#include "gateway/observe/series.hpp"

#include <doctest/doctest.h>

#include <numeric>

namespace parley::test {
namespace {

using gateway::observe::latency_bounds;
using gateway::observe::latency_slot;
using gateway::observe::Series;
using gateway::observe::SeriesTable;
using gateway::observe::Tally;

}  // namespace

TEST_CASE("latencies: a value on a bound counts below it, the next one above") {
  CHECK(latency_slot(0) == 0);
  for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
    CAPTURE(latency_bounds[i]);
    CHECK(latency_slot(latency_bounds[i] - 1) == i);
    CHECK(latency_slot(latency_bounds[i]) == i);
    CHECK(latency_slot(latency_bounds[i] + 1) == i + 1);
  }
  CHECK(latency_slot(UINT64_MAX) == latency_bounds.size());
}

TEST_CASE("statuses: listed ones have their own count, all others share one") {
  for (std::size_t i = 1; i < gateway::observe::counted_statuses.size(); ++i) {
    CHECK(gateway::observe::status_slot(gateway::observe::counted_statuses[i]) == i);
  }
  for (const int other : {-1, 0, 1, 100, 299, 418, 599, 600, 1000, INT32_MIN, INT32_MAX}) {
    CAPTURE(other);
    CHECK(gateway::observe::status_slot(other) == 0);
  }
}

TEST_CASE("an answer is counted once, with its time and its bytes, for the worker that gave it") {
  Series series("crm", "enghouse", "GetChatContact", 2);
  series.of(1).count({.status = 200, .microseconds = 100, .received = 300, .sent = 4000});
  series.of(1).count({.status = 404, .microseconds = 6'000'000, .received = 200, .sent = 90});
  const Tally& tally = series.of(1);
  CHECK(tally.answers[gateway::observe::status_slot(200)].value() == 1);
  CHECK(tally.answers[gateway::observe::status_slot(404)].value() == 1);
  CHECK(tally.latencies[1].value() == 1);
  CHECK(tally.latencies.back().value() == 1);
  CHECK(tally.microseconds.value() == 6'000'100);
  CHECK(tally.received.value() == 500);
  CHECK(tally.sent.value() == 4090);
  const auto all = std::accumulate(tally.answers.begin(), tally.answers.end(), std::uint64_t{0},
                                   [](std::uint64_t sum, const auto& one) { return sum + one.value(); });
  CHECK(all == 2);
  CHECK(series.of(0).sent.value() == 0);
}

TEST_CASE("a refusal is counted by its code, whatever its status") {
  Series series("crm", "enghouse", "GetChatContact", 1);
  series.of(0).count({.status = 200});
  series.of(0).count({.status = 200, .error = Code::upstream_unreachable});
  series.of(0).count({.status = 404, .error = Code::no_such_chat});
  const auto errors = [&series](Code code) { return series.of(0).errors[static_cast<std::size_t>(code)].value(); };
  CHECK(errors(Code::upstream_unreachable) == 1);
  CHECK(errors(Code::no_such_chat) == 1);
  CHECK(errors(Code::internal) == 0);
  CHECK(errors(Code{}) == 0);
}

TEST_CASE("lost fields are counted for a whole route, in its series without an operation") {
  Series misses("crm", "enghouse", "", 2);
  Series operation("crm", "enghouse", "GetChatContact", 2);
  CHECK(misses.losses_of(0) != nullptr);
  CHECK(misses.losses_of(1) != misses.losses_of(0));
  CHECK(operation.losses_of(0) == nullptr);
}

TEST_CASE("the same names give the same series: counters do not fall after a reload") {
  SeriesTable table(1);
  Series& first = table.named("crm", "enghouse", "GetChatContact");
  first.of(0).count({.status = 200});
  CHECK(&table.named("crm", "enghouse", "GetVisitor") != &first);
  CHECK(&table.named("crm", "comm100", "GetChatContact") != &first);
  CHECK(&table.named("other", "enghouse", "GetChatContact") != &first);
  CHECK(&table.named("crm", "enghouse", "GetChatContact") == &first);
  CHECK(table.all().size() == 4);
}

}  // namespace parley::test
