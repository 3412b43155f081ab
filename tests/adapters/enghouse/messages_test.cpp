// The tables of a message: documents of older and newer releases, and messages of other vendors.
#include "adapters/enghouse/messages.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/enghouse/facade/facade.hpp"
#include "tests/support/mutate.hpp"
#include "tests/support/shapes.hpp"

using namespace parley;
using enghouse::author_named;

namespace {

const contract::WireShape& wire() {
  for (const contract::WireShape& shape : enghouse::adapter.shapes) {
    if (shape.name == "transcript") return shape;
  }
  throw std::runtime_error("no shape `transcript`");
}
List<Message> read(std::string_view json) { return std::get<List<Message>>(test::read_wire(wire(), json)); }
String write(const List<Message>& messages) { return test::write_wire(wire(), messages); }

std::string_view sample(std::string_view name) {
  for (const contract::Sample& one : enghouse::adapter.samples()) {
    if (one.name == name) return one.text;
  }
  throw std::runtime_error("no such sample");
}

/// A message with these members of `data` behind its id.
String with_data(std::string_view members) {
  return String(R"([{"room":"CHAT_x","data":{"id":"m",)").append(members).append("}}]");
}
String with_content(std::string_view type, std::string_view members) {
  return with_data(String(R"("messageType":")").append(type).append(R"(","ts":1700000000123,"content":{)") +
                   String(members) + R"("user":{"id":"USER_a","isAgent":false}})");
}

List<String> losses_of(const Message& message) {
  List<String> members;
  for (const shape::Loss& loss : test::losses(wire(), List<Message>{message})) members.emplace_back(loss.member);
  return members;
}

Message written_by(ActorKind kind) {
  Message made;
  made.id.text = "m";
  made.chat.text = "CHAT_x";
  made.at = Time::at(1700000000123);
  made.kind = MessageKind::text;
  made.text = "Hello";
  made.author = author_named(kind, "USER_a", "Ann");
  return made;
}

}  // namespace

TEST_CASE("enghouse: a TEXT has its text even where that is empty, and other types do not") {
  Message message = written_by(ActorKind::visitor);
  message.text.clear();
  const auto shows_text = [&message] {
    return write({message}).find(R"("content":{"text":"","user":)") != String::npos;
  };
  CHECK(shows_text());
  for (const MessageKind kind : {MessageKind::started, MessageKind::unknown}) {
    message.kind = kind;
    CHECK(shows_text());
  }
  for (const MessageKind kind : {MessageKind::link, MessageKind::image, MessageKind::document, MessageKind::file}) {
    message.kind = kind;
    CHECK_FALSE(shows_text());
  }
  message.kind = MessageKind::text;
  message.attachments.emplace_back().url = "https://shop.example/a.png";
  CHECK_FALSE(shows_text());

  // A document that came without the member stays without it.
  const String without = with_content("TEXT", "");
  CHECK(write(read(without)) == without);
}

TEST_CASE("enghouse: the messages of the example transcript") {
  const List<Message> all = read(sample("transcript.json"));
  REQUIRE(all.size() == 4);
  for (const Message& one : all) CHECK(one.chat.text == "CHAT_DEFAULT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11");

  CHECK(all[0].id.text == "0b7f6c1e-8a0d-4a55-9d0e-3a1c8be2f701");
  CHECK(all[0].kind == MessageKind::text);
  CHECK(all[0].at == Time::at(1642688011204));
  CHECK(all[0].text == "Buongiorno, il mio ordine 4711 non \u00e8 ancora arrivato \U0001F615");
  CHECK(all[0].author == author_named(ActorKind::visitor, "USER_DEFAULT_7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210", "Anna"));
  CHECK(all[0].delivery == Delivery::delivered);
  CHECK(all[0].reply_to.empty());

  CHECK(all[1].author == author_named(ActorKind::agent, "USER_mrossi@acd.shop.example", "Mario"));
  CHECK(all[1].reply_to == all[0].id);

  CHECK(all[2].kind == MessageKind::link);
  CHECK(all[2].text == "https://tracking.shop.example/4711?lang=it");
  CHECK(all[2].attachments.empty());
  CHECK(all[2].at == Time::at(1642688031456));  // written as 1642688031456.0
  CHECK(all[2].author.name.empty());
  CHECK(all[2].delivery == Delivery::unknown);

  CHECK(all[3].kind == MessageKind::image);
  CHECK(all[3].text.empty());
  Attachment receipt;
  receipt.name = "ricevuta.png";
  receipt.caption = "La ricevuta";
  CHECK(all[3].attachments == List<Attachment>{receipt});
  CHECK(all[3].delivery == Delivery::failed);
  CHECK(all[3].delivery_reason == "file too large");
}

TEST_CASE("enghouse: a message of a store has the vendor's members in the vendor's order") {
  Message one = written_by(ActorKind::agent);
  one.chat.text = "5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11";
  one.author.id = "7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210";
  CHECK(write({one}) ==
        R"([{"room":"CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11","data":{"id":"m","messageType":"TEXT",)"
        R"("ts":1700000000123,"content":{"text":"Hello",)"
        R"("user":{"id":"USER_7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210","isAgent":true,"nickname":"Ann"}}}}])");
  one.author.name = Text();
  one.reply_to.text = "before";
  one.delivery = Delivery::failed;
  one.delivery_reason = "offline";
  one.kind = MessageKind::link;
  one.text = "https://a.example/";
  CHECK(write({one}) == R"([{"room":"CHAT_5f0c7a52-3f0e-4d3a-9a55-0d4a3c9e2b11","data":{"id":"m","messageType":"LINK",)"
                        R"("ts":1700000000123,"content":{"url":"https://a.example/",)"
                        R"("user":{"id":"USER_7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210","isAgent":true}},)"
                        R"("replyTo":"before","deliverySuccess":false,"deliveryErrorReason":"offline"}}])");
}

TEST_CASE("enghouse: odd messages are written back unchanged") {
  struct Case {
    const char* name;
    String json;
  };
  const Case cases[] = {
      {"of 2019", with_content("TEXT", R"("text":"Ciao",)")},
      {"a storage id", R"([{"_id":"61e96e0b1d2f4b0f9c3a7e51","room":"CHAT_x","data":{"id":"m"}}])"},
      {"a time with a fraction", with_data(R"("ts":1642604343456.0)")},
      {"a time as text", with_data(R"("ts":"1642604343456")")},
      {"members in another order", R"([{"data":{"ts":1,"id":"m","messageType":"TEXT"},"room":"CHAT_x"}])"},
      {"the type behind the content", with_data(R"("content":{"url":"https://a.example/"},"messageType":"LINK")")},
      {"an unknown type", with_content("AUDIO", R"("audio":"T2dnUw==",)")},
      {"no type", with_data(R"("ts":1)")},
      {"an image with its bytes", with_content("IMAGE", R"("id":"f","img":"iVBORw0KGgo=","fileName":"a.png",)")},
      {"a document", with_content("DOCUMENT", R"("caption":"c","fileName":"a.pdf","document":"JVBERi0=",)")},
      {"a link with a text", with_content("LINK", R"("text":"Look","url":"https://a.example/",)")},
      {"a link to a file", with_content("LINK", R"("url":"https://a.example/","fileName":"a.pdf",)")},
      {"a text with an address", with_content("TEXT", R"("text":"Look","url":"https://a.example/",)")},
      {"a text that is a number", with_content("TEXT", R"("text":5,)")},
      {"a text that is null", with_content("TEXT", R"("text":null,)")},
      {"empty optional members", with_data(R"("replyTo":"","deliveryErrorReason":"","deliverySuccess":true)")},
      {"a delivery that is text", with_data(R"("deliverySuccess":"true")")},
      {"a user with more members", with_data(R"("content":{"text":"a","user":{"id":"USER_a","isOnline":true}})")},
      {"a user who is null", with_data(R"("content":{"text":"a","user":null})")},
      {"an empty content", with_data(R"("content":{})")},
      {"a content that is text", with_data(R"("content":"a")")},
      {"a data that is a number", R"([{"room":"CHAT_x","data":7}])"},
      {"no data", R"([{"room":"CHAT_x"}])"},
      {"nothing", "[{}]"},
      {"unknown members at each level",
       R"([{"x":1,"room":"CHAT_x","data":{"y":2,"id":"m","content":{"z":3,"text":"a","user":{"id":"USER_a","w":[4]}}}}])"},
      {"__proto__", with_data(R"("__proto__":{"a":1},"content":{"__proto__":2})")},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(test::difference(one.json, write(read(one.json))) == "");
  }
}

TEST_CASE("enghouse: unknown members of a message survive a store") {
  const String json = R"([{"room":"CHAT_x","data":{"id":"m","messageType":"TEXT","ts":1,"content":{"text":"a",)"
                      R"("user":{"id":"USER_a","isAgent":false,"w":[4]},"z":3},"y":2},"_id":"1"}])";
  const contract::Record stored =
      test::read_canonical(contract::RecordKind::messages, test::write_canonical(test::read_wire(wire(), json)));
  CHECK(test::difference(json, test::write_wire(wire(), stored)) == "");
  CHECK(test::losses(wire(), stored).empty());
}

TEST_CASE("enghouse: random messages are written back unchanged") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    test::Random random(seed);
    test::Value document = *test::parse(sample("transcript.json")).find("chatTranscript");
    test::mutate(document.children[random.below(4)], 1 + random.below(6), random);
    const String text = test::respell(document, random);
    CAPTURE(seed);
    bool objects = true;  // another document is no list of messages
    for (const test::Value& one : document.children) objects = objects && one.kind == test::Kind::object;
    if (objects) REQUIRE(test::difference(text, write(read(text))) == "");
  }
}

TEST_CASE("enghouse: what a message cannot carry is a loss") {
  using Members = List<String>;
  CHECK(losses_of(written_by(ActorKind::visitor)) == Members{});
  CHECK(losses_of(written_by(ActorKind::agent)) == Members{});
  CHECK(losses_of(written_by(ActorKind::bot)) == Members{"actor.kind", "message.author"});
  CHECK(losses_of(written_by(ActorKind::system)) == Members{"actor.kind", "message.author"});

  Message one = written_by(ActorKind::visitor);
  one.author.token = "secret";
  one.author.username = "ann";
  CHECK(losses_of(one) == Members{"actor.token", "actor.username", "message.author"});

  one = written_by(ActorKind::visitor);
  one.number = 7;
  one.shown_at = one.edited_at = one.updated_at = Time::at(1);
  one.deleted = true;
  CHECK(losses_of(one) ==
        Members{"message.number", "message.shown_at", "message.edited_at", "message.deleted", "message.updated_at"});

  const std::pair<MessageKind, bool> kinds[] = {
      {MessageKind::text, false},          {MessageKind::link, false}, {MessageKind::image, false},
      {MessageKind::document, false},      {MessageKind::file, true},  {MessageKind::note, true},
      {MessageKind::started, true},        {MessageKind::taken, true}, {MessageKind::left, true},
      {MessageKind::transferred, true},    {MessageKind::page, true},  {MessageKind::closed, true},
      {MessageKind::transcript_sent, true}};
  for (const auto& [kind, lost] : kinds) {
    one = written_by(ActorKind::visitor);
    one.kind = kind;
    CAPTURE(static_cast<int>(one.kind));
    CHECK(losses_of(one) == (lost ? Members{"message.kind"} : Members{}));
  }
  const std::pair<Delivery, bool> deliveries[] = {{Delivery::unknown, false}, {Delivery::queued, true},
                                                  {Delivery::sent, true},     {Delivery::delivered, false},
                                                  {Delivery::read, true},     {Delivery::failed, false}};
  for (const auto& [delivery, lost] : deliveries) {
    one = written_by(ActorKind::visitor);
    one.delivery = delivery;
    CAPTURE(static_cast<int>(one.delivery));
    CHECK(losses_of(one) == (lost ? Members{"message.delivery"} : Members{}));
  }

  one = written_by(ActorKind::visitor);
  one.kind = MessageKind::document;
  one.attachments.resize(2);
  one.attachments[0].id = "f";
  one.attachments[0].name = "a.pdf";
  one.attachments[0].type = "application/pdf";
  one.attachments[0].size = 9;
  one.attachments[0].url = "https://a.example/a";
  one.attachments[0].extensions.push_back({"other.file", "format", "\"PDF\""});
  CHECK(losses_of(one) == Members{"message.attachments", "attachment.size", "other.file.format"});
  one.kind = MessageKind::text;  // a client shows the file of a DOCUMENT only
  CHECK(losses_of(one).front() == "message.kind");
  CHECK(write({one}) ==
        R"([{"room":"CHAT_x","data":{"id":"m","messageType":"DOCUMENT","ts":1700000000123,"content":{"text":"Hello",)"
        R"("url":"https://a.example/a","id":"f","fileName":"a.pdf","documentType":"application/pdf",)"
        R"("user":{"id":"USER_a","isAgent":false,"nickname":"Ann"}}}}])");

  // Nothing of this file can be shown, so it would not be a DOCUMENT for anybody who reads it.
  one.attachments = List<Attachment>(1);
  one.attachments[0].size = 9;
  CHECK(losses_of(one) == Members{"attachment.size"});
  CHECK(write({one}) ==
        R"([{"room":"CHAT_x","data":{"id":"m","messageType":"TEXT","ts":1700000000123,"content":{"text":"Hello",)"
        R"("user":{"id":"USER_a","isAgent":false,"nickname":"Ann"}}}}])");
}

TEST_CASE("enghouse: the history's full users are read as authors") {
  for (const contract::WireShape& shape : enghouse::adapter.shapes) {
    if (shape.name != "history") continue;
    const auto messages = std::get<List<Message>>(test::read_wire(shape, sample("history.json")));
    REQUIRE(messages.size() == 1);
    const Actor& author = messages[0].author;
    CHECK(author.kind == ActorKind::visitor);
    CHECK(author.id == "7d1f0a63-52b8-4c7d-8e1a-94c0b7a6d210");
    CHECK(author.name == "Ann");
    CHECK(author.extensions.size() == 8);  // what only a participant has
    return;
  }
  FAIL("no shape `history`");
}
