// The connector with our own facade, over HTTP: records are read with everything that Rocket.Chat carries of the store's records.
#include <doctest/doctest.h>

#include "adapters/rocketchat/settings.hpp"
#include "tests/adapters/rocketchat/connector/upstream_world.hpp"
#include "tests/support/connected.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* guid = "3d59f909-24cd-43bc-89cb-00a320617c0a";

Time time(const char* text) {
  bool exact = false;
  return *parse_iso(text, exact);
}

Visitor full_visitor() {
  Visitor made = visitor("66f1a2b3c4d5e6f708192a3b", "a token/with ?odd #parts");
  made.username = "guest-8";
  made.name = "Ada \u00e9";
  made.emails = {"ada@shop.example"};
  made.phones = {"0815"};
  made.company = "Engines";
  made.language = "de";
  made.attributes = {attribute("plan", "gold")};
  made.presence = Presence::online;
  made.department.text = "66f1a2b3c4d5e6f708192a3c";
  made.user_agent = "curl/8";
  made.ip = "192.0.2.7";
  made.host = "chat.example.com";
  made.created_at = time("2024-11-22T14:50:00.000Z");
  made.updated_at = time("2024-11-22T14:53:36.500Z");
  made.page_history = {"https://a.example/", "https://a.example/b"};
  made.landing_page = "https://a.example/";
  made.landing_title = "Home";
  return made;
}

Agent agent(const char* id, const char* name, const char* status) {
  Agent made;
  made.id.text = id;
  made.username = name;
  made.name = name;
  made.status = status;
  return made;
}

Chat full_chat() {
  Chat chat;
  chat.id.text = "vp3D9H8ud6HYvRpvq";
  chat.kind = "chat";
  chat.title = "Ada";
  chat.state = ChatState::active;
  chat.begin_at = time("2024-11-22T14:53:36.500Z");
  chat.visitor.text = "66f1a2b3c4d5e6f708192a3b";
  chat.agent.text = "rbAXPnMktTFbNpwtJ";
  chat.source = "widget";
  chat.source_destination = "shop.example.com";
  chat.participants.resize(2);
  chat.participants[0].id = chat.visitor.text;
  chat.participants[0].online = true;
  chat.participants[1].id = chat.agent.text;
  chat.participants[1].is_agent = true;
  chat.participants[1].begin_at = chat.begin_at;
  return chat;
}

contract::Records records() {
  contract::Records all;
  all.visitors = {full_visitor(), visitor(guid), visitor("not an id of any vendor", "t3")};
  all.agents = {agent("rbAXPnMktTFbNpwtJ", "ann", "Online"),
                agent("9a71e31f-b866-4cd7-8174-77dbcffd8f1b", "bob", "Meeting")};
  all.chats = {full_chat()};
  all.chats.push_back(full_chat());
  all.chats[1].id.text = "over";
  all.chats[1].state = ChatState::ended;
  all.chats[1].end_at = time("2024-11-22T15:00:00.000Z");
  Contact& contact = all.contacts.emplace_back();
  contact.id.text = "673653b997f0fbcd657f0ebf";
  Channel& channel = contact.channels.emplace_back();
  channel.name = "widget";
  channel.visitor.text = "66f1a2b3c4d5e6f708192a3b";
  channel.source = "widget";
  channel.verified = true;
  channel.field = "email";
  channel.value = "ada@shop.example";
  return all;
}

/// A gateway over a store with these records, in one of the profiles, and a connector that calls it.
struct Chain {
  explicit Chain(const char* profile)
      : gateway([&] {
          const std::string file = scratch / "chain.db";
          fill_store(file, records());
          return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" + file +
                 "\"}}\nroutes:\n  - {name: vendor, facade: rocketchat, prefix: /chat, profile: \"" + profile +
                 "\", backend: local, auth: {users: [{id: rbAXPnMktTFbNpwtJ, token: s3cret-token}]}}\n";
        }()),
        session(backend_settings("http://127.0.0.1:" + std::to_string(gateway.port()) + "/chat")) {}

  Scratch scratch;
  Running gateway;
  TestSession session;
};

/// The record as a document of this shape, with what Rocket.Chat carries of it.
template <class T>
String as(std::string_view name, T record) {
  record.wire = {};
  for (const contract::WireShape& shape : parley::rocketchat::adapter.shapes) {
    if (shape.name != name) continue;
    Buffer out;
    shape::Writer writer(out);
    shape::write_object(*shape.view, &record, writer);
    writer.finish();
    return String(out.view());
  }
  return "no such shape";
}

constexpr const char* profiles[] = {"8", "0.70"};
String visitor_shape(std::string_view profile) { return profile == "8" ? "visitor" : "visitor-0.70"; }

}  // namespace

TEST_CASE("rocketchat chain: visitors by token, by id and in a list") {
  for (const char* profile : profiles) {
    CAPTURE(profile);
    Chain chain(profile);
    const String shape = visitor_shape(profile);
    const Visitor ada = full_visitor();
    // Loading a chat does not set the visitor's latest chat.
    const Visitor by_name = *chain.session.get<Ref<Visitor>>(by_token(ada.token));
    CHECK(difference(as(shape, ada), as(shape, by_name)) == "");
    CHECK(as(shape, *chain.session.get<Ref<Visitor>>(by_id(ada.id.text))) == as(shape, by_name));
    CHECK(chain.session.get<Ref<Visitor>>(by_id(guid))->id.text == guid);
    const auto all = chain.session.list<Visitor>(ListVisitors{});
    REQUIRE(all.size() == 3);
    CHECK(difference(as(shape, ada), as(shape, all[0])) == "");
    // An id that does not fit into a guid is found by the guid that other facades show for it.
    const String shown = ids::format(ids::to_guid("not an id of any vendor"));
    CHECK(chain.session.get<Ref<Visitor>>(by_id(shown))->token == "t3");
    CHECK(chain.session.refused(by_id("nobody")).code == Code::no_such_visitor);
    CHECK(chain.session.refused(by_token("nobody")).code == Code::no_such_visitor);
  }
}

TEST_CASE("rocketchat chain: a connector that logs in") {
  for (const char* profile : profiles) {
    CAPTURE(profile);
    const Scratch scratch;
    const Running facade("server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
                         scratch / "parley.db" + "\"}}\nroutes:\n  - {facade: rocketchat, profile: \"" + profile +
                         "\", backend: local, auth: {logins: [{id: ann-id, name: ann, password: right}]}}\n");
    config::Backend settings = connector_settings("rocketchat", "http://127.0.0.1:" + std::to_string(facade.port()));
    settings.auth.none = false;
    settings.own.edit<parley::rocketchat::BackendAuth>().user = "ann";
    settings.own.edit<parley::rocketchat::BackendAuth>().password.value = "right";
    CHECK(Connected(settings).list<Agent>(ListAgents{}).empty());
    settings.own.edit<parley::rocketchat::BackendAuth>().password.value = "wrong";
    CHECK(Connected(settings).refused(ListAgents{}).code == Code::upstream_denied);
  }
}

TEST_CASE("rocketchat chain: agents and their status") {
  for (const char* profile : profiles) {
    CAPTURE(profile);
    Chain chain(profile);
    const auto all = chain.session.list<Agent>(ListAgents{});
    REQUIRE(all.size() == 2);
    CHECK(as("user", all[0]) == as("user", agent("rbAXPnMktTFbNpwtJ", "ann", "Online")));
    CHECK(all[1].status == "Away");  // the facade shows a custom status as away
    CHECK(chain.session.get<Ref<Agent>>(SetAgentStatus{{"rbAXPnMktTFbNpwtJ"}, "Away"})->status == "Away");
    CHECK(chain.session.lost() == "");
    CHECK(chain.session.get<Ref<Agent>>(GetAgent{{"rbAXPnMktTFbNpwtJ"}})->status == "Away");
    chain.session.get<Ref<Agent>>(SetAgentStatus{{"rbAXPnMktTFbNpwtJ"}, "Busy"});
    CHECK(chain.session.lost() == "agent.status");
    CHECK(chain.session.refused(GetAgent{{"nobody"}}).code == Code::no_such_agent);
    CHECK(chain.session.refused(SetAgentStatus{{"nobody"}, "Away"}).code == Code::no_such_agent);
  }
}

TEST_CASE("rocketchat chain: a contact has all that is known of its visitor and agent") {
  for (const char* profile : profiles) {
    CAPTURE(profile);
    Chain chain(profile);
    const Chat chat = *chain.session.get<Ref<Chat>>(GetChatContact{{"vp3D9H8ud6HYvRpvq"}, {}});
    CHECK(chain.session.lost() == "");
    CHECK(chat.state == ChatState::active);
    CHECK(chat.title == "Ada");
    CHECK(chat.begin_at == full_chat().begin_at);
    CHECK(chat.source_destination == (std::string_view(profile) == "8" ? "shop.example.com" : ""));
    REQUIRE(chat.participants.size() == 2);
    const Participant& ada = chat.participants[0];
    CHECK(ada.name == "Ada \u00e9");
    CHECK(ada.token == "a token/with ?odd #parts");
    CHECK(ada.emails == List<Text>{"ada@shop.example"});
    CHECK(ada.attributes == full_visitor().attributes);
    CHECK(ada.page_history == full_visitor().page_history);
    CHECK(ada.landing_page == "https://a.example/");
    CHECK(ada.landing_title == "Home");
    CHECK(ada.online);
    CHECK(chat.participants[1].name == "ann");
    CHECK(chat.participants[1].online);
    const auto open = chain.session.list<Chat>(ListChats{});
    REQUIRE(open.size() == 1);
    CHECK(open[0].id.text == "vp3D9H8ud6HYvRpvq");
    CHECK(chain.session.refused(GetChatContact{{"over"}, {}}).code == Code::no_such_chat);
    CHECK(chain.session.refused(GetChatContact{{"none"}, {}}).code == Code::no_such_chat);
  }
}

TEST_CASE("rocketchat chain: a registration, custom fields, a chat, a page visit") {
  for (const char* profile : profiles) {
    CAPTURE(profile);
    Chain chain(profile);
    RegisterVisitor asked;
    asked.token = "new";
    asked.name = "Bob";
    asked.email = "bob@shop.example";
    asked.fields = {{"plan", "gold", true}};
    const Visitor made = *chain.session.get<Ref<Visitor>>(asked);
    CHECK(made.name == "Bob");
    CHECK(made.attributes == Attributes{attribute("plan", "gold")});
    CHECK(chain.session.lost() == "");

    SetVisitorVariables set;
    set.visitor = made.id;
    set.variables = {{"plan", "silver", "", AttributeKind::variable, false},
                     {"size", "4", "", AttributeKind::variable, false}};
    CHECK(chain.session.run(set, true).has_value());
    CHECK(chain.session.get<Ref<Visitor>>(by_token("new"))->attributes ==
          Attributes{attribute("plan", "silver"), attribute("size", "4")});

    OpenChat open;
    open.token = "new";
    open.source = "api";
    const auto opened = chain.session.get<OpenedChat>(open);
    CHECK(opened.created);
    CHECK(opened.chat->visitor == made.id);
    CHECK(chain.session.lost() == (std::string_view(profile) == "8" ? "" : "chat.source"));
    CHECK_FALSE(chain.session.get<OpenedChat>(open).created);
    open.chat.text = "vp3D9H8ud6HYvRpvq";
    CHECK(chain.session.refused(open).code == Code::not_the_visitors_chat);
    open.token = "nobody";
    CHECK(chain.session.refused(open).code == Code::no_such_visitor);

    RecordPageVisit page;
    page.token = "new";
    page.chat = opened.chat->id;
    page.change = "url";
    page.title = "Home";
    page.url = "https://a.example/";
    page.verify = true;
    CHECK(chain.session.get<RecordedPage>(page).stored);
    page.change = "title";
    CHECK_FALSE(chain.session.get<RecordedPage>(page).stored);
    page.chat.text = "vp3D9H8ud6HYvRpvq";
    CHECK(chain.session.refused(page).code == Code::not_the_visitors_chat);
  }
}

TEST_CASE("rocketchat chain: channels") {
  Chain chain("8");
  const auto channels = chain.session.get<List<Channel>>(ListContactChannels{{"673653b997f0fbcd657f0ebf"}});
  REQUIRE(channels.size() == 1);
  Channel kept = channels[0];
  kept.wire = {};
  CHECK(kept == records().contacts[0].channels[0]);
  CHECK(chain.session.get<List<Channel>>(ListContactChannels{{"nobody"}}).empty());
}

TEST_CASE("rocketchat chain: credentials that the facade does not accept") {
  Chain chain("8");
  config::Backend wrong = backend_settings("http://127.0.0.1:" + std::to_string(chain.gateway.port()) + "/chat");
  wrong.own.edit<parley::rocketchat::BackendAuth>().token.value = "s3cret-other";
  TestSession session(wrong);
  CHECK(session.refused(ListAgents{}).code == Code::upstream_denied);
  CHECK(session.get<Ref<Visitor>>(by_token("t3"))->username == "");  // this call needs no credentials
}

}  // namespace parley::test::rocketchat
