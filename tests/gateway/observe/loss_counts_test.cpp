// Losses by field: names from documents must look right and be limited in number.
#include "gateway/observe/loss_counts.hpp"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/random.hpp"

namespace parley::test {
namespace {

using gateway::observe::loss_field;
using gateway::observe::LossCounts;
using gateway::observe::LossNames;
using gateway::observe::LossSet;
using shape::Losses;

std::size_t number_of(const LossNames& names, std::string_view field) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.name(i) == field) return i;
  }
  return LossNames::most;
}

}  // namespace

TEST_CASE("the field of a lost member") {
  struct Case {
    const char* member;
    const char* field;
  };
  const Case cases[] = {
      {"visitor.token", "visitor.token"},
      {"visitor.city,country", "visitor.city,country"},
      {"rocketchat.visitor.my Field", "rocketchat.visitor"},
      {"rocketchat.visitor.a.b.c", "rocketchat.visitor"},
      {"enghouse.contact.\"}\n{evil", "enghouse.contact"},
      {"Visitor.token", "other"},
      {"", "other"},
      {"a b", "other"},
      {"\xff\xfe", "other"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.member);
    CHECK(loss_field(one.member) == one.field);
  }
  CHECK(loss_field(String(200, 'a')) == "other");
}

TEST_CASE("losses are counted by field and worker, and the number of fields is limited") {
  const auto names = std::make_shared<LossNames>();
  LossCounts one(names);
  LossCounts two(names);
  one.count({{"visitor.token", "why"}, {"visitor.token", "again"}, {"visitor.phones", "why"}});
  two.count({{"visitor.phones", "why"}});
  CHECK(names->size() == 3);
  CHECK(one.value(number_of(*names, "visitor.token")) == 2);
  CHECK(one.value(number_of(*names, "visitor.phones")) == 1);
  CHECK(two.value(number_of(*names, "visitor.phones")) == 1);
  CHECK(two.value(number_of(*names, "visitor.token")) == 0);

  gateway::observe::LossTally route{};
  two.count({{"visitor.phones", "why"}}, &route);
  CHECK(two.value(number_of(*names, "visitor.phones")) == 2);
  CHECK(route[number_of(*names, "visitor.phones")].value() == 1);
  CHECK(route[number_of(*names, "visitor.token")].value() == 0);

  for (int i = 0; i < 1000; ++i) one.count({{"made.up_" + std::to_string(i), "why"}});
  CHECK(names->size() == LossNames::most);
  CHECK(names->name(0) == "other");
  CHECK(one.value(0) == 1000 - (LossNames::most - 3));
  one.count({{"visitor.token", "still known"}});
  CHECK(one.value(number_of(*names, "visitor.token")) == 3);
}

TEST_CASE("a set of losses is made once") {
  LossCounts counts(std::make_shared<LossNames>());
  const Losses losses = {{"visitor.token", "why"}, {String("comm100.visitor.made"), "why"}};
  LossSet& set = counts.set_of(losses);
  CHECK(set.listed.empty());
  CHECK(set.numbers.size() == 2);
  set.listed = "both";
  counts.count({{"visitor.phones", "another set"}});
  CHECK(counts.set_of(losses).listed == "both");
  CHECK(counts.set_of({{"visitor.token", "any reason"}, {String("comm100.visitor.made"), ""}}).listed == "both");
  CHECK(counts.set_of({{"visitor.token", "why"}, {String("comm100.visitor.mode"), ""}}).listed.empty());
  CHECK(counts.set_of({{"visitor.token", "why"}}).listed.empty());
  CHECK(counts.set_of({}).numbers.empty());
}

TEST_CASE("a set that is too large is not kept, but it is counted") {
  const auto names = std::make_shared<LossNames>();
  LossCounts counts(names);
  const Losses long_one = {{"visitor." + String(200, 'a'), ""}};
  const Losses many(LossCounts::most_members + 1, {"visitor.token", ""});
  for (const Losses& losses : {long_one, many}) {
    counts.set_of(losses).listed = "kept";
    CHECK(counts.set_of(losses).listed.empty());
    CHECK(counts.set_of(losses).members.empty());
    counts.count(losses);
  }
  CHECK(counts.value(0) == 1);
  CHECK(counts.value(number_of(*names, "visitor.token")) == many.size());
}

TEST_CASE("whatever labels come and go, a set belongs to its members") {
  constexpr std::uint64_t seed = 20261130;
  Random random(seed);
  CAPTURE(seed);
  const auto names = std::make_shared<LossNames>();
  LossCounts counts(names);
  std::map<String, std::uint64_t> expected;
  std::size_t kept = 0;
  for (int round = 0; round < 20'000; ++round) {
    Losses losses;  // freed after each round, so that the next texts get the same addresses
    String listed;
    for (std::size_t count = random.below(4); count > 0; --count) {
      String member = "visitor.a_member_" + String(1, static_cast<char>('a' + random.below(6)));
      ++expected[member];
      listed += member + '+';
      losses.push_back({std::move(member), ""});
    }
    LossSet& set = counts.set_of(losses);
    if (set.listed.empty()) {
      set.listed = listed;
    } else {
      ++kept;
    }
    REQUIRE(set.listed == listed);
    counts.count(losses);
  }
  CHECK(kept > 1000);
  for (const auto& [member, count] : expected) CHECK(counts.value(number_of(*names, member)) == count);
}

}  // namespace parley::test
