// Losses by field: names from documents must look right and be limited in number.
#include "gateway/observe/loss_counts.hpp"

#include <doctest/doctest.h>

namespace parley::test {
namespace {

using gateway::observe::loss_field;
using gateway::observe::LossCounts;
using gateway::observe::LossNames;

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

}  // namespace parley::test
