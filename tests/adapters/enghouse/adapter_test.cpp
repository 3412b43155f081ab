// The Enghouse adapter: checks of a route, demo records.
#include <doctest/doctest.h>

#include "adapters/enghouse/settings.hpp"
#include "tests/adapters/enghouse/facade/facade.hpp"

using namespace parley;

TEST_CASE("enghouse: faults of a route") {
  const auto faults = [](auto change) {
    config::Route route;
    change(route);
    config::Faults found;
    enghouse::adapter.check_route(route, found);
    List<String> paths;
    for (const config::Fault& fault : found) paths.push_back(fault.path);
    return paths;
  };
  using Paths = List<String>;
  CHECK(faults([](config::Route&) {}) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<enghouse::RouteAuth>().tokens = {{"t"}},
          route.own.edit<enghouse::RouteAuth>().bearer = {{"t"}},
          route.own.edit<enghouse::RouteAuth>().basic = {{"u", {"p"}}};
        }) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<enghouse::RouteSettings>().domains = {{"shop", "A"}, {"help", "A"}};
        }) == Paths{});
  CHECK(faults([](config::Route& route) {
          route.own.edit<enghouse::RouteSettings>().domains = {{"shop", "A"}, {"SHOP", "B"}};
        }) == Paths{"domains"});
}

TEST_CASE("enghouse: the demo records are the vendor's example") {
  const contract::Records records = enghouse::demo();
  REQUIRE(records.chats.size() == 2);
  const Chat& chat = records.chats[0];
  CHECK(chat.id.text == "fef5015b-8102-457e-b69b-471a55487837");
  CHECK(chat.state == ChatState::active);
  CHECK(chat.service_name == "serviziocablato");
  CHECK(chat.begin_at == Time::at(1568903506777));
  CHECK(chat.participants.size() == 2);
  CHECK(chat.data_collections.size() == 2);
  CHECK(chat.call_data.size() == 8);
  CHECK(chat.extensions.empty());

  // An ended chat, so that the services for transcripts have something to show.
  CHECK(records.chats[1].id.text == "CHAT_DEFAULT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11");
  CHECK(records.chats[1].state == ChatState::ended);
  CHECK(records.chats[1].participants.size() == 2);
  CHECK(records.messages.size() == 4);

  REQUIRE(records.visitors.size() == 1);
  const Visitor& visitor = records.visitors[0];
  CHECK(visitor.id.text == "c8e1eb84-60d3-4d69-b10b-96364845023e");
  CHECK(visitor.name == "Gabry");
  CHECK(visitor.emails == List<Text>{"Gabriele.Verde@enghouse.com"});
  CHECK(visitor.phones.empty());
  CHECK(visitor.ip == "::1");
  CHECK(visitor.landing_page == "http://localhost:3001/domain/test.html");
  CHECK(visitor.landing_title == "LiveChat - Test Page");
  CHECK(visitor.channel == "web");
  CHECK(visitor.status == VisitorStatus::chatting);
  CHECK(visitor.presence == Presence::online);
  CHECK(visitor.visit_at == Time::at(1568903506777));
  CHECK(visitor.last_chat == chat.id);
  CHECK(visitor.last_chat_at == Time::at(1568903506777));
  List<Text> names;
  for (const Attribute& attribute : visitor.attributes) names.push_back(attribute.name);
  CHECK(names == List<Text>{"_CTHISTORY_1_Q_", "birthdate", "name", "surname", "ECID"});
  CHECK(find(visitor.attributes, "ECID")->value == "felixct7|1|11|15");

  REQUIRE(records.agents.size() == 1);
  CHECK(records.agents[0].id.text == "USER_gverde1@acd.enghouse.com");
  CHECK(records.agents[0].name == "Gabriele Verde");
  CHECK(records.agents[0].status == "Online");
}
