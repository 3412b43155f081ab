// The messages of a chat.
#include "adapters/comm100/message.hpp"

#include <doctest/doctest.h>

#include "adapters/comm100/fields.hpp"
#include "tests/adapters/comm100/documents.hpp"
#include "tests/support/json.hpp"

namespace {

using namespace parley;
using test::difference;
using test::comm100::lost_members;
using Lost = List<String>;

constexpr const shape::View& view = shape::view<comm100::message>;

Message read_message(std::string_view json) { return test::comm100::read<Message>(view, json); }
String write_message(const Message& message) { return test::comm100::write(view, message); }

Message said(ActorKind author, MessageKind kind = MessageKind::text) {
  Message message;
  message.author.kind = author;
  message.author.name = "Leo";
  message.kind = kind;
  message.text = "Hello";
  message.at = Time::at(1710753151004);
  return message;
}

}  // namespace

TEST_CASE("comm100: who sent a message") {
  const struct {
    ActorKind author;
    MessageKind kind;
    const char* sender;
    ActorKind read_author;
    MessageKind read_kind;
    Lost lost;
  } cases[] = {
      {ActorKind::visitor, MessageKind::text, "visitor", ActorKind::visitor, MessageKind::text, {}},
      {ActorKind::agent, MessageKind::text, "agent", ActorKind::agent, MessageKind::text, {}},
      {ActorKind::bot, MessageKind::text, "chatbot", ActorKind::bot, MessageKind::text, {}},
      {ActorKind::system, MessageKind::text, "system", ActorKind::system, MessageKind::text, {}},
      {ActorKind::agent, MessageKind::note, "note", ActorKind::agent, MessageKind::note, {}},
      {ActorKind::bot, MessageKind::note, "note", ActorKind::agent, MessageKind::note, {"message.author"}},
      {ActorKind::visitor, MessageKind::image, "visitor", ActorKind::visitor, MessageKind::text, {"message.kind"}},
      {ActorKind::system, MessageKind::started, "system", ActorKind::system, MessageKind::text, {"message.kind"}},
      {ActorKind::agent,
       MessageKind::closed,
       "system",
       ActorKind::system,
       MessageKind::text,
       {"message.kind", "message.author"}},
      {ActorKind::unknown, MessageKind::unknown, "system", ActorKind::system, MessageKind::text, {}},
  };
  for (const auto& one : cases) {
    const Message message = said(one.author, one.kind);
    const String json = write_message(message);
    CAPTURE(json);
    CHECK(difference(R"({"senderType":")" + String(one.sender) +
                         R"(","senderName":"Leo","message":"Hello","time":"2024-03-18T09:12:31.004Z"})",
                     json) == "");
    const Message read = read_message(json);
    CHECK(read.author.kind == one.read_author);
    CHECK(read.author.name == "Leo");
    CHECK(read.kind == one.read_kind);
    CHECK(read.text == "Hello");
    CHECK(read.at == message.at);
    CHECK(lost_members(view, &message) == one.lost);
  }
}

TEST_CASE("comm100: the address of a message's file") {
  Message message = said(ActorKind::agent);
  message.attachments.emplace_back().url = "https://a.example/1";
  CHECK(write_message(message).find(R"("attachmentUrl":"https://a.example/1")") != String::npos);
  CHECK(lost_members(view, &message) == Lost{});
  CHECK(read_message(write_message(message)).attachments == message.attachments);
  message.attachments[0].name = "label.pdf";
  CHECK(lost_members(view, &message) == Lost{"message.attachments"});
  message.attachments[0].name.clear();
  message.attachments.emplace_back();
  CHECK(lost_members(view, &message) == Lost{"message.attachments"});
}

TEST_CASE("comm100: an odd message is written back unchanged") {
  for (const char* json : {
           "{}",
           R"({"senderType":"robot","senderName":5})",
           R"({"senderType":null,"message":null,"time":null})",
           R"({"message":"","time":"2024-03-18T09:12:31Z","attachmentUrl":""})",
           R"({"time":"1970-01-01T00:00:00Z","attachmentUrl":null})",
           R"({"content":"Hello","sentTime":"2024-03-18T09:12:31Z","type":"visitor"})",
           "{\"message\":\"\xf0\x9f\x94\x8d \\u2028 \\u202e\",\"senderName\":\"\xd7\xa9\"}",
       }) {
    CAPTURE(json);
    CHECK(difference(json, write_message(read_message(json))) == "");
  }
}

TEST_CASE("comm100: of a message's author only kind and name are shown") {
  Message message = said(ActorKind::visitor);
  message.author.id = "visitor-1";
  CHECK(lost_members(view, &message) == Lost{"message.author"});
}
