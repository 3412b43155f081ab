// Pacing: the quota in every window, and the pauses that answers ask for.
#include "adapters/upstream/pacing.hpp"

#include <ctime>

#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

Moment at(double second) {
  return Moment(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1000 + second)));
}
double seconds_of(Moment moment) { return std::chrono::duration<double>(moment.time_since_epoch()).count() - 1000; }

std::int64_t epoch_ms() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

TEST_CASE("no window of the quota's length has more calls than the quota") {
  for (const std::int64_t calls : {1, 2, 3, 10, 300}) {
    CAPTURE(calls);
    const double per = 300;
    Pacer pacer({calls, milliseconds(300'000)});
    std::vector<double> went;
    for (int round = 0; round < 1000; ++round) went.push_back(seconds_of(pacer.reserve(at(0), Moment::max(), 0)));
    const auto quota = static_cast<std::size_t>(calls);
    std::size_t worst = 0;
    for (std::size_t first = 0, last = 0; first < went.size(); ++first) {
      while (last < went.size() && went[last] < went[first] + per - 1e-6) ++last;
      worst = std::max(worst, last - first);
    }
    CHECK(worst <= quota);
    CHECK(worst >= quota - 1);                                  // and all of the quota is used
    CHECK(went[std::max<std::size_t>(quota / 4, 1) - 1] == 0);  // a quarter of them at once
  }
}

TEST_CASE("a call whose turn would be too late uses no quota") {
  Pacer pacer({1, milliseconds(1000)});
  CHECK(pacer.reserve(at(0), at(0), 0) == at(0));
  for (int round = 0; round < 5; ++round) CHECK(pacer.reserve(at(0), at(0.5), 0) == at(1));
  CHECK(pacer.reserve(at(0), at(1), 0) == at(1));
  CHECK(pacer.reserve(at(10), at(10), 0) == at(10));
}

TEST_CASE("without a quota calls are not paced, but requested pauses are kept") {
  Pacer pacer({0, milliseconds(1000)});
  const Moment now = Clock::now();
  for (int round = 0; round < 5; ++round) CHECK(pacer.reserve(now, now, 0) == now);
  pacer.hold(now + std::chrono::seconds(9), 7);
  CHECK(pacer.reserve(now, now, 7) == now + std::chrono::seconds(9));
  CHECK(pacer.reserve(now, now, 8) == now);
  pacer.hold(now + std::chrono::seconds(5));
  CHECK(pacer.reserve(now, now, 8) == now + std::chrono::seconds(5));
}

TEST_CASE("the rest of the quota is the number of calls that may go at once") {
  for (const std::int64_t calls : {1, 3, 10, 300}) {
    for (const double second : {0.0, 1.0, 100.0, 299.0, 1000.0}) {
      CAPTURE(calls);
      CAPTURE(second);
      Pacer pacer({calls, milliseconds(300'000)});
      for (std::int64_t i = 0; i < std::max<std::int64_t>(calls / 4, 1); ++i) pacer.reserve(at(0), at(0), 0);
      REQUIRE(pacer.quota(at(second)));
      const std::int64_t left = pacer.quota(at(second))->left;
      CHECK(pacer.quota(at(second))->most == std::max<std::int64_t>(calls / 4, 1));
      if (second == 0.0) CHECK(left == 0);
      std::int64_t went = 0;
      while (pacer.reserve(at(second), at(second), 0) == at(second)) ++went;
      CHECK(left == went);
    }
  }
  Pacer resting({300, milliseconds(300'000)});
  CHECK(resting.quota(at(0))->left == 75);
  resting.hold(at(9));
  CHECK(resting.quota(at(0))->left == 0);
  CHECK(resting.quota(at(9))->left == 75);
  CHECK_FALSE(Pacer({0, milliseconds(1000)}).quota(at(0)));
}

TEST_CASE("Retry-After is read in every form") {
  struct Case {
    std::string text;
    int seconds;
  };
  const Case cases[] = {{"7", 7}, {"0", 0},    {"-5", 0},  {"99999999999999999999", 0},         {"1000000", 3600},
                        {"", 0},  {"soon", 0}, {"7.5", 0}, {"Sun, 06 Nov 1994 08:49:37 GMT", 0}};
  for (const Case& one : cases) {
    CAPTURE(one.text);
    Response response;
    response.add_header("retry-after", one.text);
    CHECK(retry_after_of(response) == one.seconds);
  }
  const std::time_t later = std::time(nullptr) + 100;
  char date[64];
  std::tm utc{};
  std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&later, &utc));
  Response response;
  response.add_header("Retry-After", date);
  CHECK(retry_after_of(response) >= 60);
  CHECK(retry_after_of(response) <= 100);
}

TEST_CASE("calls wait for their turn, or are refused if it would come too late") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  config::Backend settings = settings_for(server.url());
  settings.own.edit<parley::upstream::Settings>().quota = {2,
                                                           milliseconds(2000)};  // one at once, one in each two seconds
  World world(settings);
  const std::vector<Request> requests = {post("/1", "{}"), post("/2", "{}"), post("/3", "{}")};
  const contract::Call patient;
  const auto begun = std::chrono::steady_clock::now();
  const contract::Call hasty = within(milliseconds(3500));  // shorter than four seconds, when its turn would come
  std::vector<io::Task<Result<Response>>> tasks;
  tasks.push_back(world.client->send(requests[0], patient));
  tasks.push_back(world.client->send(requests[1], patient));
  tasks.push_back(world.client->send(requests[2], hasty));
  const auto results = world.loop.run_all(std::move(tasks));
  const auto took = std::chrono::steady_clock::now() - begun;
  CHECK(results[0].has_value());
  CHECK(results[1].has_value());
  REQUIRE(results[2].has_error());
  CHECK(results[2].error().code == Code::rate_limited);
  CHECK(results[2].error().retry_after >= 1);
  CHECK(results[2].error().retry_after <= 4);
  CHECK(took >= milliseconds(1900));
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a pause that an upstream asks for is kept") {
  struct Case {
    std::string name;
    std::string answer;
    bool all;   ///< all calls must pause
    bool same;  ///< calls to the same path must pause
  };
  const std::string reset = std::to_string(epoch_ms() + 60'000);
  const Case cases[] = {
      {"429", http_answer(429, "{}", {{"Retry-After", "60"}}), true, true},
      {"503", http_answer(503, "{}", {{"Retry-After", "60"}}), true, true},
      {"429 without", http_answer(429, "{}"), false, false},
      {"200 with", http_answer(200, "{}", {{"Retry-After", "60"}}), false, false},
      {"none left", http_answer(200, "{}", {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", reset}}), false,
       true},
      {"some left", http_answer(200, "{}", {{"X-RateLimit-Remaining", "3"}, {"X-RateLimit-Reset", reset}}), false,
       false},
      {"reset is past", http_answer(200, "{}", {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1"}}), false,
       false},
      {"reset is past all times",
       http_answer(200, "{}", {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "-9223372036854775808"}}), false,
       false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string&) { return one.answer; }));
    World world(server.url());
    Request request = get("/limited");
    request.target.query("page", "1");
    world.good(request);
    Request same = get("/limited");
    same.target.query("page", "2");
    const Result<Response> again = world.send(same);
    CHECK(again.has_error() == one.same);
    const Result<Response> other = world.send(get("/other"));
    CHECK(other.has_error() == one.all);
    if (one.same) {
      CHECK(again.error().code == Code::rate_limited);
      CHECK(again.error().retry_after >= 30);
      CHECK(again.error().retry_after <= 60);
    }
  }
}

}  // namespace parley::upstream::test
