// A revoked token stays revoked, however many others are revoked; and nobody can make it use much memory.
#include "adapters/login/revocations.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace parley;
using login::Revocations;
using login::TokenKind;

namespace {

constexpr std::int64_t now = 1'700'000'000;

Revocations::Owner owner(std::uint8_t who, TokenKind kind = TokenKind::access) {
  Revocations::Owner made{.whose = {}, .kind = kind};
  made.whose[0] = who;
  return made;
}

}  // namespace

TEST_CASE("revocations: a token is revoked with those before it, only for its owner, kind and line") {
  Revocations revocations;
  const Revocations::Line line{now + 60, 7};
  CHECK_FALSE(revocations.contains(owner(1), line, 0));
  CHECK(revocations.take_back(owner(1), line, 2, now));
  CHECK_FALSE(revocations.take_back(owner(1), line, 2, now));
  CHECK_FALSE(revocations.take_back(owner(1), line, 1, now));
  for (const std::uint64_t number : {0, 1, 2}) CHECK(revocations.contains(owner(1), line, number));
  CHECK_FALSE(revocations.contains(owner(1), line, 3));
  CHECK(revocations.take_back(owner(1), line, 3, now));
  CHECK(revocations.lines() == 1);  // however often it is renewed
  CHECK_FALSE(revocations.contains(owner(2), line, 0));
  CHECK_FALSE(revocations.contains(owner(1, TokenKind::refresh), line, 0));
  CHECK_FALSE(revocations.contains(owner(1), {now + 60, 8}, 0));
  CHECK_FALSE(revocations.contains(owner(1), {now + 61, 7}, 0));
}

TEST_CASE("revocations: one of several who take the same token back is told so") {
  constexpr int threads = 2;
  constexpr int tokens = 50'000;
  Revocations revocations(tokens);
  std::atomic<int> told{0};
  std::atomic<std::uint64_t> there{0};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&] {
      for (std::uint64_t id = 0; id < tokens; ++id) {
        ++there;
        // Not a barrier: a thread that a barrier wakes would be too late to meet the other one.
        for (int spins = 0; there < (id + 1) * threads; ++spins) {
          if (spins > 1000) std::this_thread::yield();
        }
        if (revocations.take_back(owner(1), {now + 60, id}, 0, now)) ++told;
      }
    });
  }
  for (std::thread& one : all) one.join();
  CHECK(told == tokens);
}

TEST_CASE("revocations: a flood by one owner forgets nothing, and revokes no other owner's tokens") {
  constexpr std::size_t bound = 64;
  Revocations revocations(bound);
  const Revocations::Line others{now + 10, 1};
  CHECK(revocations.take_back(owner(2), others, 0, now));
  for (std::uint64_t id = 0; id < 10'000; ++id) {
    const auto end = now + 1 + static_cast<std::int64_t>(id % 5000);
    revocations.take_back(owner(1), {end, id}, 0, now);
    CHECK(revocations.contains(owner(1), {end, id}, 0));
  }
  for (std::uint64_t id = 0; id < 10'000; ++id) {
    const auto end = now + 1 + static_cast<std::int64_t>(id % 5000);
    CHECK(revocations.contains(owner(1), {end, id}, 0));
  }
  CHECK(revocations.lines() <= bound + 1);
  CHECK(revocations.contains(owner(2), others, 0));
  CHECK_FALSE(revocations.contains(owner(2), {now + 10, 2}, 0));
  CHECK_FALSE(revocations.contains(owner(1, TokenKind::refresh), {now + 10, 2}, 0));
  CHECK_FALSE(revocations.contains(owner(1), {now + 5001, 2}, 0));  // a login after the flood

  const Revocations::Line pooled{now + 10, 1};  // pooled with its owner's other lines, which end at the same time
  for (std::uint64_t id = 0; id <= bound; ++id) CHECK(revocations.take_back(owner(3), {now + 10, id}, 0, now));
  CHECK(revocations.take_back(owner(4), others, 0, now));
  CHECK(revocations.contains(owner(3), pooled, 0));
}

TEST_CASE("revocations: a clock that was ahead for a while does not end later sessions") {
  Revocations revocations;
  const std::int64_t ahead = now + 86'400;
  CHECK(revocations.take_back(owner(1), {now + 60, 1}, 0, now));
  CHECK(revocations.take_back(owner(1), {ahead + 60, 1}, 0, ahead));
  CHECK_FALSE(revocations.contains(owner(1), {now + 90, 1}, 0));
  CHECK(revocations.contains(owner(1), {now + 60, 1}, 0));
  CHECK(revocations.contains(owner(1), {ahead + 60, 1}, 0));
}

TEST_CASE("revocations: ended lines use no memory, and stay revoked when the clock is set back") {
  Revocations revocations;
  for (std::uint64_t id = 0; id < 100; ++id) CHECK(revocations.take_back(owner(1), {now + 60, id}, 0, now));
  for (std::uint8_t who = 2; who < 12; ++who) CHECK(revocations.take_back(owner(who), {now + 30, 1}, 0, now));
  CHECK(revocations.take_back(owner(1), {now + 90, 1}, 0, now + 60));
  CHECK(revocations.lines() == 11);
  CHECK(revocations.contains(owner(1), {now + 60, 5}, 0));
  CHECK(revocations.owners() == 11);
  CHECK(revocations.take_back(owner(12), {now + 90, 1}, 0, now + 60));
  CHECK(revocations.owners() == 2);
  CHECK(revocations.contains(owner(1), {now + 90, 1}, 0));
}
