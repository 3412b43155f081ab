// livechat/config, batches of messages, notes of agents and requests for transcripts, through the whole program and its store.
#include <doctest/doctest.h>

#include <optional>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool can_run = built_with({"rocketchat", "sqlite"});
const Headers json{{"Content-Type", "application/json"}};

Headers by_agent() {
  Headers headers = rocketchat_headers();
  headers.emplace_back("Content-Type", "application/json");
  return headers;
}

struct Store {
  Scratch scratch;
  std::string config;
  std::optional<Served> served;

  explicit Store(bool demo = true, std::string_view lines = {})
      : config(scratch.write("gateway.yaml", demo_config(scratch / "parley.db", demo, lines))) {
    served.emplace(program(), config);
  }
  void restart() {
    served.reset();
    served.emplace(program(), config);
  }
  Answer open(std::string_view method, const std::string& target, std::string_view body = {}) const {
    return served->ask(method, target, json, body);
  }
  Answer send(std::string_view method, const std::string& target, std::string_view body = {}) const {
    return served->ask(method, target, by_agent(), body);
  }
  std::string room_of(const std::string& token) const {
    REQUIRE(open("POST", "/api/v1/livechat/visitor",
                 R"({"visitor":{"token":")" + token + R"(","name":"Ann","email":")" + token + R"(@shop.example"}})")
                .status == 200);
    return value_at(open("GET", "/api/v1/livechat/room?token=" + token).body, "/room/_id");
  }
};

const std::string config_path = "/api/v1/livechat/config";

}  // namespace

TEST_CASE("e2e: the widget's configuration follows the visitor, the room and the agents" * doctest::skip(!can_run)) {
  const Store store;
  for (const std::string prefix : {"", "/pimenta"}) {
    CAPTURE(prefix);
    const std::string token = "config" + prefix.substr(prefix.empty() ? 0 : 1);
    const auto config = [&] { return store.open("GET", prefix + config_path + "?token=" + token); };
    const Answer before = config();
    CHECK(before.status == 200);
    CHECK(value_at(before.body, "/config/enabled") == "true");
    CHECK(value_at(before.body, "/config/online") == "true");
    CHECK(value_at(before.body, "/config/settings/registrationForm") == "true");
    CHECK(value_at(before.body, "/config/settings/fileUpload") == "true");
    CHECK(value_at(before.body, "/config/departments/0/_id") != "(none)");
    CHECK(value_at(before.body, "/config/guest") == "(none)");

    const std::string room = store.room_of(token);
    const Answer known = config();
    CHECK(value_at(known.body, "/config/guest/token") == token);
    CHECK(value_at(known.body, "/config/guest/visitorEmails/0/address") == token + "@shop.example");
    CHECK(value_at(known.body, "/config/room/_id") == room);
    CHECK(value_at(known.body, "/config/agent") == "(none)");
    REQUIRE(store
                .send("POST", "/api/v1/livechat/inquiries.take",
                      R"({"inquiryId":")" + room + R"(","userId":"rbAXPnMktTFbNpwtJ"})")
                .status == 200);
    CHECK(value_at(config().body, "/config/agent/username") == "rocket.agent");
    CHECK(value_at(config().body, "/config/room/servedBy/username") == "rocket.agent");
    REQUIRE(store.open("POST", "/api/v1/livechat/room.close", R"({"rid":")" + room + R"(","token":")" + token + "\"}")
                .status == 200);
    CHECK(value_at(config().body, "/config/room") == "(none)");
    CHECK(value_at(config().body, "/config/guest/token") == token);
  }
  CHECK(store.open("GET", config_path + "?rid=r").status == 400);
  CHECK(value_at(store.open("GET", config_path + "?department=nowhere").body, "/config/online") == "false");
}

TEST_CASE("e2e: without agents the widget is offline, and an operator's settings show" * doctest::skip(!can_run)) {
  const Store store(false,
                    "  - name: shop\n    facade: rocketchat\n    backend: local\n    prefix: /shop\n    auth: none\n"
                    "    widget: {title: Help, color: \"#1d74f5\", text_limit: 5, registration_form: false}\n"
                    "  - name: off\n    facade: rocketchat\n    backend: local\n    prefix: /off\n    auth: none\n"
                    "    widget: {enabled: false}\n");
  CHECK(value_at(store.open("GET", config_path).body, "/config/online") == "false");
  CHECK(value_at(store.open("GET", config_path).body, "/config/theme/title") == "Rocket.Chat");
  const Answer shop = store.open("GET", "/shop" + config_path);
  CHECK(value_at(shop.body, "/config/theme/title") == "Help");
  CHECK(value_at(shop.body, "/config/theme/color") == "#1d74f5");
  CHECK(value_at(shop.body, "/config/settings/limitTextLength") == "5");
  CHECK(value_at(shop.body, "/config/settings/registrationForm") == "false");
  CHECK(store.open("GET", "/off" + config_path).body == R"({"config":{"enabled":false},"success":true})");

  const std::string room = store.room_of("limited");
  const auto post = [&](const std::string& prefix, const char* message) {
    return store.open("POST", prefix + "/api/v1/livechat/message",
                      R"({"token":"limited","rid":")" + room + R"(","msg":")" + message + "\"}");
  };
  CHECK(post("/shop", "hello").status == 200);
  CHECK(post("/shop", "hello!").body == R"({"success":false,"error":"message-length-exceeds-character-limit"})");
  CHECK(post("", "hello!").status == 200);
}

TEST_CASE("e2e: a batch of messages makes the visitor and the room, and is in the history" * doctest::skip(!can_run)) {
  const Store store(false);
  const std::string batch = R"({"visitor":{"token":"batch"},"messages":[{"msg":"one"},{"msg":"two"}]})";
  CHECK(store.open("POST", "/api/v1/livechat/messages", batch).status == 401);
  const Answer first = store.send("POST", "/api/v1/livechat/messages", batch);
  REQUIRE_MESSAGE(first.status == 200, first.body);
  CHECK(value_at(first.body, "/messages/0/msg") == "one");
  CHECK(value_at(first.body, "/messages/1/msg") == "two");
  CHECK(value_at(first.body, "/messages/1/username") == "guest-2");
  CHECK(value_at(first.body, "/messages/1/ts").size() == 24);
  CHECK(value_at(first.body, "/messages/2") == "(none)");
  CHECK(store.send("POST", "/pimenta/api/v1/livechat/messages", batch).status == 200);
  const std::string room = value_at(store.open("GET", "/api/v1/livechat/room?token=batch").body, "/room/_id");
  CHECK(value_at(store.open("GET", "/api/v1/livechat/room?token=batch").body, "/newRoom") == "false");
  const Answer history = store.open("GET", "/api/v1/livechat/messages.history/" + room + "?token=batch");
  CHECK(value_at(history.body, "/messages/3/msg") == "one");
  CHECK(value_at(history.body, "/messages/0/msg") == "two");
  CHECK(value_at(history.body, "/messages/4") == "(none)");
}

TEST_CASE("e2e: what agents note of a room is there after a restart, and leaves with the visitor" *
          doctest::skip(!can_run)) {
  Store store;
  const std::string room = store.room_of("noted");
  const std::string visitor = value_at(store.open("GET", "/api/v1/livechat/visitor/noted").body, "/visitor/_id");
  const std::string save = "/api/v1/livechat/room.saveInfo";
  const auto note = [&](const std::string& guest, const std::string& of, const std::string& more) {
    return store.send("POST", save,
                      R"({"guestData":{"_id":")" + guest +
                          R"(","name":"Ann Smith","phone":"0815"},"roomData":{"_id":")" + of + '"' + more + "}}");
  };
  const Answer saved = note(visitor, room, R"(,"topic":"A parcel","tags":["late"],"livechatData":{"order":"4711"})");
  CHECK(saved.body == R"({"success":true})");
  CHECK(saved.header("Parley-Loss") == "");
  CHECK(note(visitor, "unknown", "").body == R"({"success":false,"error":"error-invalid-room"})");
  CHECK(note("unknown", room, "").body == R"({"success":false,"error":"error-invalid-visitor"})");
  CHECK(store.open("POST", save, "{}").status == 401);

  const std::string transcript = "/api/v1/livechat/transcript/" + room;
  const std::string wanted = R"({"email":"noted@shop.example","subject":"Your chat"})";
  CHECK(value_at(store.send("DELETE", transcript).body, "/error") ==
        "Transcript not requested [error-transcript-not-requested]");
  CHECK(store.send("POST", transcript, wanted).body == R"({"success":true})");
  CHECK(value_at(store.send("POST", transcript, wanted).body, "/error") ==
        "Transcript already requested [error-transcript-already-requested]");
  CHECK(value_at(store.send("POST", "/api/v1/livechat/transcript/unknown", wanted).body, "/error") ==
        "Invalid room [error-invalid-room]");
  CHECK(store.open("POST", transcript, wanted).status == 401);

  store.restart();
  const auto info = [&](const char* path) {
    return value_at(store.send("GET", "/api/v1/rooms.info?roomId=" + room).body, path);
  };
  CHECK(info("/room/topic") == "A parcel");
  CHECK(info("/room/tags/0") == "late");
  CHECK(info("/room/livechatData/order") == "4711");
  CHECK(info("/room/v/name") == "Ann Smith");
  CHECK(info("/room/transcriptRequest/email") == "noted@shop.example");
  CHECK(info("/room/transcriptRequest/requestedBy/_id") == "demo-rocket-user");
  CHECK(value_at(store.open("GET", "/api/v1/livechat/visitor/noted").body, "/visitor/phone/0/phoneNumber") == "0815");

  const Finished exported =
      run({.command = {program(), "export", "--config", store.config, "--backend", "local", "--token", "noted"}});
  CAPTURE(exported.err);
  CHECK(value_at(exported.out, "/chats/0/transcript_request/email") == "noted@shop.example");
  CHECK(value_at(exported.out, "/chats/0/topic") == "A parcel");

  CHECK(store.send("DELETE", transcript).body == R"({"success":true})");
  CHECK(info("/room/transcriptRequest") == "(none)");
  REQUIRE(store.send("POST", transcript, wanted).status == 200);
  REQUIRE(store.open("POST", "/api/v1/livechat/room.close", R"({"rid":")" + room + R"(","token":"noted"})").status ==
          200);
  CHECK(value_at(store.send("POST", transcript, wanted).body, "/error") == "Invalid room [error-invalid-room]");
  REQUIRE(store.open("DELETE", "/api/v1/livechat/visitor/noted", "{}").status == 200);
  const std::string rooms = store.send("GET", "/api/v1/livechat/rooms?count=0").body;
  CHECK(rooms.find(room) != std::string::npos);
  CHECK(rooms.find("noted@shop.example") == std::string::npos);
  CHECK(rooms.find("A parcel") == std::string::npos);
}

TEST_CASE("e2e: no mail is sent, and the calls say so" * doctest::skip(!can_run)) {
  const Store store;
  const std::string body = R"({"rid":"r","token":"t","email":"ann@shop.example"})";
  const Answer now = store.open("POST", "/api/v1/livechat/transcript", body);
  CHECK(now.status == 400);
  CHECK(now.header("Content-Type") == "application/json");
  CHECK(value_at(now.body, "/message") == "Error sending Omnichannel transcript");
  CHECK(store.open("POST", "/pimenta/api/v1/livechat/transcript", body).body ==
        R"({"message":"Error sending Omnichannel transcript","success":false})");
  CHECK(store.open("GET", "/api/v1/livechat/config/routing").status == 401);
  CHECK(value_at(store.send("GET", "/api/v1/livechat/config/routing").body, "/config/autoAssignAgent") == "false");
}

}  // namespace parley::test
