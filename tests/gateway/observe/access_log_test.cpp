// Lines of the access log: golden ones, and lines with hostile values.
#include "gateway/observe/access_log.hpp"

#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

using gateway::observe::AccessLines;
using gateway::observe::append_line;
using gateway::observe::Entry;
using gateway::observe::LineFile;
using gateway::observe::Stage;
using gateway::observe::StageTimer;

String line_of(const Entry& entry) {
  Buffer out;
  append_line(entry, out);
  return String(out.view());
}

/// 2026-11-22T03:27:27.123Z
constexpr Time moment = Time::at(1795318047123);

}  // namespace

TEST_CASE("a line has the request, its result, and the time of each stage") {
  StageTimer timer;
  timer.begin(StageTimer::Moment());
  const shape::Losses losses = {{"visitor.token", "why"}, {"visitor.token", "again"}, {"rocketchat.visitor.x", "why"}};
  Entry entry{.time = moment,
              .route = "old-crm",
              .style = "enghouse",
              .operation = "GetChatContact",
              .endpoint = "/livechat/getContactByChatID/:chatID",
              .method = "GET",
              .status = 200,
              .received = 312,
              .sent = 3321,
              .trace = "0af7651916cd43dd8448eb211c80319c",
              .span = "b7ad6b7169203331",
              .principal = "crm",
              .client = "192.0.2.7",
              .agent = "curl/7.88.1",
              .listener = "127.0.0.1:8080",
              .tls = "TLSv1.3",
              .request_id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
              .backend = "support",
              .calls = 2,
              .call_microseconds = 1850,
              .losses = &losses};
  CHECK(
      line_of(entry) ==
      R"({"time":"2026-11-22T03:27:27.123Z","route":"old-crm","style":"enghouse","operation":"GetChatContact",)"
      R"("endpoint":"/livechat/getContactByChatID/:chatID","method":"GET","status":200,"received":312,"sent":3321,)"
      R"("trace":"0af7651916cd43dd8448eb211c80319c","span":"b7ad6b7169203331","principal":"crm","client":"192.0.2.7",)"
      R"("agent":"curl/7.88.1","listener":"127.0.0.1:8080","tls":"TLSv1.3",)"
      R"("request_id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6",)"
      R"("upstream":{"backend":"support","calls":2,"us":1850},"losses":["visitor.token","rocketchat.visitor"]})"
      "\n");
}

TEST_CASE("fields that are unknown for a refused head are left out") {
  CHECK(line_of({.time = moment,
                 .method = "OTHER",
                 .status = 400,
                 .received = 0,
                 .sent = 171,
                 .client = "::1",
                 .error = "malformed_request"}) ==
        R"({"time":"2026-11-22T03:27:27.123Z","method":"OTHER","status":400,"error":"malformed_request","received":0,)"
        R"("sent":171,"client":"::1"})"
        "\n");
}

TEST_CASE("stages add up to the total") {
  StageTimer timer;
  timer.tell_stages(true);
  timer.begin(StageTimer::Clock::now());
  for (const Stage stage : {Stage::head, Stage::body, Stage::backend}) timer.pass(stage);
  timer.end();
  Entry entry{.time = moment, .status = 200};
  entry.timer = &timer;
  const Value line = parse(line_of(entry));
  const Value* us = line.find("us");
  REQUIRE(us != nullptr);
  REQUIRE(us->children.size() == 5);
  CHECK(us->children[0].key == "total");
  std::uint64_t sum = 0;
  for (std::size_t i = 1; i < 5; ++i) sum += std::stoull(us->children[i].text);
  const std::uint64_t total = std::stoull(us->children[0].text);
  CHECK(sum <= total);
  CHECK(total - sum <= 4);  // each stage is rounded down
}

TEST_CASE("hostile values stay one line of JSON in UTF-8") {
  struct Case {
    const char* name;
    String value;
    String read;  ///< what a JSON reader gets
  };
  const String replacement = "\xef\xbf\xbd";
  const Case cases[] = {
      {"a quote and a backslash", "a\"b\\c", "a\"b\\c"},
      {"a line end", "a\r\nb", "a\r\nb"},
      {"a line of its own", "x\"}\n{\"status\":200}", "x\"}\n{\"status\":200}"},
      {"a NUL", String("a\0b", 3), String("a\0b", 3)},
      {"escape codes of a terminal", "\x1b[31m", "\x1b[31m"},
      {"a byte that is no UTF-8", "a\xff\x62", "a" + replacement + "b"},
      {"an overlong slash", "\xc0\xaf", replacement + replacement},
      {"half a surrogate", "\xed\xa0\x80", replacement + replacement + replacement},
      {"cut within a letter", "\xe2\x82", replacement + replacement},
      {"text of another script", "\xd0\xb6\xf0\x9f\x98\x80", "\xd0\xb6\xf0\x9f\x98\x80"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const String line = line_of({.time = moment, .status = 200, .principal = one.value});
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(shape::find_bad_utf8(line) == String::npos);
    for (const char byte : line.substr(0, line.size() - 1)) CHECK(static_cast<unsigned char>(byte) >= 0x20);
    const Value* principal = nullptr;
    const Value parsed = parse(line);
    principal = parsed.find("principal");
    REQUIRE(principal != nullptr);
    CHECK(principal->text == one.read);
  }
}

TEST_CASE("long texts and many losses are cut short") {
  shape::Losses losses;
  for (int i = 0; i < 1000; ++i) losses.push_back({"visitor.f" + std::to_string(i), "why"});
  const String line = line_of({.time = moment, .status = 200, .principal = String(100'000, 'x'), .losses = &losses});
  CHECK(line.size() < 1000);
  const Value parsed = parse(line);
  CHECK(parsed.find("principal")->text.size() == 256);
  CHECK(parsed.find("losses")->children.size() == 16);
}

TEST_CASE("lines are handed over at 32 KiB, at a flush, and at the end") {
  const Scratch scratch;
  const auto file = std::make_shared<LineFile>();
  REQUIRE(file->use(scratch / "access.log").has_value());
  const String line = line_of({.time = moment, .status = 200});
  {
    AccessLines lines(file);
    CHECK(lines.wanted());
    for (int i = 0; i < 1000; ++i) lines.add({.time = moment, .status = 200});  // more than 32 KiB
    lines.flush();
    lines.flush();
    lines.add({.time = moment, .status = 200});
  }
  REQUIRE(file->use("").has_value());
  CHECK(!AccessLines(file).wanted());
  while (file->written() + file->dropped() < 1001) std::this_thread::yield();
  CHECK(file->dropped() == 0);
  const String text = read_file(scratch / "access.log");
  CHECK(text.size() == 1001 * line.size());
}

}  // namespace parley::test
