// Admission over sockets: counts of all workers together, and requests that stay incomplete.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

using By = config::RateLimit::By;

constexpr const char* open_path = "/fake/visitors/7";

}  // namespace

TEST_CASE("failed logins: all workers together allow twenty") {
  constexpr int workers = 4;
  config::Settings settings = fake_settings();
  settings.server.workers = workers;
  const FakeGateway gateway(settings);
  std::vector<std::unique_ptr<Connection>> connections;  // one for each worker, since they stay open
  for (int i = 0; i < workers; ++i) {
    connections.push_back(std::make_unique<Connection>(gateway.port()));
    CHECK(connections.back()->ask("POST", "/fake/login", {}, "Ann").status == 200);
  }
  for (int i = 0; i < 19; ++i) CHECK(connections[i % workers]->ask("POST", "/fake/login", {}, "bad").status == 401);
  for (const auto& one : connections) one->send(request_text("POST", "/fake/login", {}, "together"));
  int failed = 0;
  int refused = 0;
  for (const auto& one : connections) {
    const int status = one->receive().status;
    failed += status == 401 ? 1 : 0;
    refused += status == 429 ? 1 : 0;
  }
  CHECK(failed == 1);
  CHECK(refused == 3);
}

TEST_CASE("rate limit: the workers count together") {
  config::Settings settings = fake_settings();
  settings.routes.front().rate_limit = {.requests = 20, .per = std::chrono::hours(1), .by = By::client};
  settings.server.workers = 4;
  const FakeGateway gateway(settings);
  std::vector<std::unique_ptr<Connection>> connections;  // spread over the workers, since they stay open
  int allowed = 0;
  for (int i = 0; i < 8; ++i) connections.push_back(std::make_unique<Connection>(gateway.port()));
  for (int round = 0; round < 5; ++round) {
    for (const auto& one : connections) allowed += one->ask("GET", open_path).status == 200 ? 1 : 0;
  }
  CHECK(allowed == 20);
  CHECK(fake_state.seen.size() > 1);
}

TEST_CASE("other origins: their pages can read a refusal of an incomplete request") {
  config::Settings settings = fake_settings();
  settings.routes.front().cors.origins = {"https://shop.example.com"};
  settings.server.limits.request = std::chrono::milliseconds(1);
  const FakeGateway gateway(settings);
  const std::string origin = "Origin: https://shop.example.com\r\n";
  Connection large(gateway.port());
  large.send("GET " + std::string(open_path) + " HTTP/1.1\r\nHost: h\r\n" + origin + "X: " + std::string(20000, 'x'));
  Connection slow(gateway.port());
  slow.send("POST /fake/page HTTP/1.1\r\nHost: h\r\n" + origin + "Content-Length: 5\r\n\r\nhel");
  for (Connection* const one : {&large, &slow}) {
    const Answer answer = one->receive();
    CHECK(answer.status == (one == &large ? 431 : 408));
    CHECK(answer.header("Access-Control-Allow-Origin") == "https://shop.example.com");
    CHECK(answer.header("Vary") == "Origin");
  }
}

TEST_CASE("a request that comes back to the gateway gets 508 Loop Detected") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  CHECK(connection.ask("POST", "/fake/page", {}, "1").status == 200);
  const Answer looped = connection.ask("GET", open_path, {{"Via", "1.1 proxy, " + std::string(fake_state.via)}});
  CHECK(looped.status == 508);
  CHECK(looped.reason == "Loop Detected");
}

}  // namespace parley::test
