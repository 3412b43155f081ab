// What a route does with an answer: another style's voice, and fields that cannot be carried.
#include "gateway/pipeline/serve.hpp"

#include <doctest/doctest.h>

#include "gateway/pipeline/loss.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

config::Settings with(config::LossPolicy loss, String emit = {}) {
  config::Settings settings = fake_settings();
  settings.routes.front().loss = loss;
  settings.routes.front().emit = std::move(emit);
  return settings;
}

}  // namespace

TEST_CASE("losses are named, refused or passed over as the route says") {
  using config::LossPolicy;
  struct Case {
    std::string name;
    LossPolicy loss;
    int status;
    std::string header;
    std::string body;
  };
  const Case reads[] = {
      {"warn", LossPolicy::warn, 200, "visitor.token, visitor.phones", "name of lossy"},
      {"allow", LossPolicy::allow, 200, "", "name of lossy"},
      {"lossless", LossPolicy::lossless, 409, "",
       "fake error the answer cannot carry visitor.token, visitor.phones, and this route is lossless"},
  };
  for (const Case& one : reads) {
    CAPTURE(one.name);
    const FakeGateway gateway(with(one.loss));
    Connection connection(gateway.port());
    const Answer answer = connection.ask("GET", "/fake/visitors/lossy");
    CHECK(answer.status == one.status);
    CHECK(answer.header("Parley-Loss") == one.header);
    CHECK(answer.body == one.body);
    const Answer next = connection.ask("GET", "/fake/visitors/7");
    CHECK(next.status == 200);
    CHECK(next.count("Parley-Loss") == 0);
  }
  const Case writes[] = {
      {"warn", LossPolicy::warn, 200, "page_visit.at", "noted \"lossy\""},
      {"allow", LossPolicy::allow, 200, "", "noted \"lossy\""},
      {"lossless", LossPolicy::lossless, 409, "",
       "fake error the answer cannot carry page_visit.at, and this route is lossless"},
  };
  for (const Case& one : writes) {
    CAPTURE(one.name);
    const FakeGateway gateway(with(one.loss));
    Connection connection(gateway.port());
    const Answer answer = connection.ask("POST", "/fake/page", {}, "\"lossy\"");
    CHECK(answer.status == one.status);
    CHECK(answer.header("Parley-Loss") == one.header);
    CHECK(answer.body == one.body);
    CHECK(fake_state.committed == (one.loss == LossPolicy::lossless ? 0 : 1));
    CHECK(connection.ask("POST", "/fake/page", {}, "1").body == "noted 1");
  }
}

TEST_CASE("a route with emit answers in the other style, and refuses bad requests in its own") {
  const FakeGateway gateway(with(config::LossPolicy::warn, "shouting"));
  Connection connection(gateway.port());
  CHECK(connection.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
  CHECK(connection.ask("GET", "/fake/visitors/nobody").body == "LOUD ERROR nobody there");
  CHECK(connection.ask("POST", "/fake/page", {}, "bad").body == "fake error bad body");
  CHECK(connection.ask("GET", "/fake/nothing").body == "fake error no such endpoint");
  CHECK(connection.ask("PUT", "/fake/secret", {}, "1").body == "fake error who are you");
  CHECK(connection.ask("PUT", "/fake/secret", {{"Authorization", "let me in"}}, "1").body == "LOUD noted 1");
}

TEST_CASE("the list of losses is short and clean") {
  shape::Losses losses = {{"a", ""}, {"b", ""}, {"a", ""}, {"c d,\r\n\xc3\xa4", ""}};
  CHECK(gateway::pipeline::list_losses(losses) == "a, b, c?d?????");
  losses.clear();
  for (int i = 0; i < 1000; ++i) losses.push_back({"member" + std::to_string(i), ""});
  const String list = gateway::pipeline::list_losses(losses);
  CHECK(list.size() < 600);
  CHECK(list.ends_with(", and more"));
  // A member that no row knows has the name that the upstream gave it.
  const String begin(128, 'k');
  CHECK(gateway::pipeline::list_losses({{begin, ""}, {"a", ""}}) == begin + ", a");
  CHECK(gateway::pipeline::list_losses({{String(3000, 'k'), ""}, {"a", ""}}) == begin + "..., a");
}

}  // namespace parley::test
