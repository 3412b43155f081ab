// A store as a whole: loading, the id map, vetting, restart.
#include <functional>

#include "schemas/shape/writer.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

contract::Records visitors(std::size_t count) {
  contract::Records records;
  for (std::size_t at = 0; at < count; ++at) {
    Visitor& visitor = records.visitors.emplace_back();
    visitor.id.text = "visitor " + std::to_string(at);
    visitor.token = "token " + std::to_string(at);
    visitor.phones = {"1", std::to_string(at)};
  }
  return records;
}

/// Everything that reads can show.
struct Picture {
  List<Visitor> visitors;
  List<Agent> agents;
  friend bool operator==(const Picture&, const Picture&) = default;
};
Picture picture(Client& client) { return {client.list<Visitor>(ListVisitors{}), client.list<Agent>(ListAgents{})}; }

}  // namespace

EVERY_STORE("a store is empty until it has a record of any kind") {
  const std::pair<const char*, std::function<void(contract::Records&)>> cases[] = {
      {"visitor", [](contract::Records& records) { records.visitors.emplace_back().id.text = "a"; }},
      {"agent", [](contract::Records& records) { records.agents.emplace_back().id.text = "a"; }},
      {"chat", [](contract::Records& records) { records.chats.emplace_back().id.text = "a"; }},
      {"contact", [](contract::Records& records) { records.contacts.emplace_back().id.text = "a"; }},
  };
  for (const auto& one : cases) {
    CAPTURE(one.first);
    World world(kind);
    CHECK(world->empty());
    CHECK(world->refused(by_token("nobody")) == Code::no_such_visitor);
    CHECK(world->empty());
    contract::Records records;
    one.second(records);
    world.load(records);
    world->restart();
    CHECK_FALSE(world->empty());
  }
  World world(kind);
  world->visitor(registration("t"));
  CHECK_FALSE(world->empty());
}

EVERY_STORE("records are loaded as they are, with their extensions") {
  World world(kind);
  contract::Records records;
  Visitor& visitor = records.visitors.emplace_back();
  visitor.id.text = "8d1e5ab9-9c3f-4b2a-8a35-9b7dcf6f2f6d";
  visitor.token = "tok";
  visitor.updated_at = Time::at(1537539056529);
  visitor.emails = {"a@x.example", "A@x.example", "b@x.example"};
  visitor.phones = {"", "1", "1"};
  visitor.attributes = {{"n", "12345678901234567890.50", "", AttributeKind::variable, true}};
  visitor.extensions = {{"comm100.visitor", "future", "{\"a\": 1.0}"}};
  Chat& chat = records.chats.emplace_back();
  chat.id.text = "CHAT_DEFAULT_11111111-2222-4333-8444-555555555555";
  chat.state = ChatState::active;
  chat.call_data = {{"ECID", "h|1", "", AttributeKind::field, false}};
  DataCollection& form = chat.data_collections.emplace_back();
  form.id = "f";
  form.fields.emplace_back().label.text = "{\"it\":\"Nome\"}";
  chat.extensions = {{"enghouse.contact", "x", "[1,2]"}};
  world.load(records);
  world->restart();
  CHECK(world->visitor(by_id(visitor.id.text)) == visitor);
  CHECK(world->visitor(by_token("tok")) == visitor);
  CHECK(world->chat(contact_of(chat.id.text)) == chat);

  // After replacing, the old token, phone and e-mail no longer find it.
  visitor.token = "new";
  visitor.emails = {"c@x.example"};
  visitor.phones = {};
  world.load(records);
  CHECK(world->refused(by_token("tok")) == Code::no_such_visitor);
  CHECK(world->visitor(by_token("new")) == visitor);
  CHECK(world->list<Visitor>(ListVisitors{}).size() == 1);
  RegisterVisitor operation = registration("x");
  operation.email = "b@x.example";
  operation.phone = "1";
  CHECK(world->visitor(operation).id != visitor.id);
  operation = registration("y");
  operation.email = "C@x.example";
  CHECK(world->visitor(operation).id == visitor.id);
}

EVERY_STORE("many records are loaded in their order") {
  World world(kind);
  const contract::Records records = visitors(1203);
  world.load(records);
  const auto all = world->list<Visitor>(ListVisitors{});
  REQUIRE(all.size() == 1203);
  CHECK(all == records.visitors);
  RegisterVisitor operation = registration("new");
  operation.phone = "1";  // all visitors have it
  CHECK(world->visitor(operation).id.text == "visitor 0");
}

EVERY_STORE("a record without an id is refused before anything is stored") {
  World world(kind);
  contract::Records records = visitors(2);
  records.chats.emplace_back();
  const auto loaded = world->load(records);
  REQUIRE(loaded.has_error());
  CHECK(loaded.error().code == Code::invalid_field);
  CHECK(loaded.error().field == "chats[0].id");
  CHECK(world->empty());
}

EVERY_STORE("a record with a free-text id is found by the guid of that id") {
  World world(kind);
  const auto guid_of = [](const String& id) { return ids::format(ids::to_guid(id)); };
  contract::Records records;
  records.agents.push_back(agent_named("USER_gverde1@acd.enghouse.com", "Gabriele", "Online"));
  records.visitors.emplace_back().id.text = "free visitor";
  Chat& chat = records.chats.emplace_back();
  chat.id.text = "free chat";
  chat.state = ChatState::active;
  records.contacts.emplace_back().id.text = "free contact";
  records.contacts[0].channels.emplace_back().name = "sms";
  world.load(records);
  RegisterVisitor own = registration("t");
  own.id.text = "own id of a client";
  world->visitor(own);
  world->restart();

  const String agent = guid_of("USER_gverde1@acd.enghouse.com");
  GetAgent get;
  get.agent.text = agent;
  CHECK(world->agent(get).name == "Gabriele");
  CHECK(world->agent(status_for(agent, "Away")).id.text == "USER_gverde1@acd.enghouse.com");
  CHECK(world->agent(get).status == "Away");
  CHECK(world->visitor(by_id(guid_of("free visitor"))).id.text == "free visitor");
  CHECK(world->visitor(by_id(guid_of("own id of a client"))).token == "t");
  SetVisitorVariables set;
  set.visitor.text = guid_of("free visitor");
  set.variables = {{"a", "b", "", AttributeKind::variable, false}};
  CHECK(world->visitor(set).id.text == "free visitor");
  CHECK(world->visitor(by_id(guid_of("free visitor"))).attributes.size() == 1);
  CHECK(world->chat(contact_of(guid_of("free chat"))).id.text == "free chat");
  ListContactChannels list;
  list.contact.text = guid_of("free contact");
  CHECK(world->get<List<Channel>>(list).size() == 1);
  CHECK(world->refused(by_id(guid_of("never seen"))) == Code::no_such_visitor);

  // Loaded under its guid, it is the same record, and keeps the text as its id.
  contract::Records same;
  same.visitors.emplace_back().id.text = guid_of("free visitor");
  same.visitors[0].name = "Renamed";
  world.load(same);
  CHECK(world->visitor(by_id("free visitor")).name == "Renamed");
  CHECK(world->list<Visitor>(ListVisitors{}).size() == 2);
}

EVERY_STORE("a write that vet refuses changes nothing") {
  World world(kind);
  contract::Records records;
  records.agents.push_back(agent_named("agent", "A", "Online"));
  world.load(records);
  const Visitor known = world->visitor(registration("known"));
  const Picture before = picture(*world.store);

  SetVisitorVariables variables;
  variables.visitor = known.id;
  variables.variables = {{"a", "b", "", AttributeKind::variable, false}};
  OpenChat open = opening("known");
  open.agent.text = "agent";
  RegisterVisitor changed = registration("known");
  changed.email = "new@x.example";
  const std::pair<const char*, Operation> cases[] = {
      {"register", registration("new")},
      {"register again", changed},
      {"variables", variables},
      {"status", status_for("agent", "Away")},
      {"page", page_of("known", "https://x.example/")},
      {"open", open},
  };
  for (const auto& one : cases) {
    CAPTURE(one.first);
    bool asked = false;
    contract::Call call;
    call.vet = [&asked](const Outcome&) -> Result<void> {
      asked = true;
      Error error;
      error.code = Code::lossy;
      error.field = "visitor.token";
      return error;
    };
    const auto result = world->run(one.second, call);
    REQUIRE(result.has_error());
    CHECK(asked);
    CHECK(result.error().code == Code::lossy);
    CHECK(result.error().field == "visitor.token");
    CHECK(picture(*world.store) == before);
  }
  world->restart();
  CHECK(picture(*world.store) == before);
  CHECK(world->refused(by_token("new")) == Code::no_such_visitor);
  CHECK(world->get<OpenedChat>(open).created);
  // No guest number is used up either.
  CHECK(world->visitor(registration("next")).username == "guest-3");

  contract::Call call;
  call.vet = [](const Outcome& outcome) -> Result<void> {
    CHECK(std::get<Ref<Visitor>>(outcome)->token == "vetted");
    return {};
  };
  CHECK(world->run(registration("vetted"), call).has_value());
  CHECK(world->visitor(by_token("vetted")).token == "vetted");
}

EVERY_STORE("all records are there after a restart") {
  World world(kind);
  contract::Records records = visitors(3);
  records.agents.push_back(agent_named("agent", "A", "Online"));
  world.load(records);
  RegisterVisitor operation = registration("t");
  operation.email = "t@x.example";
  world->visitor(operation);
  const OpenedChat opened = world->get<OpenedChat>(opening("t"));
  world->get<RecordedPage>(page_of("t", "https://x.example/"));
  world->agent(status_for("agent", "Away"));
  const Picture before = picture(*world.store);
  const Chat chat = world->chat(contact_of(opened.chat->id.text));
  world->restart();
  CHECK(picture(*world.store) == before);
  CHECK(world->chat(contact_of(opened.chat->id.text)) == chat);
  CHECK_FALSE(world->get<OpenedChat>(opening("t")).created);
  operation.token = "other";
  CHECK(world->visitor(operation).id == opened.chat->visitor);
}

EVERY_STORE("a read shows the latest write, and a record that was read does not change") {
  World world(kind);
  world->visitor(registration("t"));
  const auto first = world->get<Ref<Visitor>>(by_token("t"));
  RegisterVisitor rename = registration("t");
  rename.name = "New";
  world->visitor(rename);
  CHECK(world->get<Ref<Visitor>>(by_token("t"))->name == "New");
  CHECK(first->name.empty());  // a holder of the old record keeps it unchanged
}
