// DeleteVisitor, on every store: what is removed, what stays, and what is refused.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

DeleteVisitor erasing(std::string_view token) { return {.token = Text(token)}; }

/// A store with the visitors `t` (Ann, with one ended chat of three messages, two page visits and offline messages) and `other`.
struct Visited : World {
  explicit Visited(const StoreKind& kind) : World(kind) {
    contract::Records records;
    records.agents.push_back(agent_named("bob", "Bob", "Online"));
    load(records);
    RegisterVisitor ann = registration("t");
    ann.name = "Ann";
    ann.email = "ann@example.com";
    ann.phone = "555";
    visitor = store->visitor(ann).id;
    store->visitor(registration("other"));
    chat = store->get<OpenedChat>(opening("t")).chat->id;
    store->get<PostedMessage>(from_visitor(chat, "t", "My name is Ann"));
    store->get<PostedMessage>(from_agent(chat, "bob", "Hello Ann"));
    store->get<RecordedPage>(page_of("t", "https://x.example/1"));
    store->get<RecordedPage>(page_of("t", "https://x.example/2"));
    store->get<RecordedPage>(page_of("other", "https://x.example/1"));
    leave("by e-mail", "ANN@example.com", {});
    leave("by visitor", "elsewhere@example.com", visitor);
    leave("of another", "eve@example.com", {});
  }
  void leave(std::string_view text, std::string_view email, const VisitorId& of) {
    OfflineMessage message;
    message.text = text;
    message.email = email;
    message.visitor = of;
    store->get<Ref<OfflineMessage>>(LeaveOfflineMessage{message});
  }
  std::size_t messages() {
    return store->get<Transcript>(ListMessages{.chat = {.id = chat}, .query = {}}).messages.records.size();
  }
  VisitorId visitor;
  ChatId chat;
};

}  // namespace

EVERY_STORE("an erased visitor leaves no trace, and its chats keep what is not personal") {
  Visited world(kind);
  const Chat before = world->chat(closing(world.chat));
  REQUIRE(world.messages() == 3);
  const auto erased = world->get<ErasedVisitor>(erasing("t"));
  CHECK(erased.visitor == world.visitor);
  CHECK(erased.at.known());
  CHECK(erased.chats == 1);
  CHECK(erased.messages == 3);
  CHECK(erased.pages == 2);
  CHECK(erased.offline_messages == 2);

  for (int round = 0; round < 2; ++round) {
    CHECK(world->refused(by_token("t")) == Code::no_such_visitor);
    CHECK(world->refused(by_id(world.visitor.text.view())) == Code::no_such_visitor);
    CHECK(world->list<Visitor>(ListVisitors{}).size() == 1);
    CHECK(world.messages() == 0);
    const auto left = world->list<OfflineMessage>(ListOfflineMessages{});
    REQUIRE(left.size() == 1);
    CHECK(left[0].text == "of another");
    const Chat after = world->chat(GetChat{{.id = world.chat}});
    CHECK(after.visitor.empty());
    CHECK(after.contact.empty());
    CHECK(after.sequence == before.sequence);
    CHECK(after.begin_at == before.begin_at);
    CHECK(after.end_at == before.end_at);
    CHECK(after.messages == 3);
    CHECK(after.visitor_messages == 1);
    CHECK(after.agent_messages == 1);
    CHECK(after.last_message_at == before.last_message_at);
    CHECK(after.first_reply_at == before.first_reply_at);
    for (const Participant& one : after.participants) CHECK(one.is_agent);
    ListContactChannels channels;
    channels.contact = before.contact;
    CHECK(world->get<List<Channel>>(channels).empty());
    world->restart();
  }
  CHECK(world->refused(erasing("t")) == Code::no_such_visitor);
  // The same person is a new visitor: neither phone nor e-mail finds the old one.
  RegisterVisitor again = registration("t");
  again.email = "ann@example.com";
  again.phone = "555";
  CHECK(world->visitor(again).id != world.visitor);
  CHECK(world->get<ErasedVisitor>(erasing("t")).pages == 0);
  CHECK(world->get<ErasedVisitor>(erasing("other")).pages == 1);
}

EVERY_STORE("a visitor with an open chat is not erased, and nothing is removed") {
  Visited world(kind);
  CHECK(world->refused(erasing("t")) == Code::visitor_has_open_chat);
  CHECK(world->visitor(by_token("t")).name == "Ann");
  CHECK(world.messages() == 2);
  CHECK(world->list<OfflineMessage>(ListOfflineMessages{}).size() == 3);
  // One ended chat beside an open one changes nothing.
  world->chat(closing(world.chat));
  const ChatId next = world->get<OpenedChat>(opening("t")).chat->id;
  CHECK(world->refused(erasing("t")) == Code::visitor_has_open_chat);
  CHECK(world.messages() == 3);
  world->chat(closing(next));
  const auto erased = world->get<ErasedVisitor>(DeleteVisitor{.visitor = world.visitor});
  CHECK(erased.chats == 2);
  CHECK(erased.pages == 2);
}

EVERY_STORE("page visits under an earlier token of the visitor are erased, too") {
  Visited world(kind);
  RegisterVisitor again = registration("new token");
  again.email = "ann@example.com";
  REQUIRE(world->visitor(again).id == world.visitor);
  world->get<RecordedPage>(page_of("new token", "https://x.example/3"));
  world->chat(closing(world.chat));
  CHECK(world->get<ErasedVisitor>(erasing("new token")).pages == 3);
}

EVERY_STORE("an unknown visitor is not erased") {
  World world(kind);
  CHECK(world->refused(erasing("t")) == Code::no_such_visitor);
  CHECK(world->refused(DeleteVisitor{}) == Code::no_such_visitor);
  // Ids are not secret: one does not stand for a token.
  const VisitorId id = world->visitor(registration("t")).id;
  CHECK(world->refused(erasing(id.text.view())) == Code::no_such_visitor);
  contract::Records records;
  records.visitors.emplace_back().id.text = "without-token";
  world.load(records);
  CHECK(world->refused(erasing("without-token")) == Code::no_such_visitor);
  CHECK(world->get<ErasedVisitor>(DeleteVisitor{.visitor = {"without-token"}}).visitor.text == "without-token");
}

EVERY_STORE("a contact with channels of other visitors stays without those of the erased one") {
  World world(kind);
  contract::Records records;
  for (const char* id : {"v1", "v2"}) records.visitors.emplace_back().id.text = id;
  Contact& both = records.contacts.emplace_back();
  both.id.text = "both";
  both.name = "Family";
  for (const char* id : {"v1", "v2", "v1"}) {
    Channel& channel = both.channels.emplace_back();
    channel.name = id;
    channel.visitor.text = id;
  }
  Contact& alone = records.contacts.emplace_back();
  alone.id.text = "alone";
  alone.channels.push_back(records.contacts[0].channels[0]);
  world.load(records);
  world->get<ErasedVisitor>(DeleteVisitor{.visitor = {"v1"}});
  const auto channels_of = [&world](std::string_view id) {
    ListContactChannels list;
    list.contact.text = id;
    return world->get<List<Channel>>(list);
  };
  REQUIRE(channels_of("both").size() == 1);
  CHECK(channels_of("both")[0].name == "v2");
  CHECK(channels_of("alone").empty());
}

EVERY_STORE("personal data of a chat go with its visitor, the data of agents stay") {
  World world(kind);
  contract::Records records;
  records.visitors.emplace_back().id.text = "v";
  Chat& chat = records.chats.emplace_back();
  chat.id.text = "c";
  chat.visitor.text = "v";
  chat.state = ChatState::ended;
  chat.begin_at = Time::at(1'600'000'000'000);
  chat.end_at = Time::at(1'600'000'060'000);
  chat.agent.text = "bob";
  chat.department.text = "sales";
  chat.tags = {"vip"};
  chat.rating.grade = 5;
  chat.rating.comment = "call me at 555";
  chat.comment = "Ann was angry";
  chat.closed_by.kind = ActorKind::visitor;
  chat.closed_by.id = "v";
  chat.closed_by.name = "Ann";
  chat.call_data = {named_value("order", "4711")};
  chat.extensions = {{"rocketchat.room", "x", "1"}};
  Participant& one = chat.participants.emplace_back();
  one.id = "v";
  Participant& two = chat.participants.emplace_back();
  two.id = "bob";
  two.is_agent = true;
  world.load(records);
  CHECK(world->get<ErasedVisitor>(DeleteVisitor{.visitor = {"v"}}).chats == 1);
  const Chat after = world->chat(GetChat{{.id = {"c"}}});
  CHECK(after.agent.text == "bob");
  CHECK(after.department.text == "sales");
  CHECK(after.tags == chat.tags);
  CHECK(after.rating.grade == 5);
  CHECK(after.rating.comment.empty());
  CHECK(after.comment.empty());
  CHECK(after.closed_by.kind == ActorKind::visitor);
  CHECK(after.closed_by.id.empty());
  CHECK(after.closed_by.name.empty());
  CHECK(after.call_data.empty());
  CHECK(after.extensions.empty());
  REQUIRE(after.participants.size() == 1);
  CHECK(after.participants[0].id == "bob");
  const ChatFilter filter{.state = ChatFilter::State::ended, .values = {named_value("order", "4711")}};
  CHECK(world->list<Chat>(ListChats{.domain = {}, .query = {}, .filter = filter}).empty());
}
