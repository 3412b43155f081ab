// A conversation of the demo chat through a gateway with a store: texts are sent, listed, and found after the chat's end.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;

namespace {

const bool with_store = test::built_with({"sqlite"});

/// The demo, behind a facade that knows one token. `more`: other keys of the route.
struct Demo {
  explicit Demo(std::string more = {}) : more(std::move(more)) {}

  std::string more;
  test::Scratch scratch;
  test::Running parley{"server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
                       (scratch / "parley.db") +
                       "\", demo: true}}\nroutes: [{facade: enghouse, backend: local, auth: {tokens: [t]}" + more +
                       "}]\n"};

  std::string get(const std::string& path) const {
    return parley.ask("GET", "/livechat/" + path, {{"ctlivetoken", "t"}}).body;
  }
  std::string post(const std::string& path, const std::string& body) const {
    test::Headers headers = {{"ctlivetoken", "t"}};
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return parley.ask("POST", "/livechat/" + path, headers, body).body;
  }
};

const std::string chat = "CHAT_fef5015b-8102-457e-b69b-471a55487837";
const std::string done = R"({"result":true,"error":null})";
const std::string nothing_found = R"({"result":true,"chatTranscripts":[],"error":null})";

}  // namespace

TEST_CASE("enghouse: a conversation is sent, listed, ended and found" * doctest::skip(!with_store)) {
  const Demo demo;
  const std::string text = "Ciao \U0001F600 \u202Eabc\u202C \u2028 </script> \"\\";
  CHECK(demo.post("sendTextMessageToActiveChat/" + chat,
                  R"({"text":"Ciao \ud83d\ude00 \u202Eabc\u202C \u2028 </script> \"\\","nickname":"Mario"})") == done);
  const std::string longest(64 * 1024, 'x');
  CHECK(demo.post("default/sendExternalTextMessageToActiveChat",
                  R"({"userid":"1","serviceid":"2","chatid":")" + chat + R"(","text":")" + longest + "\"}") == done);

  const std::string history = demo.parley.ask("GET", "/livechat/getChatHistory/" + chat).body;  // needs no token
  CHECK(test::value_at(history, "/messages/0/room") == chat);
  CHECK(test::value_at(history, "/messages/0/data/messageType") == "TEXT");
  CHECK(test::value_at(history, "/messages/0/data/content/text") == text);
  CHECK(test::value_at(history, "/messages/0/data/content/user") == R"({"id":"","isAgent":true,"nickname":"Mario"})");
  CHECK(test::value_at(history, "/messages/1/data/content/text") == longest);
  CHECK(test::value_at(history, "/messages/2") == "(none)");

  const std::string in_script = demo.get("getChatHistory/" + chat + "?callback=cb");
  CHECK(in_script.starts_with("/**/ typeof cb === 'function' && cb({\"result\":true,\"messages\":["));
  CHECK(in_script.find("\xe2\x80\xa8") == std::string::npos);

  const std::string active = demo.get("default/getContactTranscriptByChatID/" + chat);
  CHECK(test::value_at(active, "/isChatActive") == "true");
  CHECK(test::value_at(active, "/chatTranscript/1/data/content/user/nickname") == "2");
  CHECK(test::value_at(demo.get("getChatTranscriptByChatID/" + chat), "/error") == "no ended chat with this id");
  CHECK(test::value_at(demo.get("getDataCollectionByChatID/" + chat),
                       "/datacollections/fc0450c8-4b2c-42b3-b8c9-04b672ca4a90/title") == "Anagrafica #2");

  const std::string end = R"({"chatID":")" + chat + R"(","reason":"success"})";
  CHECK(demo.post("endContactByChatID", end) == done);
  CHECK(demo.post("endContactByChatID", end) == R"({"result":false,"error":"chat not active"})");
  CHECK(demo.post("sendTextMessageToActiveChat/" + chat, R"({"text":"late"})") ==
        R"({"result":false,"error":"chat not active"})");
  CHECK(demo.get("getChatHistory/" + chat) == R"({"result":false,"messages":null,"error":"chat not active"})");
  CHECK(demo.get("getDataCollectionByChatID/" + chat) ==
        R"({"result":false,"datacollections":null,"error":"chat not active"})");

  CHECK(test::value_at(demo.get("default/getContactTranscriptByChatID/" + chat), "/isChatActive") == "false");
  const std::string ended = demo.get("getChatTrasncriptByChatID/" + chat);
  CHECK(test::value_at(ended, "/chatTranscripts/transcript/room") == chat);
  CHECK(test::value_at(ended, "/chatTranscripts/transcript/messages/0/data/content/text") == text);
  CHECK(test::value_at(ended, "/chatTranscripts/transcript/messages/2") == "(none)");  // not that it was closed

  const std::pair<std::string, std::string> searches[] = {
      {demo.get("default/getChatTranscriptByUserID/USER_c8e1eb84-60d3-4d69-b10b-96364845023e"),
       demo.get("default/getChatTranscriptByUserID/USER_nobody")},
      {demo.post("default/getChatTranscriptByCalldata", R"({"ECID":"felixct7|1|11|15","birthdate":""})"),
       demo.post("default/getChatTranscriptByCalldata", R"({"ECID":"felixct7|1|11|15","birthdate":"1"})")},
      {demo.post("default/getChatTranscriptByTimeRangeAndServiceID",
                 R"({"beginTime":1568903506777,"endTime":1568903506777})"),
       demo.post("default/getChatTranscriptByTimeRangeAndServiceID",
                 R"({"beginTime":1568903506777,"endTime":1568903506777,"serviceID":"other"})")}};
  for (const auto& [found, missed] : searches) {
    CHECK(test::value_at(found, "/chatTranscripts/0/transcript/messages") ==
          test::value_at(ended, "/chatTranscripts/transcript/messages"));
    CHECK(test::value_at(found, "/chatTranscripts/1") == "(none)");
    CHECK(missed == nothing_found);
  }
}

TEST_CASE("enghouse: a lossless route shows what was said in chats of a store" * doctest::skip(!with_store)) {
  const Demo demo(", loss: lossless");
  CHECK(demo.post("sendTextMessageToActiveChat/" + chat, R"({"text":"Hello","nickname":"Mario"})") == done);
  CHECK(demo.post("sendTextMessageToActiveChat/" + chat, R"({"text":"Bye"})") == done);
  const auto second = [](const std::string& answer, const std::string& messages) {
    CAPTURE(answer);
    CHECK(test::value_at(answer, messages + "/1/data/content/text") == "Bye");
  };
  second(demo.get("getChatHistory/" + chat), "/messages");
  second(demo.get("default/getContactTranscriptByChatID/" + chat), "/chatTranscript");
  CHECK(demo.post("endContactByChatID", R"({"chatID":")" + chat + R"(","reason":"success"})") == done);
  second(demo.get("getChatTranscriptByChatID/" + chat), "/chatTranscripts/transcript/messages");
}

TEST_CASE("enghouse: all chats are ended at once, by who has a token" * doctest::skip(!with_store)) {
  const Demo demo;
  CHECK(demo.parley.ask("POST", "/livechat/endAllContacts").body ==
        R"({"result":false,"contacts":null,"error":"not authorized"})");
  CHECK(demo.parley.ask("POST", "/livechat/endContactByChatID", {{"Content-Type", "application/json"}}, "{}").body ==
        R"({"result":false,"error":"not authorized"})");
  const std::string active = demo.get("getActiveContactsID");
  CHECK(active.find(chat) != std::string::npos);
  const std::string ended = demo.post("endAllContacts", "");
  CHECK(test::value_at(ended, "/contacts") == test::value_at(active, "/contacts"));
  CHECK(demo.get("getActiveContactsID") == R"({"result":true,"contacts":[],"error":null})");
  CHECK(demo.post("endAllContacts", "") == R"({"result":true,"contacts":[],"error":null})");
}

TEST_CASE("enghouse: HEAD, wrong methods and missing bodies of the services" * doctest::skip(!with_store)) {
  const Demo demo;
  const test::Headers token = {{"ctlivetoken", "t"}};
  const test::Answer head = demo.parley.ask("HEAD", "/livechat/getChatHistory/" + chat);
  CHECK(head.status == 200);
  CHECK(head.body == "");
  CHECK(demo.parley.ask("GET", "/livechat/endAllContacts", token).status == 405);
  CHECK(demo.parley.ask("GET", "/livechat/endAllContacts", token).header("Allow") == "POST");
  CHECK(demo.parley.ask("POST", "/livechat/endContactByChatID", token).body ==
        R"({"result":false,"error":"a body is required"})");
  CHECK(demo.parley.ask("GET", "/livechat/getContactTranscriptByChatID/" + chat, token).status == 404);  // no domain
}
