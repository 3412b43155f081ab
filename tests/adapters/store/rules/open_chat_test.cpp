// Which chat the answer is, and what a new chat changes.
#include "adapters/store/rules/open_chat.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

namespace {

Chat chat_of(std::string_view visitor, ChatState state = ChatState::queued) {
  Chat chat;
  chat.id.text = "chat of " + visitor;
  chat.visitor.text = visitor;
  chat.state = state;
  return chat;
}

}  // namespace

TEST_CASE("a chat that is asked for by id must be an open chat of the visitor") {
  const FoundVisitor ann = found(visitor_named("ann", "t"));
  const Stored<Chat> open = stored(chat_of("ann"));
  const Stored<Chat> over = stored(chat_of("ann", ChatState::ended));
  const Stored<Chat> others = stored(chat_of("bob"));
  struct Case {
    const char* name;
    const FoundVisitor* visitor;
    const char* chat;
    const Stored<Chat>* found;
    std::optional<Code> code;
  };
  for (const Case& one :
       std::initializer_list<Case>{{"nobody", nullptr, "", nullptr, Code::no_such_visitor},
                                   {"nobody's chat", nullptr, "chat", &open, Code::no_such_visitor},
                                   {"open", &ann, "chat of ann", &open, std::nullopt},
                                   {"the open one", &ann, "", &open, std::nullopt},
                                   {"over", &ann, "chat of ann", &over, Code::not_the_visitors_chat},
                                   {"another's", &ann, "chat of bob", &others, Code::not_the_visitors_chat},
                                   {"unknown", &ann, "chat", nullptr, Code::not_the_visitors_chat}}) {
    CAPTURE(one.name);
    OpenChat operation = opening("t");
    operation.chat.text = one.chat;
    const auto decision = decide(operation, {.visitor = one.visitor, .chat = one.found}, fixed());
    REQUIRE(decision.has_error() == one.code.has_value());
    if (decision.has_error()) {
      CHECK(decision.error().code == *one.code);
      continue;
    }
    CHECK(decision->changes.empty());
    CHECK_FALSE(std::get<OpenedChat>(decision->outcome).created);
    CHECK(std::get<OpenedChat>(decision->outcome).chat->id == open.value.id);
  }
}

TEST_CASE("a new chat changes the chat, the contact and the visitor") {
  Visitor before = visitor_named("ann", "t");
  before.username = "guest-2";
  before.language = "it";
  before.chats = 4;
  const FoundVisitor ann = found(before);
  OpenChat operation = opening("t");
  operation.source = "widget";
  operation.source_destination = "shop.example";
  const Decision decision = made(decide(operation, {.visitor = &ann}, fixed()));
  CHECK(decision.changes.size() == 4);

  const auto& opened = std::get<OpenedChat>(decision.outcome);
  CHECK(opened.created);
  CHECK(opened.chat->id.text == "rocket");
  CHECK(opened.chat->state == ChatState::queued);
  CHECK(opened.chat->begin_at == now);
  CHECK(opened.chat->language == "it");
  REQUIRE(opened.chat->participants.size() == 1);
  CHECK(opened.chat->participants[0].username == "guest-2");  // present data
  CHECK(opened.chat->participants[0].token == "t");

  CHECK(opened.chat->sequence == 1);
  const auto* counted = change_of<SetCounter>(decision);
  REQUIRE(counted != nullptr);
  CHECK(counted->value == 1);

  const auto* chat = change_of<Put<Chat>>(decision);
  REQUIRE(chat != nullptr);
  CHECK(chat->before == nullptr);
  CHECK(chat->after->participants.at(0).username.empty());  // the stored chat has only data of the moment of joining
  CHECK(chat->after->contact.text == "object");

  const auto* contact = change_of<Put<Contact>>(decision);
  REQUIRE(contact != nullptr);
  CHECK(contact->before == nullptr);
  CHECK(contact->after->name == "guest-2");
  REQUIRE(contact->after->channels.size() == 1);
  CHECK(contact->after->channels[0].name == "widget");
  CHECK(contact->after->channels[0].destination == "shop.example");
  CHECK(contact->after->channels[0].last_chat.text == "rocket");

  const auto* visitor = change_of<Put<Visitor>>(decision);
  REQUIRE(visitor != nullptr);
  CHECK(visitor->before == &ann);
  CHECK(visitor->after->chats == 5);
  CHECK(visitor->after->last_chat.text == "rocket");
  CHECK(visitor->after->status == VisitorStatus::waiting_for_chat);
}

TEST_CASE("an existing agent gets the chat, and has one chat more") {
  const FoundVisitor ann = found(visitor_named("ann", "t"));
  Agent before = agent_named("agent", "Gabriele", "Online");
  before.ongoing_chats = 3;
  const Stored<Agent> agent = stored(before);
  const Decision decision = made(decide(opening("t"), {.visitor = &ann, .added = {.agent = &agent}}, fixed()));
  const Chat& chat = *std::get<OpenedChat>(decision.outcome).chat;
  CHECK(chat.state == ChatState::active);
  CHECK(chat.agent.text == "agent");
  REQUIRE(chat.participants.size() == 2);
  CHECK(chat.participants[1].name == "Gabriele");
  CHECK(chat.participants[1].online);
  const auto* put = change_of<Put<Agent>>(decision);
  REQUIRE(put != nullptr);
  CHECK(put->before == &agent);
  CHECK(put->after->ongoing_chats == 4);
  CHECK(change_of<Put<Visitor>>(decision)->after->status == VisitorStatus::chatting);
}

TEST_CASE("a visitor's channel of the same source is updated, the others stay") {
  const FoundVisitor ann = found(visitor_named("ann", "t"));
  Contact before;
  before.id.text = "contact";
  before.name = "Ann";
  for (const auto& [name, visitor] : {std::pair("api", "bob"), {"sms", "ann"}, {"api", "ann"}}) {
    Channel& channel = before.channels.emplace_back();
    channel.name = name;
    channel.visitor.text = visitor;
  }
  const Stored<Contact> contact = stored(before);
  const Decision decision = made(decide(opening("t"), {.visitor = &ann, .added = {.contact = &contact}}, fixed()));
  const auto* put = change_of<Put<Contact>>(decision);
  REQUIRE(put != nullptr);
  CHECK(put->before == &contact);
  CHECK(put->after->id.text == "contact");
  REQUIRE(put->after->channels.size() == 3);
  CHECK(put->after->channels[0].last_chat.empty());
  CHECK(put->after->channels[1].last_chat.empty());
  CHECK(put->after->channels[2].last_chat.text == "rocket");
}
