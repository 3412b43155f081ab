// The operators' log: limited lines for many failures, and hostile text.
#include "gateway/observe/event_log.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "gateway/observe/error_names.hpp"
#include "gateway/observe/flood_gate.hpp"

namespace parley::test {

TEST_CASE("lines of one kind and route are limited in a second, and the others counted") {
  using gateway::observe::FloodGate;
  FloodGate flood_gate;
  for (std::uint64_t i = 0; i < FloodGate::most_a_second; ++i)
    CHECK(flood_gate.admit(Code::upstream_failed, "crm", "support", 1000));
  for (int i = 0; i < 3; ++i) CHECK(!flood_gate.admit(Code::upstream_failed, "crm", "support", 1000));
  CHECK(flood_gate.admit(Code::upstream_timeout, "crm", "support", 1000));
  CHECK(flood_gate.admit(Code::upstream_failed, "shop", "support", 1000));
  const auto take = [&flood_gate] {
    String held;
    flood_gate.take_held([&held](Code kind, std::string_view route, std::string_view backend, std::uint64_t count) {
      held += String(gateway::observe::name_of(kind)) + ' ' + String(route) + ' ' + String(backend) + ' ' +
              std::to_string(count) + '\n';
    });
    return held;
  };
  CHECK(take() == "upstream_failed crm support 3\n");
  CHECK(take().empty());
  CHECK(flood_gate.admit(Code::upstream_failed, "crm", "support", 1001));
}

TEST_CASE("what was held back is told for each route; of more routes than there is room for, the rest together") {
  using gateway::observe::FloodGate;
  FloodGate flood_gate;
  std::uint64_t admitted = 0;
  constexpr std::uint64_t each = 10;
  for (std::size_t i = 0; i < 2 * FloodGate::most_routes; ++i) {
    const String route = "route-" + std::to_string(i);
    for (std::uint64_t k = 0; k < each; ++k) {
      admitted += flood_gate.admit(Code::upstream_unreachable, route, "support", 1) ? 1 : 0;
    }
  }
  std::size_t named = 0;
  std::uint64_t held = 0;
  flood_gate.take_held([&](Code, std::string_view route, std::string_view, std::uint64_t count) {
    named += route.empty() ? 0 : 1;
    held += count;
  });
  CHECK(named == FloodGate::most_routes);
  CHECK(admitted + held == 2 * FloodGate::most_routes * each);
}

TEST_CASE("four threads together: no more lines are allowed, and none is lost") {
  gateway::observe::FloodGate flood_gate;
  std::atomic<std::uint64_t> told{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 10'000; ++k) told += flood_gate.admit(Code::internal, "crm", "support", 7) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(told == gateway::observe::FloodGate::most_a_second);
  std::uint64_t held = 0;
  flood_gate.take_held([&held](Code, std::string_view, std::string_view, std::uint64_t count) { held += count; });
  CHECK(told + held == 40'000);
}

TEST_CASE("text from an upstream becomes one line") {
  CHECK(gateway::observe::printable("plain text") == "plain text");
  CHECK(gateway::observe::printable("a\r\n2026-11-22 error forged") == "a\\x0d\\x0a2026-11-22 error forged");
  CHECK(gateway::observe::printable(std::string_view("\0\x1b[2J\x7f", 6)) == "\\x00\\x1b[2J\\x7f");
  CHECK(gateway::observe::printable("\xd0\xb6") == "\xd0\xb6");
  const String longer = gateway::observe::printable(String(5000, 'x'));
  CHECK(longer == String(1000, 'x') + "...");
}

TEST_CASE("levels have the configuration's names") {
  using config::LogLevel;
  const LogLevel before = gateway::observe::level();
  for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error, LogLevel::off}) {
    CHECK(gateway::observe::find_level(gateway::observe::name_of(level)) == level);
    gateway::observe::set_level(level);
    CHECK(gateway::observe::level() == level);
  }
  gateway::observe::set_level(before);
  CHECK(gateway::observe::name_of(LogLevel::warn) == "warn");
  CHECK(!gateway::observe::find_level("warning"));
  CHECK(!gateway::observe::find_level(""));
  CHECK(!gateway::observe::find_level("DEBUG"));
}

TEST_CASE("codes have names") {
  CHECK(gateway::observe::name_of(Code::malformed_request) == "malformed_request");
  CHECK(gateway::observe::name_of(Code::no_such_chat) == "no_such_chat");
  CHECK(gateway::observe::name_of(Code::upstream_denied) == "upstream_denied");
  CHECK(gateway::observe::name_of(Code::internal) == "internal");
}

}  // namespace parley::test
