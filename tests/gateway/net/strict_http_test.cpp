// The table of strict HTTP: each request alone on its connection, then a good one that must be answered rightly, or the
// connection's end.
#include <doctest/doctest.h>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/gateway/net/strict_cases.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

/// Empty where everything is as the table says.
std::string fault_of(const StrictCase& one, std::uint16_t port) {
  fake_state.executed = 0;
  try {
    Connection connection(port);
    connection.send(one.request);
    // What is refused before it is whole may wait for the rest: there is none.
    if (one.after == After::closes) connection.finish_sending();
    const Answer answer = connection.receive(one.request.starts_with("HEAD "));
    if (answer.status != one.status) return "status " + std::to_string(answer.status);
    if (fake_state.executed != one.reaches)
      return "asked the backend " + std::to_string(fake_state.executed) + " times";
    if (one.after == After::closes) {
      // That the client says no more is reason enough to close: the answer must have said it, too.
      if (answer.header("Connection") != "close") return "the answer does not say that it is the last";
      return connection.closes() ? "" : "the connection stays open";
    }
    const Answer next = connection.ask("GET", "/fake/visitors/next");
    return next.status == 200 && next.body == "name of next" ? "" : "the next request is answered with: " + next.body;
  } catch (const std::exception& fault) {
    return fault.what();
  }
}

}  // namespace

TEST_CASE("strict HTTP: every request of the table") {
  const FakeGateway gateway;
  const std::vector<StrictCase> cases = strict_cases();
  CHECK(cases.size() >= 200);
  std::size_t right = 0;
  for (const StrictCase& one : cases) {
    CAPTURE(one.clause);
    CAPTURE(one.name);
    const std::string fault = fault_of(one, gateway.port());
    CHECK(fault == "");
    right += fault.empty() ? 1 : 0;
  }
  MESSAGE("strict HTTP: " << right << " of " << cases.size() << " requests answered as the RFCs say");
}

}  // namespace parley::test
