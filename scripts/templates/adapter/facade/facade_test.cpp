// Tests of the @NAME@ facade: documents, settings, refusals.
#include "adapters/@NAME@/facade/facade.hpp"

#include <doctest/doctest.h>

#include "adapters/contract/adapter.hpp"
#include "adapters/@NAME@/fields.hpp"

namespace parley::@NAME@ {

TEST_CASE("@NAME@: an agent is written as in the sample") {
  Agent ann;
  ann.id.text = "agent-1";
  ann.name = "Ann Example";
  ann.status = "Online";
  http::Reply reply;
  const Facade facade{config::Route{}};
  REQUIRE(facade.show(Page<Agent>{{ann}}, reply).has_value());
  CHECK(reply.status == 200);
  CHECK(reply.body.view() == R"([{"id":"agent-1","name":"Ann Example","status":"Online"}])");
}

TEST_CASE("@NAME@: a route's own setting and its credentials are read from the configuration") {
  const config::Loaded loaded = config::load_text(R"(
backends: {b: {kind: none}}
routes: [{facade: @NAME@, backend: b, auth: {bearer: t}, hide_status: true}]
)",
                                                  contract::keys_of());
  REQUIRE(loaded.faults.empty());
  const Facade facade{loaded.settings.routes.front()};
  Agent ann;
  ann.id.text = "agent-1";
  ann.name = "Ann Example";
  ann.status = "Online";
  http::Reply reply;
  REQUIRE(facade.encode(Page<Agent>{{ann}}, http::Request{}, reply).has_value());
  CHECK(reply.body.view() == R"([{"id":"agent-1","name":"Ann Example","status":""}])");
  CHECK(config::settings_of<RouteAuth>(loaded.settings.routes.front()).bearer == List<config::Secret>{{"t"}});
}

TEST_CASE("@NAME@: a request without a token is refused in the vendor's style") {
  const Facade facade{config::Route{}};
  const Result<std::string_view> admitted = facade.admit(http::Request{});
  REQUIRE(admitted.has_error());
  http::Reply reply;
  facade.render(admitted.error(), http::Request{}, reply);
  CHECK(reply.status == 401);
  CHECK(reply.body.view() == R"({"error":"No valid token."})");
}

}  // namespace parley::@NAME@
