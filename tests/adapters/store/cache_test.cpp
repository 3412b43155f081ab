// The limits of the cache, and when an entry becomes outdated.
#include "adapters/store/cache.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace parley;
using namespace parley::store;

namespace {

CachedAnswer named(const String& name) {
  Visitor visitor;
  visitor.name = name;
  return Ref<Visitor>(visitor);
}

CachedAnswer page_of(const String& name) {
  Visitor visitor;
  visitor.name = name;
  return Page<Visitor>{{visitor}};
}

String first_of(const CachedAnswer* page) {
  return page == nullptr ? String("-") : std::get<Page<Visitor>>(*page).records.at(0)->name.str();
}

String name_of(const CachedAnswer* record) {
  return record == nullptr ? String("-") : std::get<Ref<Visitor>>(*record)->name.str();
}

/// A key that does not share a slot with `key`.
String other_key(const String& key) {
  for (int at = 0;; ++at) {
    String other = "other" + std::to_string(at);
    if (slot_of(Kind::visitor, other) != slot_of(Kind::visitor, key)) return other;
  }
}

}  // namespace

TEST_CASE("an entry is current until one of its slots is published") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  const Slot mine = slot_of(Kind::visitor, "a");
  const Slot other = slot_of(Kind::visitor, other_key("a"));
  cache.keep(Kind::visitor, "a", named("Ann"), versions->now(), {mine}, 10);
  CHECK(name_of(cache.find(Kind::visitor, "a")) == "Ann");
  CHECK(cache.find(Kind::token, "a") == nullptr);  // another kind of key

  versions->publish({other});
  CHECK(name_of(cache.find(Kind::visitor, "a")) == "Ann");
  versions->publish({mine});
  CHECK(cache.find(Kind::visitor, "a") == nullptr);
  CHECK(cache.size() == 0);
}

TEST_CASE("a record that was read during a publication of its slot is not used") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  const Slot mine = slot_of(Kind::visitor, "a");
  const Versions::Number before_reading = versions->now();
  versions->publish({mine});  // a commit while the record is being read
  cache.keep(Kind::visitor, "a", named("old"), before_reading, {mine}, 10);
  CHECK(cache.find(Kind::visitor, "a") == nullptr);
}

TEST_CASE("the least recently used records are dropped first, and the budget is kept") {
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

TEST_CASE("a list is current until anything is published") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  cache.keep_list("a", page_of("Ann"), versions->now(), 10);
  CHECK(first_of(cache.find_list("a")) == "Ann");
  CHECK(first_of(cache.find_list("a")) == "Ann");
  CHECK(cache.find_list("b") == nullptr);
  CHECK(cache.find(Kind::visitor, "a") == nullptr);  // the keys of records are others
  CHECK(cache.size() == 1);

  versions->publish({0});
  CHECK(cache.find_list("a") == nullptr);
  CHECK(cache.size() == 0);  // dropped, not only passed over
  CHECK(cache.counts()->hits.value() == 2);
  CHECK(cache.counts()->misses.value() == 3);
}

TEST_CASE("a list that was read during a publication is not used") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 1 << 20);
  const Versions::Number before_reading = versions->now();
  versions->publish({7});
  cache.keep_list("a", page_of("old"), before_reading, 10);
  CHECK(cache.find_list("a") == nullptr);
}

TEST_CASE("lists and records share the budget, and a list that is too large is not kept") {
  const auto versions = std::make_unique<Versions>();
  Cache cache(*versions, 40'000);
  cache.keep_list("0", page_of("0"), versions->now(), 8000);
  cache.keep(Kind::visitor, "1", named("1"), versions->now(), {1}, 8000);
  cache.keep_list("2", page_of("2"), versions->now(), 8000);
  cache.keep_list("3", page_of("3"), versions->now(), 8000);
  REQUIRE(cache.size() == 4);
  CHECK(first_of(cache.find_list("0")) == "0");
  cache.keep_list("4", page_of("4"), versions->now(), 8000);
  CHECK(cache.find(Kind::visitor, "1") == nullptr);  // the least recently used
  CHECK(first_of(cache.find_list("0")) == "0");
  CHECK(cache.size() == 4);
  cache.keep_list("huge", page_of("huge"), versions->now(), 10'001);
  CHECK(cache.find_list("huge") == nullptr);
  CHECK(cache.size() == 4);
  cache.keep_list("0", page_of("again"), versions->now(), 8000);
  CHECK(first_of(cache.find_list("0")) == "again");
  CHECK(cache.size() == 4);
}
