// The table at the end of a load.
#include "gateway/translate/load_tally.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "gateway/translate/load_documents.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::translate {

TEST_CASE("indexes and ids in a pointer become one field") {
  CHECK(field_of("/customFields/0/odd") == "/customFields/*/odd");
  CHECK(field_of("/users/USER_c8e1eb84-60d3-4d69/x") == "/users/*/x");
  CHECK(field_of("/address2/a~1b") == "/address2/a~1b");
  CHECK(field_of("") == "");
}

TEST_CASE("the table counts records by kind, and fields that are lost or not understood" *
          doctest::skip(!test::built_with({"comm100"}))) {
  const NamedShape& shape = **find_shape("comm100:visitor");
  LoadTally tally(shape);
  DocumentReader reader(shape);
  contract::Records records;
  Report losses;
  for (
      const char* text :
      {R"({"id":"00000000-0000-4000-8000-000000000001","email":5,"odd":1,"customFields":[{"name":"a","value":"b","hue":1}]})",
       R"({"id":"00000000-0000-4000-8000-000000000002","odd":2})",
       R"({"id":"00000000-0000-4000-8000-000000000003","name":"Ann"})"}) {
    REQUIRE(reader.read({.text = text}, records, &losses).has_value());
    tally.lost(losses);
  }
  tally.stored(records);
  CHECK(tally.text() == "3 visitors, 0 agents, 0 chats");
  CHECK(tally.records() == 3);
  CHECK(tally.table() ==
        "stored:\n"
        "  visitors           3\n"
        "  agents             0\n"
        "  chats              0\n"
        "lost or not understood, by field:\n"
        "  /customFields/*/hue         1  lost: Parley's model has no place for it\n"
        "  /email                      1  kept as it is, but not understood: another kind of value is expected here\n"
        "  /odd                        2  kept as it is, but not understood: comm100:visitor has no such member\n");
}

TEST_CASE("a load without losses says so; too many names are counted together") {
  const NamedShape& shape = **find_shape("canonical:agent");
  CHECK(LoadTally(shape).table().ends_with("lost: nothing\n"));
  LoadTally tally(shape);
  Report report;
  const auto letters = [](int number) {
    return std::string(1, static_cast<char>('a' + number / 20)) + static_cast<char>('a' + number % 20);
  };
  for (int i = 0; i < 300; ++i) report.entries.push_back({Change::lost, "/" + letters(i), {}, "why"});
  tally.lost(report);
  const String table = tally.table();
  CHECK(table.find("(other fields)") != String::npos);
  CHECK(std::count(table.begin(), table.end(), '\n') < 210);
}

}  // namespace parley::gateway::translate
