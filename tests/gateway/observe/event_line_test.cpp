// Lines of the operators' log: the same fields as text and JSON, also with hostile texts.
#include "gateway/observe/event_line.hpp"

#include <doctest/doctest.h>

#include "tests/support/json.hpp"

namespace parley::test {
namespace {

using config::LogFormat;
using config::LogLevel;

const Time moment = Time::at(1764440392123);  // 2025-11-29T18:19:52.123Z by `date -u -d @1764440392`

}  // namespace

TEST_CASE("a line as text, and the same line as JSON") {
  const gateway::observe::EventFields fields{.route = "integration",
                                             .backend = "support",
                                             .upstream = "[::1]:443",
                                             .trace = "0af7651916cd43dd8448eb211c80319c",
                                             .error = "upstream_failed"};
  CHECK(gateway::observe::event_line(LogFormat::text, moment, LogLevel::error, "it failed", fields) ==
        "2025-11-29T18:19:52.123Z error it failed route=integration backend=support upstream=[::1]:443 "
        "trace=0af7651916cd43dd8448eb211c80319c");
  CHECK(gateway::observe::event_line(LogFormat::json, moment, LogLevel::error, "it failed", fields) ==
        R"({"time":"2025-11-29T18:19:52.123Z","level":"error","message":"it failed","route":"integration",)"
        R"("backend":"support","upstream":"[::1]:443","trace":"0af7651916cd43dd8448eb211c80319c",)"
        R"("error":"upstream_failed"})");
  CHECK(gateway::observe::event_line(LogFormat::text, moment, LogLevel::warn, "alone", {}) ==
        "2025-11-29T18:19:52.123Z warn alone");
  CHECK(gateway::observe::event_line(LogFormat::json, moment, LogLevel::info, "alone", {}) ==
        R"({"time":"2025-11-29T18:19:52.123Z","level":"info","message":"alone"})");
}

TEST_CASE("a line with any text is one line, and valid JSON") {
  struct Case {
    const char* name;
    std::string text;
  };
  const Case cases[] = {
      {"a line of its own", "a\r\n2026-11-22T00:00:00.000Z error forged"},
      {"quotes and backslashes", R"(a "b" \ c)"},
      {"no UTF-8", "caf\xe9"},
      {"a NUL", std::string("a\0b", 3)},
      {"very long", std::string(100'000, 'x')},
      {"cut inside a character", std::string(3999, 'x') + "\xc3\xa9"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const gateway::observe::EventFields fields{.route = one.text, .backend = "b"};
    const String text = gateway::observe::event_line(LogFormat::text, moment, LogLevel::error, one.text, fields);
    CHECK(text.find('\n') == String::npos);
    CHECK(text.find('\r') == String::npos);
    CHECK(text.ends_with(" backend=b"));
    CHECK(text.size() < 20'000);
    const String json = gateway::observe::event_line(LogFormat::json, moment, LogLevel::error, one.text, fields);
    CHECK(json.find('\n') == String::npos);
    CHECK(json.size() < 40'000);
    const Value line = parse(json);  // throws if it is not JSON
    CHECK(line.find("backend")->text == "b");
    CHECK(line.find("route") != nullptr);
  }
}

TEST_CASE("a field that is not one word is quoted") {
  CHECK(gateway::observe::event_line(LogFormat::text, moment, LogLevel::info, "m", {.route = "a b"})
            .ends_with(" route=\"a b\""));
  CHECK(gateway::observe::event_line(LogFormat::text, moment, LogLevel::info, "m", {.route = "a=\"b\""})
            .ends_with(R"( route="a=\"b\"")"));
}

}  // namespace parley::test
