// The cache's bounds, and when an entry stops being true.
#include "adapters/store/cache.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace parley;
using namespace parley::store;

namespace {

CachedRecord named(const String& name) {
  Visitor visitor;
  visitor.name = name;
  return Ref<Visitor>(visitor);
}

String name_of(const CachedRecord* record) { return record == nullptr ? "-" : std::get<Ref<Visitor>>(*record)->name; }

/// Two keys that do not share a slot.
String other_key(const String& key) {
  for (int at = 0;; ++at) {
    String other = "other" + std::to_string(at);
    if (slot_of(Kind::visitor, other) != slot_of(Kind::visitor, key)) return other;
  }
}

}  // namespace

TEST_CASE("an entry lasts until one of its slots is published") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  const Slot mine = slot_of(Kind::visitor, "a");
  const Slot other = slot_of(Kind::visitor, other_key("a"));
  cache.keep(Kind::visitor, "a", named("Ann"), versions->now(), {mine}, 10);
  CHECK(name_of(cache.find(Kind::visitor, "a")) == "Ann");
  CHECK(cache.find(Kind::token, "a") == nullptr);  // another key space

  versions->publish({other});
  CHECK(name_of(cache.find(Kind::visitor, "a")) == "Ann");
  versions->publish({mine});
  CHECK(cache.find(Kind::visitor, "a") == nullptr);
  CHECK(cache.size() == 0);
}

TEST_CASE("a record read while its slot was published is not believed") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  const Slot mine = slot_of(Kind::visitor, "a");
  const Versions::Number before_reading = versions->now();
  versions->publish({mine});  // commits while the record is being read
  cache.keep(Kind::visitor, "a", named("old"), before_reading, {mine}, 10);
  CHECK(cache.find(Kind::visitor, "a") == nullptr);
}

TEST_CASE("what is least recently used goes first, and the budget holds") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 40'000);
  for (int at = 0; at < 4; ++at)
    cache.keep(Kind::visitor, std::to_string(at), named(std::to_string(at)), versions->now(), {1}, 8000);
  REQUIRE(cache.size() == 4);
  CHECK(name_of(cache.find(Kind::visitor, "0")) == "0");
  cache.keep(Kind::visitor, "4", named("4"), versions->now(), {1}, 8000);
  CHECK(cache.find(Kind::visitor, "1") == nullptr);
  CHECK(name_of(cache.find(Kind::visitor, "0")) == "0");
  CHECK(cache.size() == 4);
  cache.keep(Kind::visitor, "huge", named("huge"), versions->now(), {1}, 20'000);
  CHECK(cache.find(Kind::visitor, "huge") == nullptr);
  cache.keep(Kind::visitor, "0", named("again"), versions->now(), {1}, 8000);
  CHECK(name_of(cache.find(Kind::visitor, "0")) == "again");
  CHECK(cache.size() == 4);
}
