// A write through one vendor's style shows at once in the others, with ids that are converted in both directions.
#include <doctest/doctest.h>

#include "schemas/id.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat"});

struct World {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};

  [[nodiscard]] std::string get(const std::string& target, const Headers& headers = {}) const {
    const Answer answer = served.ask("GET", target, headers);
    CAPTURE(target);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return answer.body;
  }
  [[nodiscard]] std::string post(const std::string& target, const std::string& body) const {
    const Answer answer = served.ask("POST", target, {{"Content-Type", "application/json"}}, body);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return answer.body;
  }
};

/// A registered visitor with an open chat, with the ids of each style.
struct Guest {
  std::string token, id, room, guid;     // Rocket.Chat's ids; the visitor's guid in Comm100
  std::string chat_path, user, comm100;  // Enghouse's path of the chat and key in `users`; Comm100's visitor
};

Guest arrive(const World& world, const std::string& token, const std::string& visitor_json) {
  Guest guest;
  guest.token = token;
  const std::string registered = world.post("/api/v1/livechat/visitor", visitor_json);
  guest.id = value_at(registered, "/visitor/_id");
  const std::string opened = world.get("/api/v1/livechat/room?token=" + token);
  guest.room = value_at(opened, "/room/_id");
  guest.guid = ids::format(ids::to_guid(guest.id));
  guest.user = "USER_" + guest.guid;
  guest.chat_path = "/livechat/getContactByChatID/CHAT_" + ids::format(ids::to_guid(guest.room));
  guest.comm100 = "/v4/livechat/visitors/" + guest.guid;
  return guest;
}

std::string in_quotes(const std::string& text) { return print(string(text)); }

}  // namespace

TEST_CASE("a visitor registered in Rocket.Chat is shown by Comm100 and, with a chat, by Enghouse" *
          doctest::skip(!all_three)) {
  const World world;
  const Guest guest = arrive(world, "one-world", R"({"visitor": {"name": "Ada Lovelace", "email": "ada@example.org",
    "token": "one-world", "phone": "+44 20 7946 0000",
    "customFields": [{"key": "plan", "value": "gold", "overwrite": true}]}})");

  const std::string visitor = world.get(guest.comm100, comm100_headers());
  CHECK(value_at(visitor, "/id") == guest.guid);
  CHECK(value_at(visitor, "/name") == "Ada Lovelace");
  CHECK(value_at(visitor, "/email") == "ada@example.org");
  CHECK(value_at(visitor, "/phone") == "+44 20 7946 0000");
  CHECK(value_at(visitor, "/customFields/0/name") == "plan");
  CHECK(value_at(visitor, "/customFields/0/value") == "gold");
  CHECK(value_at(visitor, "/status") == "waitingForChat");
  CHECK(value_at(visitor, "/chats") == "1");

  const std::string contact = world.get(guest.chat_path);
  CHECK(value_at(contact, "/result") == "true");
  CHECK(value_at(contact, "/contact/userID") == guest.user);
  CHECK(value_at(contact, "/contact/endTime") == "");
  CHECK(value_at(contact, "/contact/users/" + guest.user + "/id") == guest.user);
  CHECK(value_at(contact, "/contact/users/" + guest.user + "/nickname") == "Ada Lovelace");
  CHECK(value_at(contact, "/contact/users/" + guest.user + "/isAgent") == "false");
  CHECK(value_at(contact, "/contact/users/" + guest.user + "/isOnline") == "true");
  CHECK(value_at(contact, "/contact/callData/_NICK_") == "Ada Lovelace");
  CHECK(value_at(contact, "/contact/callData/email") == "ada@example.org");
  CHECK(value_at(contact, "/contact/callData/phone_number") == "+44 20 7946 0000");
  CHECK(value_at(contact, "/contact/callData/plan") == "gold");
}

TEST_CASE("every later write shows at once in the other styles" * doctest::skip(!all_three)) {
  const World world;
  const Guest guest = arrive(world, "later", R"({"visitor": {"name": "Before", "token": "later"}})");

  SUBCASE("name and e-mail by Rocket.Chat") {
    (void)world.post("/api/v1/livechat/visitor",
                     R"({"visitor": {"name": "After", "email": "after@example.org", "token": "later"}})");
    CHECK(value_at(world.get(guest.comm100, comm100_headers()), "/name") == "After");
    CHECK(value_at(world.get(guest.comm100, comm100_headers()), "/email") == "after@example.org");
    CHECK(value_at(world.get(guest.chat_path), "/contact/users/" + guest.user + "/nickname") == "After");
    CHECK(value_at(world.get(guest.chat_path), "/contact/callData/email") == "after@example.org");
  }
  SUBCASE("variables by Comm100") {
    const Answer put = world.served.ask("PUT", guest.comm100, comm100_headers(), R"([{"name": "tier", "value": "7"}])");
    CHECK(put.status == 200);
    CHECK(value_at(world.get("/api/v1/livechat/visitor/later"), "/visitor/livechatData/tier") == "7");
    CHECK(value_at(world.get(guest.chat_path), "/contact/callData/tier") == "7");
  }
  SUBCASE("a page by Rocket.Chat") {
    (void)world.post("/api/v1/livechat/page.visited", R"({"token": "later", "rid": ")" + guest.room +
                                                          R"(", "pageInfo": {"change": "url", "title": "Prices",
      "location": {"href": "https://shop.example/prices"}}})");
    const std::string visitor = world.get(guest.comm100, comm100_headers());
    CHECK(value_at(visitor, "/currentBrowsing") == "https://shop.example/prices");
    CHECK(value_at(visitor, "/pageViews") == "1");
    CHECK(value_at(world.get(guest.chat_path), "/contact/users/" + guest.user + "/uriHistory/0") ==
          "https://shop.example/prices");
  }
}

TEST_CASE("an agent's status set in Comm100 is Enghouse's isOnline" * doctest::skip(!all_three)) {
  const World world;
  const std::string guid = ids::format(ids::to_guid("USER_gverde1@acd.enghouse.com"));
  const std::string agent = "/v4/livechat/agents/" + guid;
  const std::string contact = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
  const std::string online = "/contact/users/USER_gverde1@acd.enghouse.com/isOnline";
  CHECK(value_at(world.get(agent, comm100_headers()), "/status") == "Online");
  CHECK(value_at(world.get(agent, comm100_headers()), "/id") == guid);
  CHECK(value_at(world.get(contact), online) == "true");
  CHECK(world.served.ask("PUT", agent, comm100_headers(), R"({"status": "away"})").status == 200);
  CHECK(value_at(world.get(agent, comm100_headers()), "/status") == "Away");
  CHECK(value_at(world.get(contact), online) == "false");
  CHECK(world.served.ask("PUT", agent, comm100_headers(), R"({"status": "online"})").status == 200);
  CHECK(value_at(world.get(contact), online) == "true");
}

TEST_CASE("an open chat with an agent in it is `chatting` in Comm100" * doctest::skip(!all_three)) {
  const World world;
  const std::string visitor =
      world.get("/v4/livechat/visitors/c8e1eb84-60d3-4d69-b10b-96364845023e", comm100_headers());
  CHECK(value_at(visitor, "/status") == "chatting");
  CHECK(value_at(visitor, "/name") == "Gabry");
  CHECK(value_at(visitor, "/email") == "Gabriele.Verde@enghouse.com");
}

TEST_CASE("a visitor without a token is found by its id in Rocket.Chat" * doctest::skip(!all_three)) {
  const World world;
  const std::string id = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  const std::string visitor = world.get("/api/v1/livechat/visitor/" + id);
  CHECK(value_at(visitor, "/visitor/_id") == id);
  CHECK(value_at(visitor, "/visitor/token") == id);
  CHECK(value_at(visitor, "/visitor/visitorEmails/0/address") == "123@comm100.com");
}

TEST_CASE("times are exact to the millisecond in every style" * doctest::skip(!all_three)) {
  const World world;
  // 1568903506777 in the Enghouse contact.
  const std::string visitor =
      world.get("/v4/livechat/visitors/c8e1eb84-60d3-4d69-b10b-96364845023e", comm100_headers());
  CHECK(value_at(visitor, "/visitTime") == "2019-09-19T14:31:46.777Z");
}

TEST_CASE("names come through every style unchanged" * doctest::skip(!all_three)) {
  struct Case {
    const char* name;
    std::string text;
  };
  std::string long_name;
  while (long_name.size() < 10 * 1024) long_name += "Ünïcødé ";
  for (const Case& one :
       {Case{"emoji", "Zoë 👩‍🚀🏳️‍🌈"}, Case{"right to left", "שלום עולם مرحبا \u202e"},
        Case{"quotes", R"(Robert "Bob" O'Neil \ </script><img src=x>)"},
        Case{"line separators", "a\u2028b\u2029c\td\u007fe"}, Case{"10 KB", long_name}}) {
    CAPTURE(one.name);
    const World world;
    const Guest guest =
        arrive(world, "named", R"({"visitor": {"token": "named", "name": )" + in_quotes(one.text) + "}}");
    CHECK(value_at(world.get("/api/v1/livechat/visitor/named"), "/visitor/name") == one.text);
    CHECK(value_at(world.get(guest.comm100, comm100_headers()), "/name") == one.text);
    CHECK(value_at(world.get(guest.chat_path), "/contact/users/" + guest.user + "/nickname") == one.text);
    const std::string script = world.get(guest.chat_path + "?callback=cb");
    const std::size_t begin = script.find("cb({");
    REQUIRE(begin != std::string::npos);
    CHECK(value_at(script.substr(begin + 3, script.size() - begin - 5), "/contact/callData/_NICK_") == one.text);
    CHECK(script.find("\u2028") == std::string::npos);
    CHECK(script.find("\u2029") == std::string::npos);
  }
}

}  // namespace parley::test
