// The lines of a dump: how they are written, and what a reader takes and refuses.
#include "gateway/translate/dump.hpp"

#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"

namespace parley::gateway::translate {
namespace {

using test::contains;

struct Read {
  contract::Records records;
  Report losses;
  String fault;
};

Read read(std::string_view line) {
  Read done;
  DumpReader reader;
  auto result = reader.read({.text = line, .line = 3}, done.records, &done.losses);
  if (!result) done.fault = result.error().message;
  return done;
}

}  // namespace

TEST_CASE("a line of a dump is one line, whatever is in the record") {
  String lines;
  append_dump_line("chat", "{\"id\":\"a\\nb\",\"odd\":[1,\r\n2]}", lines);
  append_dump_line("end", "{}", lines);
  CHECK(lines ==
        "{\"kind\":\"chat\",\"record\":{\"id\":\"a\\nb\",\"odd\":[1,  2]}}\n{\"kind\":\"end\",\"record\":{}}\n");
}

TEST_CASE("each kind of line becomes a record of its kind") {
  CHECK(read(R"({"kind":"agent","record":{"id":"a"}})").records.agents[0].id.text == "a");
  CHECK(read(R"({"record":{"id":"d"},"kind":"department"})").records.departments[0].id.text == "d");
  CHECK(read(R"({"kind":"visitor","record":{"id":"v"}})").records.visitors[0].id.text == "v");
  CHECK(read(R"({"kind":"chat","record":{"id":"c"}})").records.chats[0].id.text == "c");
  CHECK(read(R"({"kind":"message","record":{"id":"m","chat":"c","number":5}})").records.messages[0].number == 5);
  CHECK(read(R"({"kind":"page_visit","record":{"token":"t","at":"2026-12-01T00:00:00Z","repeat":2}})")
            .records.page_visits[0]
            .repeat == 2);
  CHECK(read(R"({"kind":"offline_message","record":{"id":"o"}})").records.offline_messages[0].id.text == "o");
  CHECK(
      read(R"({"kind":"contact","record":{"id":"k","channels":[{"name":"w"}]}})").records.contacts[0].channels.size() ==
      1);
  CHECK(read(R"({"kind":"counter","record":{"name":"guest","value":7}})").records.counters[0].value == 7);
  CHECK(read(R"({"kind":"file","record":{"id":"f","chat":"c","message":"m","parts":2}})").records.files[0].parts == 2);
  CHECK(read(R"({"kind":"file_part","record":{"file":"f","number":1,"bytes":"b25l"}})").records.file_parts[0].bytes ==
        "b25l");
  CHECK(dump_kinds().size() == 11);
  for (const std::string_view kind : dump_kinds()) CHECK(contains(dump_reference(), "- `" + String(kind) + "`: "));
}

TEST_CASE("only the last line of a dump makes it whole") {
  DumpReader reader;
  contract::Records records;
  CHECK_FALSE(reader.whole());
  REQUIRE(reader.read({.text = R"({"kind":"agent","record":{"id":"a"}})"}, records, nullptr).has_value());
  CHECK_FALSE(reader.whole());
  REQUIRE(reader.read({.text = R"({"kind":"end","record":{"agents":1}})"}, records, nullptr).has_value());
  CHECK(reader.whole());
  CHECK(records.agents.size() == 1);
}

TEST_CASE("a line that is none, or that cannot be stored, is refused with its place") {
  struct Case {
    const char* line;
    const char* why;
  };
  for (const Case& one : {
           Case{"{", "(line 3, column"},
           Case{"[]", "expected a line of a dump: {\"kind\":\"visitor\",\"record\":{…}} (line 3, column 1)"},
           Case{R"({"id":"a"})", "expected a line of a dump"},
           Case{R"({"kind":"agent"})", "expected a line of a dump"},
           Case{R"({"kind":5,"record":{"id":"a"}})", "expected a line of a dump"},
           Case{R"({"kind":"agent","record":[]})", "expected a line of a dump"},
           Case{R"({"kind":"agent","record":{"id":"a"},"more":1})", "expected a line of a dump"},
           Case{R"({"kind":"agents","record":{"id":"a"}})", "unknown kind \"agents\"; known: agent department "},
           Case{R"({"kind":"agents","record":{"id":"a"}})", "(line 3, column 9)"},
           Case{R"({"kind":"agent","record":{"name":"Ann"}})", "the id (\"id\") is missing or not valid"},
           Case{R"({"kind":"agent","record":{"name":"Ann"}})", "(line 3, column 26)"},
           Case{R"({"kind":"agent","record":{"id":"","name":"Ann"}})", "the id (\"id\") is missing or not valid"},
           Case{R"({"kind":"visitor","record":{"id":"a","_id":1,"visitorEmails":2,"livechatData":3}})",
                "no member of canonical:dump but the id is in this document"},
           Case{R"({"kind":"page_visit","record":{"token":"t","url":"u"}})", "a page visit without a token or a time"},
           Case{R"({"kind":"agent","record":{"id":"a"},"kind":"agent"})", "(line 3, column"},
       }) {
    CAPTURE(one.line);
    const Read done = read(one.line);
    CHECK(contains(done.fault, one.why));
    CHECK(done.records.empty());
  }
}

TEST_CASE("what a dump's record loses is told: broken text, and members that no table holds") {
  const Read broken = read("{\"kind\":\"visitor\",\"record\":{\"id\":\"v\",\"name\":\"\xff\"}}");
  REQUIRE(broken.losses.entries.size() == 1);
  CHECK(broken.losses.entries[0].pointer == "/record/name");
  CHECK(broken.losses.entries[0].member == "visitor.name");
  CHECK(broken.records.visitors[0].name == "\xEF\xBF\xBD");
  const Read page = read(R"({"kind":"page_visit","record":{"token":"t","at":"2026-12-01T00:00:00Z","odd":1}})");
  REQUIRE(page.losses.entries.size() == 1);
  CHECK(page.losses.entries[0].pointer == "/record/odd");
  CHECK(page.losses.entries[0].change == Change::lost);
  const Read kept = read(R"({"kind":"visitor","record":{"id":"v","odd":1,"extensions":{"a.b":{"c":2}}}})");
  CHECK(kept.losses.entries.empty());
  CHECK(kept.records.visitors[0].extensions.size() == 2);
}

}  // namespace parley::gateway::translate
