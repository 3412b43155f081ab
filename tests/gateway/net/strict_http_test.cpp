// The table of strict HTTP: sends each request alone on a connection, then a valid one, which must be answered unless the
// connection ends.
#include <doctest/doctest.h>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/gateway/net/strict_cases.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

/// The difference from the table; empty if there is none.
std::string fault_of(const StrictCase& one, std::uint16_t port) {
  fake_state.executed = 0;
  try {
    Connection connection(port);
    connection.send(one.request);
    // A request that is refused early may wait for its rest, which does not come.
    if (one.after == After::closes) connection.finish_sending();
    const Answer answer = connection.receive(one.request.starts_with("HEAD "));
    if (answer.status != one.status) return "status " + std::to_string(answer.status);
    if (fake_state.executed != one.reaches)
      return "asked the backend " + std::to_string(fake_state.executed) + " times";
    if (one.after == After::closes) {
      // The client has finished sending, so the connection closes anyway: the answer must have `Connection: close` too.
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
