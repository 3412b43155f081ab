// The bodies of requests as operations: limits of texts, ids, times, entries of callData.
#include "adapters/enghouse/bodies.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/enghouse/facade/facade.hpp"

using namespace parley;
using namespace parley::enghouse;

namespace {

constexpr std::string_view send_path = "/livechat/sendTextMessageToActiveChat/:chatId";
constexpr std::string_view external_path = "/livechat/sendExternalTextMessageToActiveChat";
constexpr std::string_view end = "/livechat/endContactByChatID";
constexpr std::string_view by_time = "/livechat/:domain/getChatTranscriptByTimeRangeAndServiceID";
constexpr std::string_view by_call_data = "/livechat/:domain/getChatTranscriptByCalldata";

Result<Operation> posted(std::string_view pattern, String body, String type = "application/json") {
  const auto served = make_facade(config::Route());
  test::OwnedRequest request(http::Method::post, String(pattern));
  if (!type.empty()) request.header("Content-Type", std::move(type));
  if (pattern == send_path) request.parameter("CHAT_x");
  if (pattern.starts_with("/livechat/:domain")) request.parameter("default");
  request.body(std::move(body));
  return test::decoded_by(test::endpoint(*served, http::Method::post, pattern), *served, request.get());
}
template <class Op>
Op made(std::string_view pattern, String body) {
  Result<Operation> operation = posted(pattern, std::move(body));
  REQUIRE(operation.has_value());
  return std::get<Op>(*std::move(operation));
}
/// The code and the field of a refusal.
std::pair<Code, String> refused(std::string_view pattern, String body) {
  const Result<Operation> operation = posted(pattern, std::move(body));
  REQUIRE(operation.has_error());
  return {operation.error().code, operation.error().field};
}
using Refusal = std::pair<Code, String>;

String text_of(std::size_t size) { return R"({"text":")" + String(size, 'x') + "\"}"; }

}  // namespace

TEST_CASE("enghouse: a text is sent to an active chat by an agent with a nickname") {
  const auto one = made<PostMessage>(send_path, R"({"text":"Ciao \ud83d\ude00","nickname":"Mario","more":[1]})");
  CHECK(one.chat.id.text == "CHAT_x");
  CHECK(one.chat.must == ChatRef::Must::be_open);
  CHECK(one.author == author_named(ActorKind::agent, "", "Mario"));
  CHECK(one.kind == MessageKind::text);
  CHECK(one.text == "Ciao \U0001F600");
  CHECK(one.id.empty());
  CHECK_FALSE(one.reopen);
  for (const char* nameless : {R"({"text":"a"})", R"({"text":"a","nickname":null})", R"({"text":"a","nickname":""})"}) {
    CHECK(made<PostMessage>(send_path, nameless).author.name == "Agent");
  }
}

TEST_CASE("enghouse: a text has 1 to 65,536 bytes and no NUL") {
  CHECK(made<PostMessage>(send_path, text_of(65536)).text.size() == 65536);
  CHECK(refused(send_path, text_of(65537)) == Refusal{Code::invalid_field, "text"});
  // 16,384 characters of four bytes, each as twelve characters of escapes: the limit counts what they mean
  String escaped = R"({"text":")";
  for (int i = 0; i < 16384; ++i) escaped += R"(\ud83d\ude00)";
  CHECK(made<PostMessage>(send_path, escaped + "\"}").text.size() == 65536);
  CHECK(refused(send_path, escaped + "x\"}") == Refusal{Code::invalid_field, "text"});
  CHECK(refused(send_path, R"({"text":""})") == Refusal{Code::invalid_field, "text"});
  CHECK(refused(send_path, R"({"text":"a\u0000b"})") == Refusal{Code::invalid_field, "text"});
  CHECK(refused(send_path, R"({"text":"a","nickname":"a\u0000b"})") == Refusal{Code::invalid_field, "nickname"});
  CHECK(refused(send_path, R"({"text":"a","nickname":")" + String(1025, 'x') + "\"}") ==
        Refusal{Code::invalid_field, "nickname"});
  CHECK(refused(send_path, R"({"text":5})") == Refusal{Code::invalid_field, "text"});
  CHECK(refused(send_path, "{}") == Refusal{Code::missing_field, "text"});
}

TEST_CASE("enghouse: an external text goes to the chat of the body, by the number of the service") {
  const auto one = made<PostMessage>(
      external_path, R"({"userid":"393331234567","serviceid":"390212345678","chatid":"CHAT_y","text":"Hello"})");
  CHECK(one.chat.id.text == "CHAT_y");
  CHECK(one.chat.must == ChatRef::Must::be_open);
  CHECK(one.author == author_named(ActorKind::agent, "", "390212345678"));
  CHECK(one.text == "Hello");
  CHECK(refused(external_path, R"({"userid":"","serviceid":"1","chatid":"CHAT_y","text":"a"})") ==
        Refusal{Code::invalid_field, "userid"});
  CHECK(refused(external_path, R"({"userid":"1","serviceid":"","chatid":"CHAT_y","text":"a"})") ==
        Refusal{Code::invalid_field, "serviceid"});
  CHECK(refused(external_path, R"({"userid":"1","serviceid":"1","chatid":"CHAT_y","text":"a\u0000"})") ==
        Refusal{Code::invalid_field, "text"});
  CHECK(refused(external_path, R"({"userid":"1","serviceid":"1","chatid":"a/b","text":"a"})").first ==
        Code::no_such_chat);
  CHECK(refused(external_path, R"({"userid":"1","serviceid":"1","chatID":"CHAT_y","text":"a"})") ==
        Refusal{Code::missing_field, "chatid"});  // lower case, unlike in endContactByChatID
}

TEST_CASE("enghouse: a chat is ended with a reason") {
  const auto one = made<CloseChat>(end, R"({"chatID":"CHAT_x","reason":"success"})");
  CHECK(one.chat.id.text == "CHAT_x");
  CHECK(one.chat.must == ChatRef::Must::be_open);
  CHECK(one.closer.kind == ActorKind::system);
  CHECK(one.reason == "success");
  CHECK(made<CloseChat>(end, R"({"chatID":"CHAT_x","reason":"timeout"})").reason == "timeout");
  CHECK(refused(end, R"({"chatID":"CHAT_x"})") == Refusal{Code::missing_field, "reason"});
  CHECK(refused(end, R"({"chatID":"CHAT_x","reason":""})") == Refusal{Code::invalid_field, "reason"});
  CHECK(refused(end, R"({"chatID":"CHAT_x","reason":"a\u0000"})") == Refusal{Code::invalid_field, "reason"});
  CHECK(refused(end, R"({"chatid":"CHAT_x","reason":"success"})") == Refusal{Code::missing_field, "chatID"});
  for (const char* id : {"", ".", "a/b", "a\\u0000", "a%b"}) {
    CAPTURE(id);
    CHECK(refused(end, String(R"({"reason":"success","chatID":")").append(id).append("\"}")).first ==
          Code::no_such_chat);
  }
}

TEST_CASE("enghouse: a range of time is in milliseconds, and its end is not before its begin") {
  const auto one = made<ListTranscripts>(by_time, R"({"beginTime":1642604343456,"endTime":1642604343456})");
  CHECK(one.filter.state == ChatFilter::State::ended);
  CHECK(one.filter.from == Time::at(1642604343456));
  CHECK(one.filter.to == Time::at(1642604343456));
  CHECK(one.filter.service.empty());
  CHECK(one.limit == 1001);
  const auto other = made<ListTranscripts>(
      by_time, R"({"beginTime":"1642604343456","endTime":1642604343999.0,"serviceID":"LiveChat_Popup"})");
  CHECK(other.filter.from == Time::at(1642604343456));
  CHECK(other.filter.to == Time::at(1642604343999));
  CHECK(other.filter.service == "LiveChat_Popup");
  CHECK(refused(by_time, R"({"beginTime":2,"endTime":1})") == Refusal{Code::invalid_field, "endTime"});
  CHECK(refused(by_time, R"({"beginTime":1})") == Refusal{Code::missing_field, "endTime"});
  for (const char* wrong : {"\"\"", "null", "1.5", "\"soon\"", "true", "99999999999999999"}) {
    CAPTURE(wrong);
    CHECK(refused(by_time, String(R"({"endTime":5,"beginTime":)").append(wrong).append("}")) ==
          Refusal{Code::invalid_field, "beginTime"});
  }
  CHECK(refused(by_time, R"({"beginTime":1,"endTime":1,"serviceID":"a\u0000"})") ==
        Refusal{Code::invalid_field, "serviceID"});
}

TEST_CASE("enghouse: a search in callData has one to 64 entries, all of them texts") {
  const auto one = made<ListTranscripts>(by_call_data, R"({"order":"4711","_NICK_":"Ann","note":""})");
  CHECK(one.filter.state == ChatFilter::State::ended);
  CHECK(one.limit == 1001);
  REQUIRE(one.filter.values.size() == 3);
  CHECK(one.filter.values[0].name == "order");
  CHECK(one.filter.values[0].value == "4711");
  CHECK(one.filter.values[1].name == "_NICK_");
  CHECK(one.filter.values[2].value == "");
  CHECK(refused(by_call_data, "{}").first == Code::invalid_field);
  CHECK(refused(by_call_data, R"(["order"])").first == Code::malformed_body);
  CHECK(refused(by_call_data, R"({"order":4711})") == Refusal{Code::invalid_field, "order"});
  CHECK(refused(by_call_data, R"({"order":{"a":"b"}})") == Refusal{Code::invalid_field, "order"});
  CHECK(refused(by_call_data, R"({"":"a"})").first == Code::invalid_field);
  CHECK(refused(by_call_data, R"({"a":"b\u0000"})") == Refusal{Code::invalid_field, "a"});
  CHECK(refused(by_call_data, R"({"a\u0000":"b"})").first == Code::invalid_field);
  CHECK(refused(by_call_data, R"({"a":"b","a":"c"})").first == Code::duplicate_key);
  String many;
  for (int i = 0; i < 64; ++i) many += (many.empty() ? "{\"" : ",\"") + std::to_string(i) + "\":\"x\"";
  CHECK(made<ListTranscripts>(by_call_data, many + "}").filter.values.size() == 64);
  CHECK(refused(by_call_data, many + R"(,"64":"x"})").first == Code::invalid_field);
}

TEST_CASE("enghouse: a body is JSON, and is not sent as something else") {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8", "application/json ;x", ""}) {
    CAPTURE(type);
    CHECK(posted(end, R"({"chatID":"CHAT_x","reason":"success"})", type).has_value());
  }
  // What a form of any page can send with a browser's stored password.
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
    CAPTURE(type);
    const Result<Operation> operation = posted(end, R"({"chatID":"CHAT_x","reason":"success"})", type);
    REQUIRE(operation.has_error());
    CHECK(operation.error().code == Code::unsupported_media);
  }
  CHECK(refused(end, "").first == Code::missing_body);
  CHECK(refused(end, "[]").first == Code::malformed_body);
  CHECK(refused(end, R"({"chatID":)").first == Code::malformed_body);
}
