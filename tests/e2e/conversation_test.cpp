// One conversation in three styles: what is written through one is read through the others with author, time, order and text.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "schemas/id.hpp"
#include "tests/support/json.hpp"
#include "tests/support/random.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool whole_demo = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});
const Headers json{{"Content-Type", "application/json"}};
const std::string agent = "demo-rocket-user";

Headers with_json(Headers headers) {
  headers.emplace_back("Content-Type", "application/json");
  return headers;
}

std::string quoted(std::string_view text) { return print(string(text)); }

/// Texts that are hard to carry.
String random_text(Random& random) {
  static const std::string parts[] = {"Hello",
                                      "\xF0\x9F\x98\x80",
                                      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                                      "\xE2\x80\xA8",
                                      "\n\n",
                                      "<b>bold</b><script>",
                                      "\"quoted\\\"",
                                      "\t",
                                      "'; drop --",
                                      "e\xCC\x81\xC3\xA9\xC2\xA0",
                                      "{\"__proto__\":1}",
                                      "</script>"};
  String text;
  for (std::size_t left = 1 + random.below(6); left > 0; --left) text += parts[random.below(std::size(parts))];
  return text;
}

struct Line {
  bool by_visitor = false;
  String text;
};

/// The id of a room in the styles that have guids.
std::string guid_of(const std::string& room) { return ids::format(ids::to_guid(room)); }

struct Demo {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};

  /// A room of a new visitor.
  std::string open_room(const std::string& token) const {
    CHECK(
        served.ask("POST", "/api/v1/livechat/visitor", json, R"({"visitor":{"token":")" + token + R"(","name":"Ann"}})")
            .status == 200);
    const std::string room = value_at(served.ask("GET", "/api/v1/livechat/room?token=" + token).body, "/room/_id");
    REQUIRE(room.size() == 17);
    return room;
  }
};

/// Who writes a message, and how.
struct Writer {
  const char* name;
  bool visitor;
  Answer (*write)(const Demo& demo, const std::string& token, const std::string& room, const std::string& guid,
                  std::string_view text);
};

const Writer writers[] = {
    {"Rocket.Chat's visitor", true,
     [](const Demo& demo, const std::string& token, const std::string& room, const std::string&,
        std::string_view text) {
       return demo.served.ask("POST", "/api/v1/livechat/message", json,
                              R"({"token":")" + token + R"(","rid":")" + room + R"(","msg":)" + quoted(text) + "}");
     }},
    {"Rocket.Chat's agent", false,
     [](const Demo& demo, const std::string&, const std::string& room, const std::string&, std::string_view text) {
       return demo.served.ask("POST", "/api/v1/chat.sendMessage", with_json(rocketchat_headers()),
                              R"({"message":{"rid":")" + room + R"(","msg":)" + quoted(text) + "}}");
     }},
    {"Enghouse's agent", false,
     [](const Demo& demo, const std::string&, const std::string&, const std::string& guid, std::string_view text) {
       return demo.served.ask("POST", "/livechat/sendTextMessageToActiveChat/CHAT_" + guid,
                              with_json({{"ctlivetoken", "demo-enghouse-token"}}),
                              R"({"text":)" + quoted(text) + R"(,"nickname":"Gabriele"})");
     }},
};

std::vector<Line> by_rocketchat(const Demo& demo, const std::string& token, const std::string& room) {
  const Answer answer =
      demo.served.ask("GET", "/api/v1/livechat/messages.history/" + room + "?token=" + token + "&limit=100000");
  REQUIRE(answer.status == 200);
  const Value root = parse(answer.body);
  std::vector<Line> lines;
  std::string last = "9";
  for (const Value& one : root.find("messages")->children) {
    const std::string at(one.find("ts")->text);
    CHECK(at < last);  // the newest first, and no two at one time
    last = at;
    if (one.find("t") == nullptr) lines.push_back({one.find("token") != nullptr, one.find("msg")->text});
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::vector<Line> by_enghouse(const std::string& body, const char* list) {
  const Value root = parse(body);
  REQUIRE_MESSAGE(root.find(list) != nullptr, body);
  std::vector<Line> lines;
  std::int64_t last = 0;
  for (const Value& one : root.find(list)->children) {
    const Value& data = *one.find("data");
    const std::int64_t at = std::stoll(std::string(data.find("ts")->text));
    CHECK(at >= last);  // the place in the list tells the order of two messages of one time
    last = at;
    lines.push_back({data.find("content")->find("user")->find("isAgent")->text == "false",
                     data.find("content")->find("text")->text});
  }
  return lines;
}

std::vector<Line> by_comm100(const Demo& demo, const std::string& guid) {
  const Answer answer = demo.served.ask("GET", "/v4/livechat/chats/" + guid + "?include=messages", comm100_headers());
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  const Value root = parse(answer.body);
  std::vector<Line> lines;
  for (const Value& one : root.find("messages")->children) {
    const String sender = one.find("senderType")->text;
    if (sender != "system") lines.push_back({sender == "visitor", one.find("message")->text});
  }
  return lines;
}

void check_same(const std::vector<Line>& expected, const std::vector<Line>& actual, const char* reader) {
  CAPTURE(reader);
  REQUIRE(actual.size() == expected.size());
  for (std::size_t at = 0; at < expected.size(); ++at) {
    CAPTURE(at);
    CHECK(actual[at].text == expected[at].text);
    CHECK(actual[at].by_visitor == expected[at].by_visitor);
  }
}

}  // namespace

TEST_CASE("e2e: a conversation written in one style is read in the others" * doctest::skip(!whole_demo)) {
  const Demo demo;
  Random random(7);
  const std::string token = "conversation-token";
  const std::string room = demo.open_room(token);
  const std::string guid = guid_of(room);
  std::vector<Line> expected;
  for (int round = 0; round < 200; ++round) {
    const Writer& writer = writers[random.below(std::size(writers))];
    CAPTURE(writer.name);
    String text = random_text(random);
    if (round == 100) text = String(64 * 1024, 'x');
    const Answer answer = writer.write(demo, token, room, guid, text);
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    expected.push_back({writer.visitor, text});
  }
  for (const Writer& writer : writers) {
    CAPTURE(writer.name);
    const Answer refused = writer.write(demo, token, room, guid, std::string_view("a\0b", 3));
    CHECK((refused.status == 400 || value_at(refused.body, "/result") == "false"));
  }
  check_same(expected, by_rocketchat(demo, token, room), "messages.history");
  check_same(expected, by_enghouse(demo.served.ask("GET", "/livechat/getChatHistory/CHAT_" + guid).body, "messages"),
             "getChatHistory");
  check_same(expected, by_comm100(demo, guid), "chats/{id}");

  const Headers enghouse{{"ctlivetoken", "demo-enghouse-token"}};
  CHECK(value_at(demo.served
                     .ask("POST", "/livechat/endContactByChatID", with_json(enghouse),
                          R"({"chatID":"CHAT_)" + guid + R"(","reason":"success"})")
                     .body,
                 "/result") == "true");
  const std::string transcript = "/livechat/default/getContactTranscriptByChatID/CHAT_" + guid;
  check_same(expected, by_enghouse(demo.served.ask("GET", transcript, enghouse).body, "chatTranscript"),
             "getContactTranscriptByChatID");
  CHECK(value_at(demo.served.ask("GET", transcript, enghouse).body, "/isChatActive") == "false");
  check_same(expected, by_comm100(demo, guid), "chats/{id} of an ended chat");
  const Answer late = writers[0].write(demo, token, room, guid, "too late");
  CHECK(late.status == 400);
  CHECK(value_at(late.body, "/error") == "room-closed");
  CHECK(value_at(demo.served.ask("GET", "/livechat/getChatHistory/CHAT_" + guid).body, "/result") == "false");

  const Answer found = demo.served.ask("POST", "/v4/livechat/chats:Search?pageSize=500", with_json(comm100_headers()),
                                       R"({"startTime":"2020-01-01T00:00:00Z","endTime":"2100-01-01T00:00:00Z"})");
  CHECK(found.status == 200);
  CHECK(found.body.find(guid) != std::string::npos);
}

TEST_CASE("e2e: a visitor's messages are for who has the token" * doctest::skip(!whole_demo)) {
  const Demo demo;
  const std::string mine = demo.open_room("my-token");
  const std::string other = demo.open_room("other-token");
  const auto write = [&demo](const std::string& token, const std::string& room, const std::string& more) {
    return demo.served.ask("POST", "/api/v1/livechat/message", json,
                           R"({"token":")" + token + R"(","rid":")" + room + R"(","msg":"secret")" + more + "}");
  };
  REQUIRE(write("my-token", mine, R"(,"_id":"my-message")").status == 200);
  CHECK(write("other-token", mine, "").status == 400);
  CHECK(write("nobody", mine, "").status == 400);
  CHECK(write("other-token", other, R"(,"_id":"my-message")").status == 400);
  for (const std::string& target :
       {"/api/v1/livechat/messages.history/" + mine + "?token=other-token",
        "/api/v1/livechat/messages.history/" + mine + "?token=", "/api/v1/livechat/messages.history/" + mine,
        "/api/v1/livechat/message/my-message?token=other-token&rid=" + other,
        "/api/v1/livechat/message/my-message?token=other-token&rid=" + mine, "/api/v1/livechat/" + mine + "/messages",
        "/livechat/default/getContactTranscriptByChatID/CHAT_" + guid_of(mine),
        "/v4/livechat/chats/" + guid_of(mine) + "?include=messages"}) {
    CAPTURE(target);
    const Answer answer = demo.served.ask("GET", target);
    CHECK((answer.status >= 400 || value_at(answer.body, "/result") == "false"));
    CHECK(answer.body.find("secret") == std::string::npos);
  }
}

TEST_CASE("every acknowledged message survives kill -9, numbered without a gap" *
          doctest::skip(!built_with({"rocketchat", "sqlite"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db", false));
  std::string room;
  std::vector<std::string> acknowledged;
  for (int round = 0; round < 4; ++round) {
    Served served(program(), config);
    Connection connection(served.port());
    if (round == 0) {
      connection.ask("POST", "/api/v1/livechat/visitor", json, R"({"visitor":{"token":"t"}})");
      room = value_at(connection.ask("GET", "/api/v1/livechat/room?token=t").body, "/room/_id");
    }
    for (int i = 0; i < 25; ++i) {
      const std::string text = std::to_string(round) + "." + std::to_string(i);
      const Answer answer = connection.ask("POST", "/api/v1/livechat/message", json,
                                           R"({"token":"t","rid":")" + room + R"(","msg":")" + text + "\"}");
      REQUIRE(answer.status == 200);
      acknowledged.push_back(text);
    }
    connection.send(request_text("POST", "/api/v1/livechat/message", json,
                                 R"({"token":"t","rid":")" + room + R"(","msg":"in flight"})"));
    served.process().signal(SIGKILL);
    CHECK(served.process().wait().code == 128 + SIGKILL);
  }
  const Served again(program(), config);
  const Answer history = again.ask("GET", "/api/v1/livechat/messages.history/" + room + "?token=t&limit=1000");
  const Value root = parse(history.body);
  std::vector<std::string> found;
  for (const Value& one : root.find("messages")->children) {
    if (one.find("msg")->text != "in flight") found.emplace_back(one.find("msg")->text);
  }
  std::reverse(found.begin(), found.end());
  CHECK(found == acknowledged);
  const std::size_t stored = root.find("messages")->children.size();
  CHECK(value_at(again.ask("GET", "/api/v1/rooms.info?roomId=" + room, rocketchat_headers()).body, "/room/msgs") ==
        std::to_string(stored));
}

}  // namespace parley::test
