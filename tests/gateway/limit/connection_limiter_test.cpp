// Counts of connections: in total, and for one client.
#include "gateway/limit/connection_limiter.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace parley::gateway::limit {

TEST_CASE("connections are counted in total and by client, and places are freed") {
  ConnectionLimiter limiter;
  List<ConnectionLimiter::Place> places;
  const auto enter = [&](std::string_view address, std::int64_t most, std::int64_t per_client) {
    ConnectionLimiter::Place place = limiter.enter(address, most, per_client);
    const bool got = static_cast<bool>(place);
    if (got) places.push_back(std::move(place));
    return got;
  };
  CHECK(enter("192.0.2.1", 4, 2));
  CHECK(enter("192.0.2.1", 4, 2));
  CHECK_FALSE(enter("192.0.2.1", 4, 2));
  CHECK(enter("192.0.2.2", 4, 2));
  CHECK(enter("192.0.2.3", 4, 2));
  CHECK_FALSE(enter("192.0.2.4", 4, 2));
  CHECK(limiter.size() == 4);
  places.erase(places.begin());
  CHECK(limiter.size() == 3);
  CHECK(enter("192.0.2.1", 4, 2));
  CHECK_FALSE(enter("192.0.2.1", 100, 2));
  CHECK(enter("192.0.2.1", 100, 0));  // no limit
  places.clear();
  CHECK(limiter.size() == 0);
  CHECK(enter("192.0.2.1", 1, 1));
}

TEST_CASE("all addresses of an IPv6 /64 are one client") {
  ConnectionLimiter limiter;
  const ConnectionLimiter::Place one = limiter.enter("2001:db8:1:2::1", 10, 1);
  CHECK(one);
  CHECK_FALSE(limiter.enter("2001:db8:1:2:ffff:ffff:ffff:ffff", 10, 1));
  CHECK_FALSE(limiter.enter("2001:db8:1:2:0:0:0:2", 10, 1));
  CHECK(limiter.enter("2001:db8:1:3::1", 10, 1));
  CHECK(limiter.size() == 1);
}

TEST_CASE("a moved place is freed once") {
  ConnectionLimiter limiter;
  {
    ConnectionLimiter::Place first = limiter.enter("192.0.2.1", 10, 0);
    ConnectionLimiter::Place second = std::move(first);
    ConnectionLimiter::Place third;
    third = std::move(second);
    CHECK(limiter.size() == 1);
    CHECK(third);
  }
  CHECK(limiter.size() == 0);
}

TEST_CASE("with many threads, every place is freed") {
  ConnectionLimiter limiter;
  List<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&limiter, thread] {
      for (int i = 0; i < 2000; ++i) {
        const ConnectionLimiter::Place same = limiter.enter("192.0.2.1", 6, 3);
        const ConnectionLimiter::Place own = limiter.enter("192.0.2." + std::to_string(thread + 10), 6, 3);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(limiter.size() == 0);
  List<ConnectionLimiter::Place> all;
  for (int i = 0; i < 3; ++i) all.push_back(limiter.enter("192.0.2.1", 6, 3));
  for (const ConnectionLimiter::Place& place : all) CHECK(place);
}

}  // namespace parley::gateway::limit
