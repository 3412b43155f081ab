// The last error of each upstream.
#include "gateway/observe/troubles.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("the last error of a server: code, text and time; at most one a second") {
  gateway::observe::Troubles troubles;
  CHECK(!troubles.find("a", "h:1"));
  troubles.note("a", "h:1", {.code = Code::upstream_failed, .message = "it failed", .detail = "502\n"}, Time::at(1000));
  troubles.note("a", "h:2", {.code = Code::upstream_timeout, .message = "slow"}, Time::at(1000));
  troubles.note("a", "h:1", {.code = Code::upstream_denied, .message = "no"}, Time::at(1999));
  REQUIRE(troubles.find("a", "h:1"));
  CHECK(troubles.find("a", "h:1")->text == "upstream_failed: it failed: 502\\x0a");
  CHECK(troubles.find("a", "h:1")->at == Time::at(1000));
  CHECK(troubles.find("a", "h:2")->text == "upstream_timeout: slow");
  CHECK(!troubles.find("b", "h:1"));
  troubles.note("a", "h:1", {.code = Code::upstream_denied, .message = "no"}, Time::at(2000));
  CHECK(troubles.find("a", "h:1")->text == "upstream_denied: no");
  troubles.note("a", "h:1", {.code = Code::upstream_failed, .message = {}, .detail = "why"}, Time::at(4000));
  CHECK(troubles.find("a", "h:1")->text == "upstream_failed: why");
}

TEST_CASE("with too many servers the oldest error is dropped") {
  gateway::observe::Troubles troubles;
  for (std::size_t i = 0; i <= gateway::observe::Troubles::most; ++i) {
    troubles.note("b", std::to_string(i), {.message = "m"}, Time::at(static_cast<std::int64_t>(i)));
  }
  CHECK(!troubles.find("b", "0"));
  CHECK(troubles.find("b", "1"));
  CHECK(troubles.find("b", std::to_string(gateway::observe::Troubles::most)));
}

}  // namespace parley::test
