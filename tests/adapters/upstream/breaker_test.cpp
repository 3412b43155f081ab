// The breaker alone, with a clock of the test; then with a server behind it.
#include "adapters/upstream/breaker.hpp"

#include "adapters/upstream/server.hpp"
#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

using std::chrono::seconds;

Moment at(double second) {
  return Moment(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1000 + second)));
}

/// Asks for a call and, if it may go, reports its verdict.
bool call(Breaker& breaker, double second, Verdict verdict) {
  if (!breaker.admit(at(second))) return false;
  breaker.report(at(second), verdict);
  return true;
}

}  // namespace

TEST_CASE("five failed connections in a row open the breaker; a good call starts the count again") {
  Breaker breaker;
  for (int round = 0; round < 4; ++round) CHECK(call(breaker, 0, Verdict::unreachable));
  CHECK(call(breaker, 0, Verdict::good));
  for (int round = 0; round < 5; ++round) CHECK(call(breaker, 1, Verdict::unreachable));
  CHECK_FALSE(breaker.admit(at(1)));
  CHECK(breaker.retry_after(at(1)) == 5);
  CHECK(breaker.retry_after(at(3.5)) == 3);
  CHECK_FALSE(breaker.admit(at(5.9)));
}

TEST_CASE("half of twenty bad calls within ten seconds open the breaker") {
  struct Case {
    std::string name;
    int good, bad;
    double apart;  ///< seconds between calls
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

TEST_CASE("after its pause the breaker lets one call at a time through, and a good one closes it") {
  Breaker breaker;
  for (int round = 0; round < 5; ++round) call(breaker, 0, Verdict::unreachable);
  CHECK(breaker.admit(at(5)));
  CHECK_FALSE(breaker.admit(at(5)));
  breaker.report(at(5.1), Verdict::bad);
  CHECK_FALSE(breaker.admit(at(10)));
  CHECK(breaker.admit(at(10.2)));
  breaker.report(at(10.2), Verdict::none);  // the caller gave up, so another call may try
  CHECK(breaker.admit(at(10.3)));
  CHECK_FALSE(breaker.admit(at(10.4)));
  CHECK(breaker.admit(at(41)));  // the last one was never reported
  breaker.report(at(41), Verdict::good);
  for (int round = 0; round < 4; ++round) CHECK(call(breaker, 41, Verdict::unreachable));
  CHECK(breaker.admit(at(41)));
}

TEST_CASE("while the breaker is open, no worker calls the upstream") {
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

TEST_CASE("each change of a breaker is reported once, with server, durations and reason") {
  struct Sink final : contract::EventSink {
    void store_swept(const contract::StoreSwept&) noexcept override {}
    void breaker_changed(const contract::BreakerChange& change) noexcept override {
      told.push_back(
          String(change.backend).append(" ").append(change.server).append(" ").append(name_of(change.before)) + "->" +
          String(name_of(change.now)) + ": " + String(change.why));
      rest = change.rest;
      down = change.down;
    }
    std::vector<String> told;
    milliseconds rest{};
    milliseconds down{};
  };
  const config::Backend settings = settings_for("http://127.0.0.1:8443");
  const auto upstream = std::static_pointer_cast<Server>(open(settings));
  const auto sink = std::make_shared<Sink>();
  upstream->report_to(sink);
  const Moment start = Clock::now();
  const auto call = [&](Clock::duration when, Verdict verdict, std::string_view why) {
    const Moment now = start + when;
    if (!upstream->admit(now, now, 0)) return false;
    upstream->report(now, now, verdict, nullptr, 0, why);
    return true;
  };
  using std::chrono::seconds;
  for (int round = 0; round < 5; ++round) CHECK(call(seconds(0), Verdict::unreachable, "refused"));
  const Result<Moment> denied = upstream->admit(start + seconds(1), start + seconds(1), 0);
  REQUIRE(denied.has_error());
  CHECK(denied.error().detail == "known to be down: refused");
  CHECK(sink->rest == seconds(5));
  CHECK(sink->down == seconds(0));
  CHECK(call(seconds(5), Verdict::bad, "status 503"));
  CHECK(call(seconds(10), Verdict::good, {}));
  CHECK(sink->down == seconds(10));
  CHECK(sink->told ==
        std::vector<String>{"support 127.0.0.1:8443 closed->open: refused",
                            "support 127.0.0.1:8443 open->trying: ", "support 127.0.0.1:8443 trying->open: status 503",
                            "support 127.0.0.1:8443 open->trying: ", "support 127.0.0.1:8443 trying->closed: "});
}

TEST_CASE("the state of an upstream: its address, its breaker, its quota") {
  const auto upstream =
      std::static_pointer_cast<Server>(open(settings_for("https://[::1]"), {300, milliseconds(60'000)}));
  List<contract::UpstreamStatus> all;
  upstream->describe(all);
  REQUIRE(all.size() == 1);
  CHECK(all[0].server == "[::1]:443");
  CHECK(all[0].secure);
  CHECK(all[0].breaker == contract::BreakerState::closed);
  CHECK(std::chrono::system_clock::now() - all[0].since < std::chrono::minutes(1));
  CHECK(all[0].quota_calls == 300);
  CHECK(all[0].quota_per == milliseconds(60'000));
}

}  // namespace parley::upstream::test
