// Rate limits: exact in a window over all threads; no key escapes among many others.
#include "gateway/limit/rate.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace parley;
using gateway::limit::Limiter;
using std::chrono::milliseconds;

namespace {

config::RateLimit five_a_minute() { return {.requests = 5, .per = milliseconds(60'000)}; }

}  // namespace

TEST_CASE("rate limit: each key has its number of requests in a window") {
  Limiter limiter(five_a_minute());
  const auto now = Limiter::Clock::now();
  for (int i = 4; i >= 0; --i) {
    const gateway::limit::Count count = limiter.take("a", now);
    CHECK(count.allowed);
    CHECK(count.remaining == i);
  }
  for (int i = 0; i < 3; ++i) {
    const gateway::limit::Count count = limiter.take("a", now);
    CHECK_FALSE(count.allowed);
    CHECK(count.remaining == 0);
    CHECK(count.left.count() > 0);
    CHECK(count.left <= milliseconds(60'000));
  }
  CHECK(limiter.take("b", now).remaining == 4);
}

TEST_CASE("rate limit: a new window begins for all keys") {
  Limiter limiter(five_a_minute());
  const auto now = Limiter::Clock::now();
  gateway::limit::Count count;
  for (int i = 0; i < 6; ++i) count = limiter.take("a", now);
  CHECK_FALSE(count.allowed);
  CHECK_FALSE(limiter.take("a", now + count.left - milliseconds(2)).allowed);
  CHECK(limiter.take("a", now + count.left + milliseconds(1)).remaining == 4);
  CHECK(limiter.take("a", now).remaining == 3);  // a delayed thread counts in the new window
}

TEST_CASE("rate limit: look() counts nothing") {
  Limiter limiter(five_a_minute());
  const auto now = Limiter::Clock::now();
  for (int i = 0; i < 10; ++i) CHECK(limiter.look("a", now).remaining == 5);
  for (int i = 0; i < 5; ++i) CHECK(limiter.take("a", now).allowed);
  CHECK_FALSE(limiter.look("a", now).allowed);
}

TEST_CASE("rate limit: the count is exact under concurrency") {
  constexpr int threads = 8;
  constexpr int takes = 20'000;
  const config::RateLimit settings{.requests = 50'000, .per = std::chrono::hours(1)};
  Limiter limiter(settings);
  const auto now = Limiter::Clock::now();
  std::atomic<int> allowed{0};
  std::atomic<int> of_others{0};
  std::latch together(threads);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&, i] {
      together.arrive_and_wait();
      for (int k = 0; k < takes; ++k) {
        if (limiter.take("shared", now).allowed) ++allowed;
        if (limiter.take("own" + std::to_string(i) + '/' + std::to_string(k % 100), now).allowed) ++of_others;
      }
    });
  }
  for (std::thread& one : all) one.join();
  CHECK(allowed == 50'000);
  CHECK(of_others == threads * takes);
}

TEST_CASE("rate limit: a busy key does not escape among very many others") {
  Limiter limiter(five_a_minute(), 256);
  const auto now = Limiter::Clock::now();
  int allowed = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (i % 100 == 0 && limiter.take("busy", now).allowed) ++allowed;
    limiter.take("flood" + std::to_string(i), now);
  }
  CHECK(allowed <= 5);
  CHECK(allowed >= 1);
}

TEST_CASE("rate limit: with the most keys, new ones are allowed unless all are busy") {
  Limiter limiter(five_a_minute(), 256);
  const auto now = Limiter::Clock::now();
  for (int i = 0; i < 300; ++i) CHECK(limiter.take("once" + std::to_string(i), now).allowed);
  CHECK(limiter.take("late", now).allowed);
}

TEST_CASE("rate limit: a reload keeps the counts if the limit is the same") {
  const auto limiter = gateway::limit::limiter_of(five_a_minute());
  REQUIRE(limiter != nullptr);
  CHECK(gateway::limit::limiter_of(five_a_minute(), limiter) == limiter);
  CHECK(gateway::limit::limiter_of({.requests = 6, .per = milliseconds(60'000)}, limiter) != limiter);
  CHECK(gateway::limit::limiter_of({.requests = 5, .per = milliseconds(60'001)}, limiter) != limiter);
  CHECK(gateway::limit::limiter_of({.requests = 5, .per = milliseconds(60'000), .by = config::RateLimit::By::route},
                                   limiter) != limiter);
  CHECK(gateway::limit::limiter_of({}, limiter) == nullptr);
}

TEST_CASE("rate limit: a client is an IPv4 address or an IPv6 network of 64 bits") {
  using gateway::limit::client_key;
  CHECK(client_key("192.0.2.1") == client_key("::ffff:192.0.2.1"));
  CHECK(client_key("192.0.2.1") != client_key("192.0.2.2"));
  CHECK(client_key("2001:db8:1:2::1") == client_key("2001:db8:1:2:ffff::9"));
  CHECK(client_key("2001:db8:1:2::1") != client_key("2001:db8:1:3::1"));
  CHECK(client_key("no address") == "no address");
}
