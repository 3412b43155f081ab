// Files of conversations, on every store: how parts become a file, who may open it, and what it goes with.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

using std::chrono::milliseconds;

/// A store with the visitors `t` and `other`, each with an open chat.
struct Sending : World {
  explicit Sending(const StoreKind& kind) : World(kind) {
    store->visitor(registration("t"));
    store->visitor(registration("other"));
    chat = store->get<OpenedChat>(opening("t")).chat->id;
    others = store->get<OpenedChat>(opening("other")).chat->id;
  }
  void keep(std::string_view file, std::int64_t part, std::string_view bytes) {
    REQUIRE(store->keep_part({Text(file)}, part, bytes).has_value());
  }
  PostFile posting(std::string_view file, std::int64_t parts, std::int64_t size) const {
    PostFile post;
    post.chat.id = chat;
    post.chat.token = Text("t");
    post.file.id.text = file;
    post.file.name = "../a.png";
    post.file.type = "image/png";
    post.file.claimed_type = "image/jpeg";
    post.file.size = size;
    post.file.parts = parts;
    post.file.sha256 = "00";
    post.url = "/file-upload/" + std::string(file) + "/a.png";
    post.caption = "my cat";
    return post;
  }
  /// A file of two parts, as its message.
  Message posted(std::string_view file) {
    keep(file, 0, "one");
    keep(file, 1, std::string_view("\0two", 4));
    return *store->get<PostedMessage>(posting(file, 2, 7)).message;
  }
  static GetFile opening_of(std::string_view file, const ChatId& chat, std::string_view token) {
    GetFile get;
    get.file.text = file;
    get.chat.id = chat;
    get.chat.token = Text(token);
    return get;
  }
  static GetFile by_agent(std::string_view file) { return {.file = {Text(file)}, .chat = {}, .any_chat = true}; }
  String bytes_of(const GetFile& get) {
    const auto opened = store->get<OpenedFile>(get);
    REQUIRE(opened.bytes != nullptr);
    Buffer out;
    for (std::int64_t part = 0; part < opened.file->parts; ++part) REQUIRE(opened.bytes->read(part, out).has_value());
    return String(out.view());
  }
  ChatId chat;
  ChatId others;
};

constexpr std::string_view whole("one\0two", 7);

}  // namespace

EVERY_STORE("parts become a file with its message, at once") {
  Sending world(kind);
  world.keep("f", 0, "one");
  CHECK(world->refused(Sending::by_agent("f")) == Code::no_such_file);
  CHECK(world->refused(world.posting("f", 2, 7)) == Code::no_such_file);  // a part is missing
  world.keep("f", 1, std::string_view("\0two", 4));
  CHECK(world->refused(world.posting("f", 2, 8)) == Code::no_such_file);
  CHECK(world->refused(world.posting("f", 1, 7)) == Code::no_such_file);
  const auto posted = world->get<PostedMessage>(world.posting("f", 2, 7));
  CHECK(posted.created);
  const Message& message = *posted.message;
  CHECK(message.kind == MessageKind::image);
  CHECK(message.author.kind == ActorKind::visitor);
  CHECK(message.author.token == "t");
  CHECK(message.text == "");
  REQUIRE(message.attachments.size() == 1);
  CHECK(message.attachments[0].id == "f");
  CHECK(message.attachments[0].name == "../a.png");
  CHECK(message.attachments[0].type == "image/png");
  CHECK(message.attachments[0].size == 7);
  CHECK(message.attachments[0].url == "/file-upload/f/a.png");
  CHECK(message.attachments[0].caption == "my cat");
  const auto listed = world->get<Transcript>(ListMessages{.chat = {.id = world.chat}, .query = {}});
  CHECK(listed.messages.records.back()->id == message.id);
  CHECK(listed.chat->visitor_messages == 1);
  const File file = *world->get<OpenedFile>(Sending::by_agent("f")).file;
  CHECK(file.chat == world.chat);
  CHECK(file.message == message.id);
  CHECK(file.at == message.at);
  CHECK(file.claimed_type == "image/jpeg");
  CHECK(file.sha256 == "00");
  CHECK(world->refused(world.posting("f", 2, 7)) == Code::no_such_file);  // it is a file already
  CHECK(world.bytes_of(Sending::by_agent("f")) == whole);
  CHECK(world->get<Site>(GetSite{}).files);
}

EVERY_STORE("a file is opened by its visitor, in its chat") {
  Sending world(kind);
  world.posted("f");
  CHECK(world.bytes_of(Sending::opening_of("f", world.chat, "t")) == whole);
  CHECK(world->refused(Sending::opening_of("f", world.chat, "other")) == Code::not_the_visitors_chat);
  CHECK(world->refused(Sending::opening_of("f", world.others, "t")) == Code::not_the_visitors_chat);
  CHECK(world->refused(Sending::opening_of("f", world.others, "other")) == Code::no_such_file);
  CHECK(world->refused(Sending::opening_of("f", world.chat, "")) == Code::not_the_visitors_chat);
  CHECK(world->refused(Sending::opening_of("f", world.chat, "nobody")) == Code::not_the_visitors_chat);
  CHECK(world->refused(Sending::opening_of("none", world.chat, "t")) == Code::no_such_file);
  GetFile without_token;
  without_token.file.text = "f";
  without_token.chat.id = world.chat;
  CHECK(world->refused(without_token) == Code::not_the_visitors_chat);  // an id is no credential
}

EVERY_STORE("an ended chat takes no file, and nobody sends one into another's") {
  Sending world(kind);
  world.keep("f", 0, "one");
  PostFile wrong = world.posting("f", 1, 3);
  wrong.chat.token = Text("other");
  CHECK(world->refused(wrong) == Code::not_the_visitors_chat);
  world->chat(closing(world.chat, "t"));
  CHECK(world->refused(world.posting("f", 1, 3)) == Code::chat_ended);
}

EVERY_STORE("a file goes with its message, its chat's messages, its chat, and its visitor") {
  Sending world(kind);
  const Message message = world.posted("f");
  world.posted("g");
  const auto bytes = world->get<OpenedFile>(Sending::by_agent("f")).bytes;
  DeleteMessage remove;
  remove.chat.id = world.chat;
  remove.chat.token = Text("t");
  remove.author.kind = ActorKind::visitor;
  remove.id = message.id;
  CHECK(world->get<Ref<Message>>(remove)->attachments.empty());
  CHECK(world->refused(Sending::by_agent("f")) == Code::no_such_file);
  Buffer out;
  CHECK(bytes->read(0, out).error().code == Code::no_such_file);
  CHECK(world.bytes_of(Sending::by_agent("g")) == whole);
  world->chat(closing(world.chat, "t"));
  CHECK(world.bytes_of(Sending::by_agent("g")) == whole);

  const Time later = Time::at(Time::now().since_epoch + 10'000);
  REQUIRE(world->sweep({.messages = milliseconds(1000)}, later, 10).has_value());
  CHECK(world->refused(Sending::by_agent("g")) == Code::no_such_file);

  for (const bool erase : {true, false}) {
    world.chat = world->get<OpenedChat>(opening("t")).chat->id;
    world.posted("h");
    world->chat(closing(world.chat, "t"));
    if (erase) {
      world->get<ErasedVisitor>(DeleteVisitor{.token = "t"});
      world->visitor(registration("t"));
    } else {
      world->get<DeletedChats>(DeleteChats{{{.id = world.chat}}});
    }
    CHECK(world->refused(Sending::by_agent("h")) == Code::no_such_file);
  }
}

EVERY_STORE("a message that names another's file does not take it along") {
  Sending world(kind);
  world.posted("f");
  contract::Records records;
  Message& loaded = records.messages.emplace_back();
  loaded.id.text = "loaded";
  loaded.chat = world.chat;
  loaded.kind = MessageKind::text;
  loaded.author.kind = ActorKind::visitor;
  loaded.author.id = world->chat(GetChat{{.id = world.chat}}).visitor.text;
  loaded.attachments.emplace_back().id = "f";
  world.load(records);
  DeleteMessage remove;
  remove.chat.id = world.chat;
  remove.chat.token = Text("t");
  remove.author.kind = ActorKind::visitor;
  remove.id.text = "loaded";
  world->get<Ref<Message>>(remove);
  CHECK(world.bytes_of(Sending::by_agent("f")) == whole);
}

EVERY_STORE("parts that become no file are dropped, or grow old") {
  Sending world(kind);
  world.keep("f", 0, "one");
  REQUIRE(world->drop_parts({"f"}).has_value());
  CHECK(world->refused(world.posting("f", 1, 3)) == Code::no_such_file);
  world.posted("g");
  REQUIRE(world->drop_parts({"g"}).has_value());  // it is a file
  CHECK(world.bytes_of(Sending::by_agent("g")) == whole);
  for (const char* file : {"a", "b", "c"}) world.keep(file, 0, "one");
  const Time later = Time::at(Time::now().since_epoch + 10'000);
  const auto young = world->sweep({.uploads = milliseconds(60'000)}, later, 2);
  REQUIRE(young.has_value());
  CHECK(young->uploads == 0);
  const auto old = world->sweep({.uploads = milliseconds(1000)}, later, 2);
  REQUIRE(old.has_value());
  CHECK(old->uploads == 2);
  CHECK(old->more);
  CHECK(world->sweep({.uploads = milliseconds(1000)}, later, 2)->uploads == 1);
  CHECK(world->refused(world.posting("a", 1, 3)) == Code::no_such_file);
  CHECK(world.bytes_of(Sending::by_agent("g")) == whole);
}

EVERY_STORE("a file is loaded with its parts, and again without harm") {
  Sending world(kind);
  contract::Records records;
  File& file = records.files.emplace_back();
  file.id.text = "f";
  file.chat = world.chat;
  file.message.text = "m";
  file.size = 7;
  file.parts = 2;
  records.file_parts.push_back({{"f"}, 0, "b25l", {}, {}});
  records.file_parts.push_back({{"f"}, 1, "AHR3bw==", {}, {}});
  world.load(records);
  world.load(records);
  CHECK(world.bytes_of(Sending::by_agent("f")) == whole);
  REQUIRE(world->drop_parts({"f"}).has_value());
  CHECK(world.bytes_of(Sending::by_agent("f")) == whole);
  records.file_parts[0].bytes = "no base64";
  CHECK(world->load(records).error().code == Code::invalid_field);
  records.file_parts[0] = {{"none"}, 0, "b25l", {}, {}};
  CHECK(world->load(records).error().code == Code::invalid_field);
  records.file_parts.clear();
  records.files[0].chat.text = "none";
  CHECK(world->load(records).error().code == Code::invalid_field);
}
