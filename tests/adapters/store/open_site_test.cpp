// What a site shows to somebody who comes (GetSite), batches of messages (PostMessages), and what agents note of a chat (ChangeChat,
// RequestTranscript), on every store.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

Department department(std::string_view id, List<Text> agents = {}) {
  Department made;
  made.id.text = id;
  made.name = id;
  made.agents = std::move(agents);
  return made;
}

Agent worker(std::string_view id, std::string_view status, List<Text> departments = {}) {
  Agent made = agent_named(id, id, status);
  made.departments = std::move(departments);
  return made;
}

GetSite site(std::string_view token = {}, std::string_view department = {}) {
  return {.token = Text(token), .department = {String(department)}};
}

bool online(World& world, std::string_view department = {}) { return world->get<Site>(site({}, department)).online; }

PostMessages batch(std::string_view token, List<Text> texts) {
  PostMessages post;
  post.token = token;
  post.texts = std::move(texts);
  post.source = "api";
  return post;
}

ChangeChat change(const ChatId& chat) {
  ChangeChat made;
  made.chat.id = chat;
  return made;
}

RequestTranscript request(const ChatId& chat, bool withdraw = false) {
  RequestTranscript made;
  made.chat.id = chat;
  made.by = agent("bob");
  made.email = "ann@example.com";
  made.subject = "Your chat";
  made.withdraw = withdraw;
  return made;
}

String texts_of(World& world, const ChatId& chat) {
  String all;
  const auto transcript = world->get<Transcript>(ListMessages{.chat = {.id = chat}, .query = {}});
  for (const Ref<Message>& one : transcript.messages.records) {
    all.append(std::to_string(one->number)).append(":").append(one->text.view()).append(" ");
  }
  return all;
}

/// A store with the agent bob and the visitor `t`, who has an open chat.
struct Chatting : World {
  explicit Chatting(const StoreKind& kind) : World(kind) {
    contract::Records records;
    records.agents.push_back(agent_named("bob", "Bob", "Online"));
    load(records);
    RegisterVisitor ann = registration("t");
    ann.name = "Ann";
    ann.email = "ann@example.com";
    ann.phone = "555";
    visitor = store->visitor(ann).id;
    chat = store->get<OpenedChat>(opening("t")).chat->id;
  }
  VisitorId visitor;
  ChatId chat;
};

}  // namespace

// --- GetSite ----------------------------------------------------------------------------------------------------------

EVERY_STORE("a site without agents is not online, and has nobody and no departments") {
  World world(kind);
  world->visitor(registration("t"));
  const auto empty = world->get<Site>(site());
  CHECK_FALSE(empty.online);
  CHECK(empty.departments.empty());
  CHECK_FALSE(empty.visitor.has_value());
  CHECK_FALSE(empty.chat.has_value());
}

EVERY_STORE("a site is online while one agent takes chats, and at once after that changed") {
  World world(kind);
  contract::Records records;
  records.agents = {worker("ann", "Away"), worker("bob", "Offline"), worker("eve", "Online")};
  records.agents.back().disabled = true;
  world.load(records);
  CHECK_FALSE(online(world));
  world->agent(status_for("ann", "Online"));
  CHECK(online(world));
  world->agent(status_for("ann", "Meeting"));
  CHECK_FALSE(online(world));
}

EVERY_STORE("the departments of a site are those that take chats and have agents; only their own agents are there") {
  World world(kind);
  contract::Records records;
  records.agents = {worker("ann", "Online", {"support"}), worker("bob", "Away")};
  records.departments = {department("sales", {"bob"}), department("empty"), department("support"),
                         department("closed", {"ann"})};
  records.departments.back().disabled = true;
  world.load(records);
  String names;
  for (const Ref<Department>& one : world->get<Site>(site()).departments) names.append(one->name.view()).append(" ");
  CHECK(names == "sales support ");
  CHECK(online(world));
  CHECK(online(world, "support"));
  CHECK_FALSE(online(world, "sales"));
  CHECK_FALSE(online(world, "empty"));
  CHECK_FALSE(online(world, "closed"));
  CHECK_FALSE(online(world, "unknown"));
  world->agent(status_for("bob", "Online"));
  CHECK(online(world, "sales"));
}

EVERY_STORE("a site knows its visitor by the token alone, with the open chat and who has it") {
  Chatting world(kind);
  CHECK_FALSE(world->get<Site>(site("unknown")).visitor.has_value());
  CHECK_FALSE(world->get<Site>(site(world.visitor.text)).visitor.has_value());
  const auto waiting = world->get<Site>(site("t"));
  REQUIRE(waiting.visitor.has_value());
  CHECK((*waiting.visitor)->name == "Ann");
  REQUIRE(waiting.chat.has_value());
  CHECK((*waiting.chat)->id == world.chat);
  CHECK((*waiting.chat)->agent.empty());

  world->chat(assigning(world.chat, "bob", "bob"));
  const auto taken = world->get<Site>(site("t"));
  CHECK((*taken.chat)->agent.text == "bob");
  CHECK((*taken.chat)->participants.back().name == "Bob");

  world->chat(closing(world.chat));
  const auto ended = world->get<Site>(site("t"));
  CHECK(ended.visitor.has_value());
  CHECK_FALSE(ended.chat.has_value());
}

EVERY_STORE("a visitor without a token is not known by its id") {
  World world(kind);
  contract::Records records;
  records.visitors.emplace_back().id.text = "without-token";
  world.load(records);
  CHECK_FALSE(world->get<Site>(site("without-token")).visitor.has_value());
}

// --- PostMessages -----------------------------------------------------------------------------------------------------

EVERY_STORE("messages of an unknown visitor register it, open a chat, and are all there in their order") {
  World world(kind);
  PostMessages post = batch("new", {"one", "two", "three"});
  post.ip = "192.0.2.7";
  post.host = "shop.example";
  const auto posted = world->get<Transcript>(post);
  REQUIRE(posted.messages.records.size() == 3);
  const Visitor visitor = world->visitor(by_token("new"));
  CHECK(ids::kind_of(visitor.id.text) == ids::Kind::object24);
  CHECK(visitor.username == "guest-2");
  CHECK(visitor.ip == "192.0.2.7");
  CHECK(visitor.host == "shop.example");
  CHECK(visitor.chats == 1);
  CHECK(visitor.last_chat == posted.chat->id);
  CHECK(posted.chat->visitor == visitor.id);
  CHECK(posted.chat->state == ChatState::queued);
  CHECK(posted.chat->source == "api");
  CHECK(posted.chat->sequence == 1);
  CHECK(posted.chat->messages == 3);
  CHECK(posted.chat->visitor_messages == 3);
  CHECK(posted.chat->participants.front().username == "guest-2");
  CHECK(texts_of(world, posted.chat->id) == "1:one 2:two 3:three ");
  Time before;
  for (const Ref<Message>& one : posted.messages.records) {
    CHECK(one->author.kind == ActorKind::visitor);
    CHECK(one->author.id == visitor.id.text);
    CHECK(one->author.username == "guest-2");
    CHECK(one->chat == posted.chat->id);
    CHECK(before < one->shown_at);
    before = one->shown_at;
  }
  const ListVisitors here{.on_site = true};
  CHECK(world->list<Visitor>(here).size() == 1);
  world->restart();
  CHECK(texts_of(world, posted.chat->id) == "1:one 2:two 3:three ");
  CHECK(world->visitor(registration("second")).username == "guest-3");
}

EVERY_STORE("messages of a known visitor go to the open chat, and to a new one after it has ended") {
  Chatting world(kind);
  world->get<PostedMessage>(from_visitor(world.chat, "t", "zero"));
  const auto same = world->get<Transcript>(batch("t", {"one", "two"}));
  CHECK(same.chat->id == world.chat);
  CHECK(same.chat->participants.front().name == "Ann");
  CHECK(same.messages.records.front()->author.name == "Ann");
  CHECK(texts_of(world, world.chat) == "1:zero 2:one 3:two ");
  CHECK(world->visitor(by_token("t")).chats == 1);

  world->chat(closing(world.chat, "t"));
  const auto next = world->get<Transcript>(batch("t", {"again"}));
  CHECK(next.chat->id != world.chat);
  CHECK(next.chat->sequence == 2);
  CHECK(texts_of(world, next.chat->id) == "1:again ");
  CHECK(world->visitor(by_token("t")).chats == 2);
  CHECK(world->visitor(by_token("t")).id == world.visitor);
  CHECK(world->list<Visitor>(ListVisitors{}).size() == 1);
}

EVERY_STORE("messages of nobody are refused, and the old profile gets ids of its own kind") {
  World world(kind);
  CHECK(world->refused(batch("", {"one"})) == Code::invalid_field);
  PostMessages old = batch("old", {"one"});
  old.identity = IdentityRule::token_email;
  world->get<Transcript>(old);
  CHECK(ids::kind_of(world->visitor(by_token("old")).id.text) == ids::Kind::random17);
}

// --- ChangeChat -------------------------------------------------------------------------------------------------------

EVERY_STORE("what agents note of a chat and its visitor is kept, and the rest stays") {
  Chatting world(kind);
  ChangeChat noted = change(world.chat);
  noted.topic = "A parcel";
  noted.tags = List<Text>{"delivery", "late"};
  noted.fields.push_back({.name = "order", .value = "4711", .overwrite = true});
  noted.visitor = world.visitor;
  noted.name = "Ann Smith";
  noted.email = "smith@example.com";
  noted.phone = "777";
  noted.visitor_fields.push_back({.name = "plan", .value = "gold", .overwrite = true});
  const Chat chat = world->chat(noted);
  CHECK(chat.topic == "A parcel");
  CHECK(chat.tags == List<Text>{"delivery", "late"});
  CHECK(chat.call_data.at(0).value == "4711");
  CHECK(chat.participants.front().name == "Ann Smith");
  const Visitor visitor = world->visitor(by_token("t"));
  CHECK(visitor.name == "Ann Smith");
  CHECK(visitor.emails == List<Text>{"smith@example.com"});
  CHECK(visitor.phones == List<Text>{"777"});
  CHECK(visitor.attributes.at(0).value == "gold");
  RegisterVisitor again = registration("other");
  again.email = "smith@example.com";
  CHECK(world->visitor(again).id == world.visitor);  // the index of addresses has the new one

  ChangeChat bare = change(world.chat);
  bare.visitor = world.visitor;
  bare.name = "";
  const Chat same = world->chat(bare);
  CHECK(same.topic == "A parcel");
  CHECK(same.tags.size() == 2);
  CHECK(same.participants.front().name == "Ann Smith");

  ChangeChat emptied = change(world.chat);
  emptied.topic = "";
  emptied.tags.emplace();
  emptied.visitor = world.visitor;
  emptied.email = "";
  emptied.phone = "";
  const Chat empty = world->chat(emptied);
  CHECK(empty.topic.empty());
  CHECK(empty.tags.empty());
  CHECK(world->visitor(by_id(world.visitor.text)).emails.empty());
  CHECK(world->visitor(by_id(world.visitor.text)).phones.empty());
  world->restart();
  CHECK(world->chat(GetChat{.chat = {.id = world.chat}}).call_data.at(0).value == "4711");
}

EVERY_STORE("a change of an unknown chat or visitor changes nothing") {
  Chatting world(kind);
  CHECK(world->refused(change({"unknown"})) == Code::no_such_chat);
  ChangeChat of_nobody = change(world.chat);
  of_nobody.topic = "A parcel";
  of_nobody.visitor.text = "unknown";
  CHECK(world->refused(of_nobody) == Code::no_such_visitor);
  CHECK(world->chat(GetChat{.chat = {.id = world.chat}}).topic.empty());
  ChangeChat too_much = change(world.chat);
  for (int i = 0; i <= 1'000; ++i) {
    too_much.fields.push_back({.name = Text("field-" + std::to_string(i)), .value = "x", .overwrite = true});
  }
  CHECK(world->refused(too_much) == Code::invalid_field);
}

// --- RequestTranscript ------------------------------------------------------------------------------------------------

EVERY_STORE("a transcript is requested once, is shown until it is withdrawn, and goes with the visitor") {
  Chatting world(kind);
  CHECK(world->refused(request(world.chat, true)) == Code::no_transcript_request);
  const Chat chat = world->chat(request(world.chat));
  CHECK(chat.transcript_request.email == "ann@example.com");
  CHECK(chat.transcript_request.subject == "Your chat");
  CHECK(chat.transcript_request.by.id == "bob");
  CHECK(chat.transcript_request.by.name == "Bob");
  CHECK(chat.transcript_request.at.known());
  CHECK(world->refused(request(world.chat)) == Code::transcript_requested);
  world->restart();
  CHECK(world->chat(GetChat{.chat = {.id = world.chat}}).transcript_request == chat.transcript_request);

  CHECK(world->chat(request(world.chat, true)).transcript_request == TranscriptRequest());
  CHECK(world->refused(request(world.chat, true)) == Code::no_transcript_request);
  world->chat(request(world.chat));
  CHECK(world->chat(closing(world.chat)).transcript_request.at.known());
  CHECK(world->refused(request(world.chat)) == Code::chat_ended);
  CHECK(world->refused(request({"unknown"})) == Code::no_such_chat);

  ChangeChat noted = change(world.chat);
  noted.topic = "Ann's parcel";
  world->chat(noted);
  world->get<ErasedVisitor>(DeleteVisitor{.token = "t"});
  const Chat kept = world->chat(GetChat{.chat = {.id = world.chat}});
  CHECK(kept.transcript_request == TranscriptRequest());
  CHECK(kept.topic.empty());
}
