// The document of a chat: what it computes, what reading takes back, and documents that are written back unchanged.
#include "adapters/comm100/chat.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "adapters/comm100/fields.hpp"
#include "adapters/contract/adapter.hpp"
#include "tests/adapters/comm100/documents.hpp"
#include "tests/support/json.hpp"

namespace parley::comm100 {
std::span<const contract::Sample> samples();
}

namespace {

using namespace parley;
using test::difference;
using test::comm100::lost_members;

constexpr const shape::View& view = shape::view<comm100::chat>;

Chat read_chat(std::string_view json) { return test::comm100::read<Chat>(view, json); }
String write_chat(const Chat& chat) { return test::comm100::write(view, chat); }

String shown(const Chat& chat, std::string_view key) {
  const test::Value document = test::parse(write_chat(chat));
  const test::Value* found = document.find(key);
  return found == nullptr ? "nothing" : test::print(*found);
}

bool loses(const Chat& chat, std::string_view member) {
  const List<String> lost = lost_members(view, &chat);
  return std::find(lost.begin(), lost.end(), member) != lost.end();
}

std::string_view sample(std::string_view name) {
  for (const contract::Sample& one : comm100::samples()) {
    if (one.name == name) return one.text;
  }
  return {};
}

constexpr std::int64_t begin = 1710753124250;  // 2024-03-18T09:12:04.250Z

/// A chat of eight minutes.
Chat ended_chat() {
  Chat chat;
  chat.id.text = "5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44";
  chat.state = ChatState::ended;
  chat.begin_at = Time::at(begin);
  chat.end_at = Time::at(begin + 480'000);
  return chat;
}

}  // namespace

TEST_CASE("comm100: a chat of the history as a record") {
  const Chat chat = read_chat(sample("chat.json"));
  CHECK(chat.sequence == 10023);
  CHECK(chat.id.text == "5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44");
  CHECK(chat.department.text == "b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11");
  CHECK(chat.state == ChatState::ended);
  CHECK(chat.begin_at == Time::at(begin));
  CHECK(chat.end_at == Time::at(begin + 480'000));
  CHECK(chat.queued_at == Time::at(begin - 12'000));
  CHECK(chat.taken_at == Time::at(begin));  // waitingTime after requestedTime
  CHECK(chat.source == "widget");
  CHECK(chat.visitor.text == "8f6f1c0e-2a51-4a8e-9a3f-0c7be6a1d2b4");
  CHECK(chat.agent.text == "c97a2afe-a38f-46f8-a55b-8ac9f873cd09");
  REQUIRE(chat.participants.size() == 2);
  CHECK(chat.participants[0].name == "Leo Fischer");
  CHECK(chat.participants[0].emails == List<Text>{"leo@shop.example"});
  CHECK(chat.participants[0].landing_title == "Your orders");
  CHECK(chat.participants[0].landing_page == "https://shop.example/orders");
  CHECK_FALSE(chat.participants[0].is_agent);
  CHECK(chat.participants[1].name == "Gaia Winters");
  CHECK(chat.participants[1].is_agent);
  CHECK(chat.rating.grade == 5);
  CHECK(chat.rating.comment == "Quick and kind.");
  CHECK(chat.visitor_messages == 1);
  CHECK(chat.agent_messages == 2);
  CHECK(find(chat.call_data, "company")->value == "Fischer Ltd");
  CHECK(find(chat.call_data, "product_service")->value == "Delivery");
  CHECK(find(chat.call_data, "order")->value == "4711");
  CHECK(difference(sample("chat.json"), write_chat(chat)) == "");
}

TEST_CASE("comm100: a chat with only an id") {
  Chat chat;
  chat.id.text = "5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44";
  CHECK(difference(R"({"id":0,"guid":"5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44",
      "departmentId":"00000000-0000-0000-0000-000000000000","startTime":"1970-01-01T00:00:00Z",
      "requestedTime":"1970-01-01T00:00:00Z","isQueued":false,"status":"normal","requestingPageTitle":"",
      "requestingPageURL":"","preChatName":"","preChatEmail":"","preChatPhone":"","visitorMessagesCount":0,
      "agentMessagesCount":0,"waitingTime":0,"duration":0,"preChatCompany":"","preChatProductService":""})",
                   write_chat(chat)) == "");
}

TEST_CASE("comm100: status and waiting time of a chat") {
  Chat chat = ended_chat();
  CHECK(shown(chat, "duration") == "480");
  CHECK(shown(chat, "requestedTime") == R"("2024-03-18T09:12:04.250Z")");  // nobody knows better than the begin
  CHECK(shown(chat, "status") == R"("missed")");
  CHECK(shown(chat, "waitingTime") == "480");  // in vain
  CHECK(shown(chat, "isQueued") == "true");

  chat.queued_at = Time::at(begin - 12'000);
  chat.taken_at = Time::at(begin + 999);
  CHECK(shown(chat, "status") == R"("normal")");
  CHECK(shown(chat, "waitingTime") == "12");
  CHECK(shown(chat, "isQueued") == "true");
  CHECK(loses(chat, "chat.taken_at"));
  CHECK(read_chat(write_chat(chat)).taken_at == Time::at(begin));
  chat.taken_at = Time::at(begin);
  CHECK_FALSE(loses(chat, "chat.taken_at"));
  chat.taken_at = Time::at(begin - 20'000);  // a clock went wrong
  CHECK(shown(chat, "waitingTime") == "0");
  CHECK(shown(chat, "isQueued") == "false");

  for (const auto& change : {+[](Chat& one) { one.agent.text = "a"; }, +[](Chat& one) { one.agent_messages = 1; },
                             +[](Chat& one) { one.participants.emplace_back().is_agent = true; }}) {
    Chat taken = ended_chat();
    change(taken);
    CHECK(shown(taken, "status") == R"("normal")");
    CHECK(shown(taken, "waitingTime") == "0");
  }
  for (const char* word : {"refused", "switchedToMessage"}) {
    chat.close_reason = word;
    CHECK(shown(chat, "status") == '"' + String(word) + '"');
    CHECK_FALSE(loses(chat, "chat.close_reason"));
    CHECK(read_chat(write_chat(chat)).close_reason == word);
  }
  chat.close_reason = "solved";
  CHECK(shown(chat, "status") == R"("normal")");
  CHECK(loses(chat, "chat.close_reason"));
}

TEST_CASE("comm100: a chat that goes on has no end, and is waiting or normal") {
  Chat chat = ended_chat();
  chat.end_at = {};
  chat.state = ChatState::queued;
  CHECK(shown(chat, "endTime") == "nothing");
  CHECK(shown(chat, "status") == R"("normal")");
  CHECK(shown(chat, "isQueued") == "true");
  CHECK(shown(chat, "duration") == "0");
  CHECK(read_chat(write_chat(chat)).state == ChatState::queued);
  CHECK_FALSE(read_chat(write_chat(chat)).taken_at.known());
  chat.state = ChatState::active;
  CHECK(shown(chat, "isQueued") == "false");
  CHECK(read_chat(write_chat(chat)).state == ChatState::active);
  chat.close_reason = "refused";  // a reason that came before the end
  CHECK(shown(chat, "status") == R"("normal")");
}

TEST_CASE("comm100: other spellings of a chat are read") {
  CHECK(read_chat(R"({"status":2})").state == ChatState::ended);
  CHECK(read_chat(R"({"status":1})").close_reason == "refused");
  CHECK(read_chat(R"({"status":0})").state == ChatState::active);
  CHECK(read_chat(R"({"status":"missed"})").state == ChatState::ended);
  CHECK(read_chat(R"({"status":"adjourned"})").state == ChatState::unknown);
  CHECK(read_chat("{}").state == ChatState::unknown);
  CHECK(read_chat(R"({"isQueued":true})").state == ChatState::queued);
  CHECK(read_chat(R"({"isQueued":true,"status":"normal"})").state == ChatState::queued);
  CHECK(read_chat(R"({"source":"chatButton"})").source == "widget");
  CHECK(read_chat(R"({"source":1})").source == "autoInvitation");
  CHECK(read_chat(R"({"source":3})").source.empty());
  CHECK(read_chat(R"({"source":"manualInvitation"})").source == "manualInvitation");
  const char* start = R"({"startTime":"2024-03-18T09:12:04.250Z","status":"normal","waitingTime":)";
  CHECK(read_chat(String(start) + "7}").taken_at == Time::at(begin + 7'000));
  CHECK(read_chat(String(start) + "0}").taken_at == Time::at(begin));
  for (const char* odd : {"-5", "9223372036854775807", "1.5", "\"7\"", "null"}) {
    CHECK(read_chat(String(start) + odd + "}").taken_at == Time::at(begin));
  }
  CHECK_FALSE(read_chat(R"({"waitingTime":7,"status":"normal"})").taken_at.known());
  CHECK_FALSE(read_chat(R"({"startTime":"2024-03-18T09:12:04.250Z","waitingTime":7})").taken_at.known());
}

TEST_CASE("comm100: the visitor's texts stand in the chat and in its visitor, in any order") {
  for (
      const char* json :
      {R"({"preChatName":"Ann","visitor":{"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","name":"A","email":"a@b.example"}})",
       R"({"visitor":{"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","name":"A","email":"a@b.example"},"preChatName":"Ann"})"}) {
    const Chat chat = read_chat(json);
    REQUIRE(chat.participants.size() == 1);
    CHECK(chat.participants[0].name == "Ann");
    CHECK(chat.participants[0].emails == List<Text>{"a@b.example"});
    CHECK(chat.participants[0].id == "3d59f909-24cd-43bc-89cb-00a320617c0a");
    CHECK(chat.visitor.text == chat.participants[0].id);
  }
  const Chat known_by_name = read_chat(R"({"preChatName":"Ann"})");
  REQUIRE(known_by_name.participants.size() == 1);
  CHECK(known_by_name.participants[0].id.empty());
  CHECK(read_chat(R"({"preChatName":"","preChatEmail":"","preChatPhone":""})").participants.empty());
}

TEST_CASE("comm100: an odd chat is written back unchanged") {
  for (const char* json : {
           "{}",
           R"({"id":10023})",
           R"({"id":"10023","guid":7})",
           R"({"guid":"5B0C7C1E-8A52-4D0F-9A63-1F6A7C2B9E44","messages":[{"message":"a"}],"campaignId":null})",
           R"({"startTime":"2024-03-18T09:12:04Z","endTime":"2024-03-18T09:12:05Z"})",
           R"({"startTime":"2024-03-18T09:12:04.250Z","requestedTime":"1970-01-01T00:00:00Z"})",
           R"({"startTime":"2024-03-18T09:12:04.250Z","requestedTime":"soon","isQueued":false})",
           R"({"requestedTime":"2024-03-18T09:12:04.250Z","isQueued":false,"status":"missed"})",
           R"({"status":"normal","endTime":"2024-03-18T09:12:05.000Z","waitingTime":"00:12","duration":"00:08:00"})",
           R"({"status":"missed","agentMessagesCount":3,"waitingTime":-1,"duration":1.50})",
           R"({"status":0,"source":0,"isQueued":"no"})",
           R"({"status":null,"source":null,"isQueued":null,"waitingTime":null,"duration":null})",
           R"({"preChatName":"Ann"})",
           R"({"preChatName":"Ann","visitor":{"name":"A"}})",
           R"({"visitor":{"name":"A","browser":"x"},"preChatName":"Ann","preChatEmail":null})",
           R"({"visitor":{"name":""},"preChatName":"Ann","preChatPhone":5})",
           R"({"visitor":null,"preChatName":"Ann"})",
           R"({"visitor":"Ann","chatAgents":"Gaia"})",
           R"({"chatAgents":[{"botId":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09"},{"agent":{"displayName":"Gaia"}}]})",
           R"({"chatAgents":[null,{"agent":5},{"agent":{"displayName":"Gaia","x":1},"y":2}]})",
           R"({"chatAgents":[],"postChatSurvey":null})",
           R"({"postChatSurvey":{"ratingGrade":"5","ratingComment":null,"more":[]}})",
           R"({"preChatCompany":"Fischer Ltd"})",
           R"({"preChatCompany":"Fischer Ltd","customFields":[{"name":"company","value":"Other","url":""}]})",
           R"({"preChatCompany":"Fischer Ltd","customFields":5,"customVariables":null})",
           R"({"customVariables":[{"name":"a","value":5}],"customFields":[]})",
       }) {
    CAPTURE(json);
    CHECK(difference(json, write_chat(read_chat(json))) == "");
  }
}

TEST_CASE("comm100: what a chat cannot show is reported") {
  Chat chat = ended_chat();
  CHECK(lost_members(view, &chat).empty());
  chat.source = "widget";
  CHECK_FALSE(loses(chat, "chat.source"));
  chat.source = "email";
  CHECK(shown(chat, "source") == R"("chatButton")");
  CHECK(loses(chat, "chat.source"));
  chat.rating.answers = {{.name = "why", .value = "fast", .url = {}}};
  CHECK(loses(chat, "rating.answers"));
  chat.participants.emplace_back().id = "visitor-1";
  CHECK_FALSE(loses(chat, "chat.participants"));
  chat.agent.text = "agent-1";
  CHECK(loses(chat, "chat.participants"));  // the document shows an agent who is no participant
  Participant& agent = chat.participants.emplace_back();
  agent.id = "agent-1";
  agent.is_agent = true;
  CHECK_FALSE(loses(chat, "chat.participants"));
  agent.begin_at = Time::at(begin);
  CHECK(loses(chat, "participant.begin_at"));
  chat.participants.emplace_back().id = "visitor-2";
  CHECK(loses(chat, "chat.participants"));
  chat.visitor.text = "visitor-2";
  CHECK(loses(chat, "chat.visitor"));
}

TEST_CASE("comm100: the agent who handles a chat is shown first") {
  Chat chat = ended_chat();
  for (const char* id : {"c97a2afe-a38f-46f8-a55b-8ac9f873cd09", "3d59f909-24cd-43bc-89cb-00a320617c0a"}) {
    Participant& agent = chat.participants.emplace_back();
    agent.id = id;
    agent.is_agent = true;
  }
  chat.agent.text = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  CHECK(shown(chat, "chatAgents") == R"([{"agent":{"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","displayName":""}},)"
                                     R"({"agent":{"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","displayName":""}}])");
  CHECK(loses(chat, "chat.participants"));
  CHECK(read_chat(write_chat(chat)).agent == chat.agent);
}

TEST_CASE(
    "comm100: a named value stands in the list of its kind, and company and product in texts of their own as well") {
  Chat chat = ended_chat();
  chat.call_data = {{.name = "company", .value = "Fischer Ltd", .url = {}},
                    {.name = "order", .value = "4711", .url = {}, .kind = AttributeKind::variable}};
  CHECK(shown(chat, "preChatCompany") == R"("Fischer Ltd")");
  CHECK(shown(chat, "customFields") == R"([{"name":"company","value":"Fischer Ltd","url":""}])");
  CHECK(shown(chat, "customVariables") == R"([{"name":"order","value":"4711","url":""}])");
  CHECK(read_chat(write_chat(chat)).call_data == chat.call_data);
}
