// Messages and the life of a chat, on every store.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

/// A store with a visitor `t`, the agents `bob` and `eve`, and an open chat of the visitor.
struct Chatting : World {
  explicit Chatting(const StoreKind& kind) : World(kind) {
    contract::Records records;
    records.agents.push_back(agent_named("bob", "Bob", "Online"));
    records.agents.push_back(agent_named("eve", "Eve", "Online"));
    load(records);
    RegisterVisitor ann = registration("t");
    ann.name = "Ann";
    visitor = store->visitor(ann);
    chat = store->get<OpenedChat>(opening("t")).chat->id;
  }
  /// The texts of the messages that a query finds.
  String texts(MessageQuery query = {}) {
    ListMessages list{.chat = {.id = chat}, .query = std::move(query)};
    String all;
    const auto transcript = store->get<Transcript>(list);
    for (const auto& message : transcript.messages.records) all.append(message->text.view()).append(" ");
    return all;
  }
  Visitor visitor;
  ChatId chat;
};

}  // namespace

EVERY_STORE("messages of a chat are numbered in the order in which they were accepted") {
  Chatting world(kind);
  const auto first = world->get<PostedMessage>(from_visitor(world.chat, "t", "Hello"));
  const auto second = world->get<PostedMessage>(from_agent(world.chat, "bob", "Good morning"));
  CHECK(first.created);
  CHECK(first.message->number == 1);
  CHECK(first.message->chat == world.chat);
  CHECK(first.message->kind == MessageKind::text);
  CHECK(ids::kind_of(first.message->id.text) == ids::Kind::random17);
  CHECK(first.message->author.kind == ActorKind::visitor);
  CHECK(first.message->author.id == world.visitor.id.text);
  CHECK(first.message->author.name == "Ann");
  CHECK(first.message->author.token == "t");
  CHECK(second.message->number == 2);
  CHECK(second.message->author.name == "Bob");
  CHECK(second.message->shown_at > first.message->shown_at);
  CHECK(world.texts() == "Hello Good morning ");

  const Chat chat = world->chat(GetChat{{.id = world.chat}});
  CHECK(chat.messages == 2);
  CHECK(chat.visitor_messages == 1);
  CHECK(chat.agent_messages == 1);
  CHECK(chat.last_message_at == second.message->shown_at);
  CHECK(chat.first_reply_at == second.message->shown_at);
  world->restart();
  CHECK(world.texts() == "Hello Good morning ");
  CHECK(world->get<PostedMessage>(from_visitor(world.chat, "t", "again")).message->number == 3);
}

EVERY_STORE("the same message with its id is stored once; another one with that id is refused") {
  Chatting world(kind);
  PostMessage post = from_visitor(world.chat, "t", "Hello");
  post.id.text = "mine";
  CHECK(world->get<PostedMessage>(post).created);
  const auto again = world->get<PostedMessage>(post);
  CHECK_FALSE(again.created);
  CHECK(again.message->number == 1);
  PostMessage other = post;
  other.text = "Bye";
  CHECK(world->refused(other) == Code::message_exists);
  other = from_agent(world.chat, "bob", "Hello");
  other.id.text = "mine";
  CHECK(world->refused(other) == Code::message_exists);
  CHECK(world.texts() == "Hello ");

  // A client that repeats after the end of the chat still gets its answer.
  world->chat(closing(world.chat));
  CHECK_FALSE(world->get<PostedMessage>(post).created);
}

EVERY_STORE("who may write where") {
  Chatting world(kind);
  world->visitor(registration("other"));
  CHECK(world->refused(from_visitor(world.chat, "nobody", "x")) == Code::no_such_visitor);
  CHECK(world->refused(from_visitor(world.chat, "", "x")) == Code::no_such_visitor);  // not a call without a visitor
  CHECK(world->refused(ListMessages{.chat = {.id = world.chat, .token = ""}}) == Code::no_such_visitor);
  CHECK(world->refused(from_visitor(world.chat, "other", "x")) == Code::not_the_visitors_chat);
  CHECK(world->refused(from_visitor({"no chat"}, "t", "x")) == Code::not_the_visitors_chat);
  CHECK(world->refused(from_agent({"no chat"}, "bob", "x")) == Code::no_such_chat);
  CHECK(world->refused(GetChat{{.id = world.chat, .token = "other"}}) == Code::not_the_visitors_chat);
  CHECK(world->refused(GetChat{{.id = world.chat, .must = ChatRef::Must::have_ended}}) == Code::no_such_chat);
  world->chat(closing(world.chat));
  CHECK(world->refused(from_visitor(world.chat, "t", "x")) == Code::chat_ended);
  CHECK(world->refused(from_agent(world.chat, "bob", "x")) == Code::chat_ended);
  CHECK(world->refused(GetChat{{.id = world.chat, .must = ChatRef::Must::be_open}}) == Code::chat_ended);
  CHECK(world.texts() == " ");  // that it was closed
}

EVERY_STORE("a message that meets an ended chat opens the next one where the client wants that") {
  Chatting world(kind);
  world->chat(closing(world.chat));
  PostMessage post = from_visitor(world.chat, "t", "Still here");
  post.id.text = "mine";
  post.reopen = true;
  const auto posted = world->get<PostedMessage>(post);
  CHECK(posted.message->chat != world.chat);
  CHECK(posted.message->number == 1);
  const Chat chat = world->chat(GetChat{{.id = posted.message->chat}});
  CHECK(chat.visitor == world.visitor.id);
  CHECK(chat.sequence == 2);
  CHECK(chat.messages == 1);
  CHECK(world->visitor(by_token("t")).chats == 2);
  CHECK_FALSE(world->get<PostedMessage>(post).created);
  post.id.text = "next";  // goes into the chat that is open now
  CHECK(world->get<PostedMessage>(post).message->chat == chat.id);
}

EVERY_STORE("an author changes and deletes a message; nobody else does") {
  Chatting world(kind);
  const MessageId id = world->get<PostedMessage>(from_visitor(world.chat, "t", "Helo")).message->id;
  const ChatRef mine{.id = world.chat, .token = "t"};
  const auto edited = *world->get<Ref<Message>>(EditMessage{mine, {}, id, "Hello"});
  CHECK(edited.text == "Hello");
  CHECK(edited.number == 1);
  CHECK(edited.edited_at.known());
  CHECK(world.texts() == "Hello ");
  CHECK(*world->get<Ref<Message>>(GetMessage{mine, id}) == edited);
  const ChatRef chat{.id = world.chat};
  CHECK(world->refused(EditMessage{chat, agent("bob"), id, "x"}) == Code::not_the_authors_message);
  CHECK(world->refused(DeleteMessage{chat, agent("bob"), id}) == Code::not_the_authors_message);
  CHECK(world->refused(EditMessage{mine, {}, {"none"}, "x"}) == Code::no_such_message);
  world->visitor(registration("other"));
  const ChatId others = world->get<OpenedChat>(opening("other")).chat->id;
  CHECK(world->refused(GetMessage{{.id = others, .token = "other"}, id}) == Code::no_such_message);

  const auto deleted = *world->get<Ref<Message>>(DeleteMessage{mine, {}, id});
  CHECK(deleted.deleted);
  CHECK(deleted.text.empty());
  CHECK(world.texts().empty());
  CHECK(world->refused(GetMessage{mine, id}) == Code::no_such_message);
  CHECK(world->refused(EditMessage{mine, {}, id, "x"}) == Code::no_such_message);
  CHECK(world->get<PostedMessage>(from_visitor(world.chat, "t", "next")).message->number == 2);
}

EVERY_STORE("pages of messages") {
  Chatting world(kind);
  List<Time> times;
  for (const char* text : {"a", "b", "c", "D", "e"}) {
    times.push_back(world->get<PostedMessage>(from_visitor(world.chat, "t", text)).message->shown_at);
  }
  CHECK(world.texts({.newest_first = true, .limit = 2}) == "e D ");
  CHECK(world.texts({.newest_first = true, .offset = 2, .limit = 2}) == "c b ");
  CHECK(world.texts({.offset = 4, .limit = 2}) == "e ");
  CHECK(world.texts({.offset = 5, .limit = 2}).empty());
  CHECK(world.texts({.after = times[1]}) == "c D e ");
  CHECK(world.texts({.before = times[1]}) == "a ");
  CHECK(world.texts({.after = times[0], .before = times[3], .newest_first = true}) == "c b ");
  CHECK(world.texts({.text = "d"}) == "D ");
  const auto counted = world->get<Transcript>(
      ListMessages{.chat = {.id = world.chat}, .query = {.offset = 1, .limit = 2, .count = true}});
  CHECK(counted.messages.matching() == 5);
  CHECK(counted.messages.records.size() == 2);
  world->chat(closing(world.chat));
  CHECK(world.texts({.limit = 6}) == "a b c D e  ");
  CHECK(world.texts({.written_only = true, .limit = 6}) == "a b c D e ");
}

EVERY_STORE("a note is for agents only") {
  Chatting world(kind);
  world->get<PostedMessage>(from_visitor(world.chat, "t", "Hello"));
  PostMessage note = from_agent(world.chat, "bob", "difficult");
  note.kind = MessageKind::note;
  const MessageId id = world->get<PostedMessage>(note).message->id;
  CHECK(world.texts() == "Hello ");
  CHECK(world.texts({.limit = 5}) == "Hello ");
  CHECK(world.texts({.text = "difficult"}).empty());
  CHECK(world.texts({.notes = true}) == "Hello difficult ");
  CHECK(world->refused(GetMessage{{.id = world.chat, .token = "t"}, id}) == Code::no_such_message);
  CHECK(world->get<Ref<Message>>(GetMessage{{.id = world.chat}, id})->text == "difficult");
}

EVERY_STORE("closing a chat ends it for all") {
  Chatting world(kind);
  world->chat(assigning(world.chat, "bob", "bob"));
  CHECK(world->agent(GetAgent{{"bob"}}).ongoing_chats == 1);
  CloseChat close = closing(world.chat, "t");
  close.reason = "success";
  close.comment = "Bye";
  close.tags = {"vip", "vip"};
  const Chat closed = world->chat(close);
  CHECK(closed.state == ChatState::ended);
  CHECK(closed.end_at.known());
  CHECK(closed.closed_by.kind == ActorKind::visitor);
  CHECK(closed.closed_by.id == world.visitor.id.text);
  CHECK(closed.close_reason == "success");
  CHECK(closed.comment == "Bye");
  CHECK(closed.tags == List<Text>{"vip"});
  REQUIRE(closed.participants.size() == 2);
  for (const Participant& one : closed.participants) {
    CHECK(one.end_at == closed.end_at);
    CHECK_FALSE(one.online);
  }
  CHECK(world->agent(GetAgent{{"bob"}}).ongoing_chats == 0);
  CHECK(world->visitor(by_token("t")).status == VisitorStatus::chat_ended);
  CHECK(world->refused(close) == Code::chat_ended);
  CHECK(world->refused(contact_of(world.chat.text)) == Code::no_such_chat);
  CHECK(world->list<Chat>(ListChats{}).empty());
  CHECK(world.texts() == " Bye ");  // taken, closed
  CHECK(world->get<OpenedChat>(opening("t")).created);
}

EVERY_STORE("all open chats are closed at once") {
  Chatting world(kind);
  world->visitor(registration("u"));
  OpenChat open = opening("u");
  open.agent = {"bob"};
  const ChatId other = world->get<OpenedChat>(open).chat->id;
  world->visitor(registration("v"));
  open.token = "v";
  world->get<OpenedChat>(open);
  CHECK(world->agent(GetAgent{{"bob"}}).ongoing_chats == 2);
  const auto closed = world->get<ClosedChats>(CloseAllChats{.domain = {}, .closer = agent("bob"), .reason = "night"});
  REQUIRE(closed.chats.size() == 3);
  CHECK(closed.chats[0] == world.chat);
  CHECK(closed.chats[1] == other);
  CHECK(world->agent(GetAgent{{"bob"}}).ongoing_chats == 0);
  CHECK(world->chat(GetChat{{.id = other}}).close_reason == "night");
  CHECK(world->visitor(by_token("v")).status == VisitorStatus::chat_ended);
  CHECK(world->get<ClosedChats>(CloseAllChats{}).chats.empty());
}

EVERY_STORE("an agent takes a chat, and passes it on") {
  Chatting world(kind);
  AssignChat take = assigning(world.chat, "bob", "bob");
  const Chat taken = world->chat(take);
  CHECK(taken.state == ChatState::active);
  CHECK(taken.agent.text == "bob");
  CHECK(taken.taken_at.known());
  REQUIRE(taken.participants.size() == 2);
  CHECK(taken.participants[1].name == "Bob");
  CHECK(world->visitor(by_token("t")).status == VisitorStatus::chatting);
  CHECK(world->chat(take).messages == taken.messages);  // nothing changes
  AssignChat steal = assigning(world.chat, "eve", "eve");
  CHECK(world->refused(steal) == Code::chat_taken);
  steal.transfer = true;
  steal.by = agent("bob");
  AssignChat same = steal;
  same.agent = {"bob"};
  CHECK(world->refused(same) == Code::chat_taken);  // a transfer to the agent who has it
  const Chat passed = world->chat(steal);
  CHECK(passed.agent.text == "eve");
  CHECK(world->agent(GetAgent{{"bob"}}).ongoing_chats == 0);
  CHECK(world->agent(GetAgent{{"eve"}}).ongoing_chats == 1);
  REQUIRE(passed.participants.size() == 3);
  CHECK(passed.participants[1].end_at.known());

  AssignChat back = assigning(world.chat, {}, {});
  back.chat.token = "t";
  back.department = {"sales"};
  back.transfer = true;
  const Chat queued = world->chat(back);
  CHECK(queued.department.text == "sales");
  CHECK(queued.agent.empty());
  CHECK(queued.state == ChatState::queued);
  CHECK(world->agent(GetAgent{{"eve"}}).ongoing_chats == 0);
  CHECK(world->visitor(by_token("t")).status == VisitorStatus::waiting_for_chat);
  take.agent = {"nobody"};
  CHECK(world->refused(take) == Code::no_such_agent);
}

EVERY_STORE("an agent's login without a record can take a chat, and has a record then") {
  Chatting world(kind);
  CHECK(world->refused(GetAgent{{"login"}}) == Code::no_such_agent);
  AssignChat take = assigning(world.chat, "login", "login");
  take.by.name = "Lo Gin";
  take.by.username = "login.user";
  AssignChat forward = take;
  forward.transfer = true;  // only who takes it himself is known to be an agent
  CHECK(world->refused(forward) == Code::no_such_agent);
  const Chat taken = world->chat(take);
  CHECK(taken.agent.text == "login");
  REQUIRE(taken.participants.size() == 2);
  CHECK(taken.participants[1].name == "Lo Gin");
  const Agent made = world->agent(GetAgent{{"login"}});
  CHECK(made.name == "Lo Gin");
  CHECK(made.username == "login.user");
  CHECK(made.status == "Online");
  CHECK(made.ongoing_chats == 1);
  CHECK(world->chat(take).messages == taken.messages);  // nothing changes
  CloseChat close = closing(world.chat);
  close.closer = agent("login");
  world->chat(close);
  CHECK(world->agent(GetAgent{{"login"}}).ongoing_chats == 0);
}

EVERY_STORE("a visitor rates a chat, also after its end") {
  Chatting world(kind);
  world->chat(closing(world.chat));
  RateChat rate;
  rate.chat = {.id = world.chat, .token = "t"};
  rate.rating.grade = 4;
  rate.rating.answers.push_back(named_value("agentKnowledge", "5"));
  CHECK(world->chat(rate).rating.grade == 4);
  rate.rating = {};
  rate.rating.comment = "fine";
  rate.rating.answers.push_back(named_value("agentKnowledge", "3"));
  const Chat rated = world->chat(rate);
  CHECK(rated.rating.grade == 4);
  CHECK(rated.rating.comment == "fine");
  REQUIRE(rated.rating.answers.size() == 1);
  CHECK(rated.rating.answers[0].value == "3");
}

EVERY_STORE("chats are found by their number, and by filters") {
  Chatting world(kind);
  Chat old;
  old.id.text = "old";
  old.state = ChatState::ended;
  old.begin_at = Time::at(1'600'000'000'000);
  old.service = "Shop";
  old.visitor = world.visitor.id;
  old.agent = {"bob"};
  old.department = {"sales"};
  old.call_data = {named_value("order", "4711"), named_value("plan", "gold")};
  old.domain = "DEFAULT";
  Chat older = old;
  older.id.text = "older";
  older.begin_at = Time::at(1'500'000'000'000);
  older.service = "Bank";
  older.call_data[1].value = "free";
  older.agent = {};
  older.sequence = 77;
  contract::Records records;
  records.chats = {old, older};
  world.load(records);
  CHECK(world->chat(GetChat{numbered(1)}).id == world.chat);
  CHECK(world->chat(GetChat{numbered(2)}).id.text == "old");
  CHECK(world->chat(GetChat{numbered(77)}).id.text == "older");
  CHECK(world->refused(GetChat{numbered(3)}) == Code::no_such_chat);
  CHECK(world->refused(GetChat{{.id = {"old"}, .domain = "other"}}) == Code::no_such_chat);
  CHECK(world->chat(GetChat{{.id = {"old"}, .domain = "default"}}).service == "Shop");

  const auto names = [&](const ChatFilter& filter, std::string_view domain = {}) {
    String all;
    for (const Chat& chat : world->list<Chat>(ListChats{.domain = Text(domain), .query = {}, .filter = filter})) {
      all.append(chat.id == world.chat ? "open" : chat.id.text.view()).append(" ");
    }
    return all;
  };
  using State = ChatFilter::State;
  CHECK(names({}) == "open ");
  CHECK(names({.state = State::ended}) == "older old ");
  CHECK(names({.state = State::any}) == "older old open ");
  CHECK(names({.state = State::any, .newest_first = true}) == "open old older ");
  CHECK(names({.state = State::any, .from = old.begin_at}) == "old open ");
  CHECK(names({.state = State::any, .to = old.begin_at}) == "older old ");
  CHECK(names({.state = State::ended, .agent = {"bob"}}) == "old ");
  CHECK(names({.state = State::ended, .department = {"sales"}}) == "older old ");
  CHECK(names({.state = State::any, .department = {"none"}}).empty());
  CHECK(names({.state = State::ended, .service = "Bank"}) == "older ");
  CHECK(names({.state = State::any, .visitor = world.visitor.id}) == "older old open ");
  CHECK(names({.state = State::any, .visitor = {"nobody"}}).empty());
  CHECK(names({.state = State::ended, .values = {named_value("order", "4711")}}) == "older old ");
  CHECK(names({.state = State::ended, .values = {named_value("order", "4711"), named_value("plan", "gold")}}) ==
        "old ");
  CHECK(names({.state = State::ended, .values = {named_value("plan", "4711")}}).empty());
  CHECK(names({.state = State::any}, "DEFAULT") == "older old open ");
  CHECK(names({.state = State::any}, "other") == "open ");
}

EVERY_STORE("transcripts of several chats, and deleting chats") {
  Chatting world(kind);
  world->get<PostedMessage>(from_visitor(world.chat, "t", "one"));
  world->chat(closing(world.chat));
  const ChatId second = world->get<OpenedChat>(opening("t")).chat->id;
  world->get<PostedMessage>(from_visitor(second, "t", "two"));
  ListTranscripts list{.domain = {}, .filter = {.state = ChatFilter::State::any, .visitor = world.visitor.id}};
  auto both = world->get<List<Transcript>>(list);
  REQUIRE(both.size() == 2);
  CHECK(both[0].chat->id == world.chat);
  CHECK(both[0].messages.records.size() == 2);
  CHECK(both[1].messages.records.at(0)->text == "two");
  list.limit = 1;
  CHECK(world->get<List<Transcript>>(list).size() == 1);

  CHECK(world->refused(DeleteChats{{{.id = second}}}) == Code::no_such_chat);  // still open
  CHECK(world->refused(DeleteChats{{{.id = {"none"}}}}) == Code::no_such_chat);
  CHECK(world->get<DeletedChats>(DeleteChats{{{.id = {"none"}}, {.id = second}}}).chats == 0);
  CHECK(world->get<DeletedChats>(DeleteChats{{numbered(1), {.id = world.chat}}}).chats == 1);
  CHECK(world->refused(GetChat{{.id = world.chat}}) == Code::no_such_chat);
  list.limit = 0;
  CHECK(world->get<List<Transcript>>(list).size() == 1);
}

EVERY_STORE("loaded messages follow those that are there, once") {
  Chatting world(kind);
  world->get<PostedMessage>(from_visitor(world.chat, "t", "first"));
  Message message;
  message.id.text = "loaded";
  message.chat = world.chat;
  message.kind = MessageKind::text;
  message.text = "second";
  message.at = Time::at(1'600'000'000'000);
  Message homeless = message;
  homeless.id.text = "homeless";
  homeless.chat = {"no chat"};
  contract::Records records;
  records.messages = {message};
  world.load(records);
  world.load(records);
  const auto refusal_of = [&](const Message& one) {
    contract::Records bad;
    bad.messages = {one};
    const auto loaded = world->load(bad);
    REQUIRE(loaded.has_error());
    return loaded.error().message;
  };
  CHECK(refusal_of(homeless) == "message homeless: the store has no chat no chat; load the chat first");
  world->visitor(registration("u"));
  Message elsewhere = message;
  elsewhere.chat = world->get<OpenedChat>(opening("u")).chat->id;
  CHECK(refusal_of(elsewhere) == "message loaded: chat " + world.chat.text.str() + " has a message with this id");
  CHECK(world.texts() == "first second ");
  CHECK(world->chat(GetChat{{.id = world.chat}}).messages == 2);
  // The chat itself is loaded again, as its vendor shows it: with other counts.
  Chat chat = world->chat(GetChat{{.id = world.chat}});
  chat.messages = 40;
  records.messages.clear();
  records.chats = {chat};
  world.load(records);
  CHECK(world->chat(GetChat{{.id = world.chat}}).messages == 2);
  const auto loaded = world->get<Ref<Message>>(GetMessage{{.id = world.chat}, {"loaded"}});
  CHECK(loaded->at == message.at);
  CHECK(loaded->number == 2);
}

EVERY_STORE("a loaded message of a time to come does not keep later ones behind it") {
  Chatting world(kind);
  Message message;
  message.id.text = "future";
  message.chat = world.chat;
  message.kind = MessageKind::text;
  message.text = "future";
  message.at = Time::at(max_time);
  contract::Records records;
  records.messages = {message};
  world.load(records);
  const auto posted = world->get<PostedMessage>(from_visitor(world.chat, "t", "now"));
  CHECK(posted.message->shown_at < Time::at(Time::now().since_epoch + 60'000));
  CHECK(world.texts() == "future now ");
  CHECK(world->get<Ref<Message>>(GetMessage{{.id = world.chat}, {"future"}})->at == message.at);
}

EVERY_STORE("nobody writes as a visitor by an id, which is no secret") {
  Chatting world(kind);
  Visitor visitor;
  visitor.id.text = "c8e1eb84-60d3-4d69-b10b-96364845023e";  // of a vendor whose visitors have no tokens
  Chat chat;
  chat.id.text = "fef5015b-8102-457e-b69b-471a55487837";
  chat.state = ChatState::active;
  chat.visitor = visitor.id;
  contract::Records records;
  records.visitors = {visitor};
  records.chats = {chat};
  world.load(records);
  CHECK(world->refused(from_visitor(chat.id, visitor.id.text, "x")) == Code::no_such_visitor);
  CHECK(world->refused(closing(chat.id, visitor.id.text)) == Code::no_such_visitor);
  CHECK(world->refused(ListMessages{.chat = {.id = chat.id, .token = visitor.id.text}}) == Code::no_such_visitor);
  CHECK(world->get<PostedMessage>(from_agent(chat.id, "bob", "x")).created);
}
