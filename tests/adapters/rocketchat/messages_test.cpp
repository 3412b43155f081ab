// Messages by the tables of both profiles: the vendor's documents are written back unchanged, each member has its meaning, and what a
// document cannot carry is reported.
#include <doctest/doctest.h>

#include <algorithm>

#include "adapters/rocketchat/fields.hpp"
#include "tests/adapters/rocketchat/support.hpp"
#include "tests/support/mutate.hpp"

namespace parley::test::rocketchat {
namespace {

const shape::View& today = shape::view<parley::rocketchat::message>;
const shape::View& old = shape::view<parley::rocketchat::message_0_70>;

Message read(const shape::View& view, std::string_view json) {
  shape::Document document;
  if (const Result<void> parsed = document.parse_json(json); !parsed) throw std::runtime_error(parsed.error().message);
  Message made;
  shape::Reading reading;
  shape::read_object(view, document.root(), &made, reading);
  return made;
}

String write(const shape::View& view, const Message& message) {
  Buffer out;
  shape::Writer writer(out);
  shape::write_object(view, &message, writer);
  writer.finish();
  return String(out.view());
}

bool loses(const shape::View& view, const Message& message, std::string_view member) {
  shape::Losses losses;
  shape::find_losses(view, &message, losses);
  return std::ranges::any_of(losses, [member](const shape::Loss& loss) { return loss.member == member; });
}

Time time(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}

/// The messages of the sample.
List<String> sample() {
  List<String> documents;
  for (const contract::Sample& one : parley::rocketchat::adapter.samples()) {
    if (one.name != "messages.json") continue;
    const Value answer = parse(one.text);
    for (const Value& message : answer.find("messages")->children) documents.push_back(print(message));
  }
  return documents;
}

// A message as current servers write it, with members that the table does not have.
constexpr const char* odd =
    R"({"_id":"m","rid":"r","msg":"*a* <b>","token":"t","alias":"Ada","ts":"2024-11-22T14:53:36Z","u":{"username":"guest-1",)"
    R"("_id":"v","name":"Ada","more":1},"md":[{"type":"PARAGRAPH"}],"tmid":"p","files":[{"_id":"f","name":"a.txt","type":"text/plain",)"
    R"("size":3,"format":"txt"}],"file":{"_id":"f","name":"a.txt"},"attachments":[{"text":"quoted","message_link":"https://x"},)"
    R"({"title":"a.txt","title_link":"/file-upload/f/a.txt","type":"file"}],"reactions":{":+1:":{"usernames":["ann"]}}})";

Message text_by(ActorKind kind) {
  Message made;
  made.id.text = "m";
  made.chat.text = "r";
  made.kind = MessageKind::text;
  made.text = "Hello";
  made.author.kind = kind;
  made.author.id = "a";
  made.author.name = "Ada";
  made.author.username = "ada";
  made.at = made.shown_at = time("2024-01-02T03:04:05.678Z");
  return made;
}

}  // namespace

TEST_CASE("rocketchat messages: the sample and an odd message are written back unchanged, in both profiles") {
  List<String> documents = sample();
  REQUIRE(documents.size() == 3);
  documents.emplace_back(odd);
  for (const String& json : documents) {
    CHECK(write(today, read(today, json)) == json);
    CHECK(write(old, read(old, json)) == json);
  }
}

TEST_CASE("rocketchat messages: random odd messages are written back unchanged") {
  List<String> documents = sample();
  documents.emplace_back(odd);
  documents.emplace_back(
      R"({"_id":"m","rid":"r","t":"livechat_transfer_history","msg":"","ts":"2024-11-22T14:53:36.000Z","u":{"_id":"a"},)"
      R"("transferData":{"scope":"agent","transferredBy":{"name":"Ann"},"transferredTo":{"name":"Bob"}},"editedAt":null})");
  documents.emplace_back(
      R"({"_id":"m","rid":"r","msg":"a","ts":"2024-11-22T14:53:36.000Z","u":{"_id":"a","username":"ann"},)"
      R"("editedAt":"2024-11-22T14:54:00.000Z","editedBy":{"_id":"b","username":"bob"}})");
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    for (const String& one : documents) {
      Value tree = parse(one);
      mutate(tree, 1 + random.below(4), random);
      const String json = respell(tree, random);
      CAPTURE(json);
      REQUIRE(difference(json, write(today, read(today, json))) == "");
      REQUIRE(difference(json, write(old, read(old, json))) == "");
    }
  }
}

TEST_CASE("rocketchat messages: a changed message names its author as the one who changed it") {
  Message changed = text_by(ActorKind::agent);
  CHECK(write(today, changed).find("editedBy") == String::npos);
  changed.edited_at = time("2024-01-02T03:05:00.000Z");
  constexpr std::string_view by_author =
      R"("editedAt":"2024-01-02T03:05:00.000Z","editedBy":{"_id":"a","username":"ada"})";
  CHECK(write(today, changed).find(by_author) != String::npos);
  CHECK(write(old, changed).find(by_author) != String::npos);
  changed.author = {};
  CHECK(write(today, changed).find("editedBy") == String::npos);

  // A document keeps its own, and gets none that it did not have.
  for (const char* json :
       {R"({"_id":"m","msg":"","editedAt":"2024-01-02T03:05:00.000Z","editedBy":{"_id":"b","username":"bob"}})",
        R"({"_id":"m","msg":"","u":{"_id":"a"},"editedAt":"2024-01-02T03:05:00.000Z"})"}) {
    CHECK(write(today, read(today, json)) == json);
    CHECK(write(old, read(old, json)) == json);
  }
}

TEST_CASE("rocketchat messages: the meaning of a message by a visitor, by an agent and by the server") {
  const List<String> documents = sample();
  const Message visitors = read(today, documents[0]);
  CHECK(visitors.id.text == "5wRkqPzJt8hXyLm2D");
  CHECK(visitors.chat.text == "vp3D9H8ud6HYvRpvq");
  CHECK(visitors.kind == MessageKind::text);
  CHECK(visitors.text == "Obrigada! \xF0\x9F\x99\x82\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD");
  CHECK(visitors.author.kind == ActorKind::visitor);
  CHECK(visitors.author.id == "sGtcfEYz852uguxaS");
  CHECK(visitors.author.username == "guest-7");
  CHECK(visitors.author.name == "Livechat Visitor");
  CHECK(visitors.author.token == "iNKE8a6k6cjbqWhWd");
  CHECK(visitors.shown_at == time("2018-09-21T14:13:40.120Z"));
  CHECK(visitors.at == visitors.shown_at);
  CHECK(visitors.updated_at == time("2018-09-21T14:13:40.131Z"));
  CHECK_FALSE(visitors.edited_at.known());

  const Message agents = read(today, documents[1]);
  CHECK(agents.author.kind == ActorKind::agent);
  CHECK(agents.author.name == "Ann Agent");
  CHECK(agents.author.token == "");
  CHECK(agents.kind == MessageKind::text);  // it says something, too
  CHECK(agents.edited_at == time("2018-09-21T14:13:20.500Z"));
  REQUIRE(agents.attachments.size() == 1);  // under three keys, and one file
  const Attachment& file = agents.attachments[0];
  CHECK(file.id == "Jd5qXmRt7cWkYp3Za");
  CHECK(file.name == "label.png");
  CHECK(file.type == "image/png");
  CHECK(file.size == 18231);
  CHECK(file.url == "/file-upload/Jd5qXmRt7cWkYp3Za/label.png");
  CHECK(file.caption == "Print it twice");

  const Message servers = read(today, documents[2]);
  CHECK(servers.kind == MessageKind::started);
  CHECK(servers.author.kind == ActorKind::system);
  CHECK(servers.author.id == "");
}

TEST_CASE("rocketchat messages: threads, and attachments that are no files") {
  const Message message = read(today, odd);
  CHECK(message.reply_to.text == "p");
  REQUIRE(message.attachments.size() == 1);
  CHECK(message.attachments[0].url == "/file-upload/f/a.txt");
  CHECK(read(old, odd).reply_to.empty());
  const auto upload = [](const char* type) {
    return read(today, String(R"({"_id":"m","msg":"","file":{"_id":"f","type":")") + type + R"("}})").kind;
  };
  CHECK(upload("image/png") == MessageKind::image);
  CHECK(upload("text/plain") == MessageKind::file);
  const Message quotes = read(today, R"({"_id":"m","attachments":[{"text":"quoted","message_link":"https://x"}]})");
  CHECK(quotes.attachments.empty());
  CHECK(quotes.kind == MessageKind::text);
}

TEST_CASE("rocketchat messages: the types of what happens in a room") {
  struct Case {
    const char* type;
    MessageKind kind;
    bool ours = true;  // the type that is written for the kind
  };
  for (const Case& one : {Case{"livechat-started", MessageKind::started}, Case{"livechat-close", MessageKind::closed},
                          Case{"livechat_transfer_history", MessageKind::transferred},
                          Case{"livechat_transfer_history_fallback", MessageKind::transferred, false},
                          Case{"livechat_transcript_history", MessageKind::transcript_sent},
                          Case{"livechat_navigation_history", MessageKind::page}, Case{"uj", MessageKind::taken},
                          Case{"command", MessageKind::taken, false}, Case{"ul", MessageKind::left}}) {
    CAPTURE(one.type);
    const String json = String(R"({"_id":"m","t":")") + one.type + R"(","msg":"x"})";
    const Message message = read(today, json);
    CHECK(message.kind == one.kind);
    CHECK_FALSE(message.deleted);
    CHECK(write(today, message) == json);
    if (!one.ours) continue;
    Message stored = text_by(ActorKind::agent);
    stored.kind = one.kind;
    CHECK(parse(write(today, stored)).find("t")->text == one.type);
    CHECK_FALSE(loses(today, stored, "message.kind"));
  }
  const Message removed = read(today, R"({"_id":"m","t":"rm","msg":""})");
  CHECK(removed.deleted);
  CHECK(parse(write(today, removed)).find("t")->text == "rm");
  const Message foreign = read(today, R"({"_id":"m","t":"omnichannel_placed_chat_on_hold","msg":""})");
  CHECK(foreign.kind == MessageKind::unknown);
  CHECK(write(today, foreign) == R"({"_id":"m","t":"omnichannel_placed_chat_on_hold","msg":""})");
}

TEST_CASE("rocketchat messages: what clients need of messages that came another way") {
  // The widget needs _id, ts, msg, u._id and u.username; the token says that the visitor wrote it.
  Message visitors = text_by(ActorKind::visitor);
  visitors.author.token = "t";
  CHECK(
      write(today, visitors) ==
      R"({"_id":"m","rid":"r","msg":"Hello","ts":"2024-01-02T03:04:05.678Z","u":{"_id":"a","username":"ada","name":"Ada"},)"
      R"("token":"t","alias":"Ada"})");
  CHECK(
      write(today, text_by(ActorKind::agent)) ==
      R"({"_id":"m","rid":"r","msg":"Hello","ts":"2024-01-02T03:04:05.678Z","u":{"_id":"a","username":"ada","name":"Ada"}})");
  CHECK(read(today, write(today, visitors)) == visitors);

  Message tokenless = text_by(ActorKind::visitor);
  CHECK(parse(write(today, tokenless)).find("token")->text == "a");
  CHECK(loses(today, tokenless, "actor.token"));

  Message started;
  started.id.text = "m";
  started.kind = MessageKind::started;
  started.author.kind = ActorKind::system;
  started.shown_at = time("2024-01-02T03:04:05.678Z");
  CHECK(write(today, started) == R"({"_id":"m","t":"livechat-started","msg":"","ts":"2024-01-02T03:04:05.678Z",)"
                                 R"("u":{"_id":"rocket.cat","username":"rocket.cat","name":"Rocket.Cat"}})");

  // Without transferData, the widget's list of messages dies.
  Message transferred = text_by(ActorKind::agent);
  transferred.kind = MessageKind::transferred;
  const Value shown = parse(write(today, transferred));
  REQUIRE(shown.find("transferData") != nullptr);
  CHECK(shown.find("transferData")->find("scope")->text == "queue");
  CHECK(shown.find("transferData")->find("transferredBy")->find("name")->text == "Ada");
}

TEST_CASE("rocketchat messages: every author has an id and a username, and reading does not take a name for them") {
  struct Case {
    const char* id;
    const char* username;
    const char* name;
    const char* shown;
  };
  for (const Case& one : {Case{"a", "", "Ada", R"({"_id":"a","username":"Ada","name":"Ada"})"},
                          Case{"a", "", "", R"({"_id":"a","username":"a"})"},
                          Case{"", "", "Ada", R"({"_id":"Ada","username":"Ada","name":"Ada"})"},
                          Case{"", "ada", "Ada", R"({"_id":"Ada","username":"ada","name":"Ada"})"}}) {
    CAPTURE(one.shown);
    Message message = text_by(ActorKind::agent);
    message.author.id = one.id;
    message.author.username = one.username;
    message.author.name = one.name;
    const String json = write(today, message);
    CHECK(print(*parse(json).find("u")) == one.shown);
    CHECK(write(today, read(today, json)) == json);
    const Actor author = read(today, json).author;
    CHECK(author.username == one.username);
    CHECK(author.name == one.name);
    if (message.author.username.empty()) CHECK(author == message.author);
  }
  for (const char* json :
       {R"({"_id":"m","u":{"_id":"a","name":"Ada"}})", R"({"_id":"m","u":{"name":"Ada"}})", R"({"_id":"m","u":{}})",
        R"({"_id":"m","u":{"_id":"","username":"","name":"Ada"}})", R"({"_id":"m","u":{"_id":7,"username":null}})",
        R"({"_id":"m","u":{"_id":"a","username":"a"},"token":"t","alias":"Ada"})"}) {
    CHECK(write(today, read(today, json)) == json);  // a vendor's own document gets nothing that it did not have
  }
}

TEST_CASE("rocketchat messages: who transferred a room is never named like the server's user") {
  const auto by = [](const char* id, const char* username, const char* name) {
    Message message = text_by(ActorKind::agent);
    message.kind = MessageKind::transferred;
    message.author.id = id;
    message.author.username = username;
    message.author.name = name;
    return print(*parse(write(today, message)).find("transferData")->find("transferredBy"));
  };
  CHECK(by("a", "ada", "Ada") == R"({"_id":"a","username":"ada","name":"Ada"})");
  CHECK(by("a", "ada", "") == R"({"_id":"a","username":"ada","name":"ada"})");
  CHECK(by("a", "", "") == R"({"_id":"a","username":"a","name":"a"})");
  Message nobodys;
  nobodys.kind = MessageKind::transferred;
  CHECK(print(*parse(write(today, nobodys)).find("transferData")->find("transferredBy")) ==
        R"({"_id":"rocket.cat","username":"rocket.cat","name":"Rocket.Cat"})");
}

TEST_CASE("rocketchat messages: a file that came another way stands under the vendor's three keys") {
  Message message = text_by(ActorKind::agent);
  Attachment& photo = message.attachments.emplace_back();
  photo.id = "f1";
  photo.name = "a.png";
  photo.type = "image/png";
  photo.size = 7;
  photo.url = "https://files.example/a.png";
  photo.caption = "A";
  Attachment& bare = message.attachments.emplace_back();
  bare.id = "f2";
  const Value shown = parse(write(today, message));
  CHECK(print(*shown.find("file")) == R"({"_id":"f1","name":"a.png","type":"image/png","size":7})");
  CHECK(print(*shown.find("files")) == R"([{"_id":"f1","name":"a.png","type":"image/png","size":7},{"_id":"f2"}])");
  CHECK(
      print(shown.find("attachments")->children.at(0)) ==
      R"({"title":"a.png","type":"file","description":"A","title_link":"https://files.example/a.png",)"
      R"("title_link_download":true,"image_url":"https://files.example/a.png","image_type":"image/png","image_size":7})");
  CHECK(read(today, print(shown)) == message);
  CHECK_FALSE(loses(today, message, "message.attachments"));

  const Value old_shown = parse(write(old, message));
  CHECK(old_shown.find("files") == nullptr);
  CHECK(old_shown.find("file") != nullptr);
  CHECK(loses(old, message, "message.attachments"));
}

TEST_CASE("rocketchat messages: what a document cannot carry is a loss, and nothing else is") {
  Message message = text_by(ActorKind::agent);
  shape::Losses losses;
  shape::find_losses(today, &message, losses);
  CHECK(losses.empty());

  message.at = time("2024-01-02T03:04:05.000Z");
  CHECK(loses(today, message, "message.at"));
  CHECK(parse(write(today, message)).find("ts")->text == "2024-01-02T03:04:05.678Z");
  message.shown_at = {};
  CHECK_FALSE(loses(today, message, "message.at"));
  CHECK(parse(write(today, message)).find("ts")->text == "2024-01-02T03:04:05.000Z");

  for (const MessageKind kind : {MessageKind::note, MessageKind::link, MessageKind::image, MessageKind::document}) {
    message.kind = kind;
    CHECK(loses(today, message, "message.kind"));
  }
  CHECK(loses(today, text_by(ActorKind::bot), "actor.kind"));
  CHECK(loses(today, text_by(ActorKind::system), "actor.kind"));
  message.author.token = "t";  // of an agent
  CHECK(loses(today, message, "actor.token"));
  message.number = 3;
  message.delivery = Delivery::failed;
  message.delivery_reason = "why";
  message.reply_to.text = "p";
  CHECK(loses(today, message, "message.number"));
  CHECK(loses(today, message, "message.delivery"));
  CHECK(loses(today, message, "message.delivery_reason"));
  CHECK_FALSE(loses(today, message, "message.reply_to"));
  CHECK(loses(old, message, "message.reply_to"));
}

TEST_CASE("rocketchat messages: a name that only the alias has") {
  const char* json = R"({"_id":"m","alias":"Ada","token":"t","u":{"_id":"v","username":"guest-1"}})";
  for (const char* order : {json, R"({"_id":"m","u":{"_id":"v","username":"guest-1"},"token":"t","alias":"Ada"})"}) {
    const Message message = read(today, order);
    CHECK(message.author.name == "Ada");
    CHECK(message.author.kind == ActorKind::visitor);
    CHECK(write(today, message) == order);
  }
}

}  // namespace parley::test::rocketchat
