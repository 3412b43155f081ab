// The breaker by itself, on a clock of the test's own; then with a server behind it.
#include "adapters/upstream/breaker.hpp"

#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

using std::chrono::seconds;

Moment at(double second) {
  return Moment(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1000 + second)));
}

/// Lets a call through and reports it.
bool call(Breaker& breaker, double second, Verdict verdict) {
  if (!breaker.admit(at(second))) return false;
  breaker.report(at(second), verdict);
  return true;
}

}  // namespace

TEST_CASE("five connections that fail in a row open it; a good call in between does not let it come to that") {
  Breaker breaker;
  for (int round = 0; round < 4; ++round) CHECK(call(breaker, 0, Verdict::unreachable));
  CHECK(call(breaker, 0, Verdict::good));
  for (int round = 0; round < 5; ++round) CHECK(call(breaker, 1, Verdict::unreachable));
  CHECK_FALSE(breaker.admit(at(1)));
  CHECK(breaker.retry_after(at(1)) == 5);
  CHECK(breaker.retry_after(at(3.5)) == 3);
  CHECK_FALSE(breaker.admit(at(5.9)));
}

TEST_CASE("half of twenty calls within ten seconds open it") {
  struct Case {
    std::string name;
    int good, bad;
    double apart;  ///< seconds from call to call
    bool opens;
  };
  const Case cases[] = {
      {"half of 20", 10, 10, 0.1, true},
      {"less than half of 20", 11, 9, 0.1, false},
      {"all of 19", 0, 19, 0.1, false},
      {"all of 20", 0, 20, 0.1, true},
      {"half of 20 in a minute", 10, 10, 3, false},
      {"half of 200", 100, 100, 0.01, true},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Breaker breaker;
    double now = 0;
    for (int round = 0; round < one.good; ++round) call(breaker, now += one.apart, Verdict::good);
    for (int round = 0; round < one.bad; ++round) call(breaker, now += one.apart, Verdict::bad);
    CHECK(breaker.admit(at(now)) != one.opens);
  }
}

TEST_CASE("after its rest one call at a time tries, and a good one closes it") {
  Breaker breaker;
  for (int round = 0; round < 5; ++round) call(breaker, 0, Verdict::unreachable);
  CHECK(breaker.admit(at(5)));
  CHECK_FALSE(breaker.admit(at(5)));
  breaker.report(at(5.1), Verdict::bad);
  CHECK_FALSE(breaker.admit(at(10)));
  CHECK(breaker.admit(at(10.2)));
  breaker.report(at(10.2), Verdict::none);  // given up: another may try
  CHECK(breaker.admit(at(10.3)));
  CHECK_FALSE(breaker.admit(at(10.4)));
  CHECK(breaker.admit(at(41)));  // the last one never told
  breaker.report(at(41), Verdict::good);
  for (int round = 0; round < 4; ++round) CHECK(call(breaker, 41, Verdict::unreachable));
  CHECK(breaker.admit(at(41)));
}

TEST_CASE("an upstream that is down is not asked, by any worker, until it is worth it") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(502, "down"); }));
  const std::shared_ptr<Upstream> upstream = open(settings_for(server.url()));
  World world(upstream);
  for (int round = 0; round < 20; ++round) CHECK(world.good(get()).status == 502);
  World other(upstream);
  const Error error = other.bad(get());
  CHECK(error.code == Code::upstream_unreachable);
  CHECK(error.retryable);
  CHECK(error.retry_after >= 1);
  CHECK(error.retry_after <= 5);
  CHECK(server.requests().size() == 20);
}

}  // namespace parley::upstream::test
