// Opening and showing chats, page visits, agents, contacts' channels.
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

const String agent_id = "USER_gverde1@acd.enghouse.com";

/// The chat of Enghouse's published example: a visitor and an agent.
contract::Records enghouse() {
  contract::Records records;
  Visitor& visitor = records.visitors.emplace_back();
  visitor.id.text = "c8e1eb84-60d3-4d69-b10b-96364845023e";
  visitor.name = "Gabry";
  visitor.emails = {"Gabriele.Verde@enghouse.com"};
  records.agents.push_back(agent_named(agent_id, "Gabriele Verde", "Online"));
  Chat& chat = records.chats.emplace_back();
  chat.id.text = "fef5015b-8102-457e-b69b-471a55487837";
  chat.state = ChatState::active;
  chat.visitor = visitor.id;
  chat.begin_at = Time::at(1568903506777);
  Participant& starter = chat.participants.emplace_back();
  starter.id = visitor.id.text;
  starter.name = "Gabry";
  starter.online = true;
  starter.user_agent = "UA of the chat";
  Participant& agent = chat.participants.emplace_back();
  agent.id = agent_id;
  agent.name = "Gabriele Verde";
  agent.is_agent = true;
  agent.online = true;
  return records;
}

}  // namespace

EVERY_STORE("a registered visitor has one open chat") {
  World world(kind);
  RegisterVisitor operation = registration("t");
  operation.name = "Ann";
  operation.email = "ann@x.example";
  operation.user_agent = "UA";
  operation.ip = "::1";
  const Visitor visitor = world->visitor(operation);
  OpenChat open = opening("t");
  open.source = "widget";
  open.source_destination = "shop.example";
  const OpenedChat opened = world->get<OpenedChat>(open);
  CHECK(opened.created);
  CHECK(ids::kind_of(opened.chat->id.text) == ids::Kind::random17);
  CHECK(opened.chat->state == ChatState::queued);
  CHECK(opened.chat->service.empty());
  CHECK(opened.chat->visitor == visitor.id);
  CHECK(opened.chat->source == "widget");
  CHECK(opened.chat->source_destination == "shop.example");
  REQUIRE(opened.chat->participants.size() == 1);
  const Participant& starter = opened.chat->participants[0];
  CHECK(starter.id == visitor.id.text);
  CHECK(starter.name == "Ann");
  CHECK(starter.token == "t");
  CHECK(starter.username == visitor.username);
  CHECK(starter.emails == visitor.emails);
  CHECK(starter.user_agent == "UA");
  CHECK(starter.ip == "::1");
  CHECK(starter.online);
  CHECK(starter.begin_at == opened.chat->begin_at);
  Chat contact = *opened.chat;
  contact.sequence = 0;  // a contact has none
  CHECK(world->chat(contact_of(opened.chat->id.text)) == contact);

  const Visitor now = world->visitor(by_token("t"));
  CHECK(now.chats == 1);
  CHECK(now.last_chat == opened.chat->id);
  CHECK(now.last_chat_at == opened.chat->begin_at);
  CHECK(now.status == VisitorStatus::waiting_for_chat);

  // Asked for again, with and without its id, it is the same chat.
  const OpenedChat again = world->get<OpenedChat>(open);
  CHECK_FALSE(again.created);
  CHECK(*again.chat == *opened.chat);
  open.chat = opened.chat->id;
  CHECK(world->get<OpenedChat>(open).chat->id == opened.chat->id);
  CHECK(world->visitor(by_token("t")).chats == 1);

  // The visitor's contact has one channel.
  REQUIRE(ids::kind_of(opened.chat->contact.text) == ids::Kind::object24);
  ListContactChannels list;
  list.contact = opened.chat->contact;
  const auto channels = world->get<List<Channel>>(list);
  REQUIRE(channels.size() == 1);
  CHECK(channels[0].name == "widget");
  CHECK(channels[0].visitor == visitor.id);
  CHECK(channels[0].source == "widget");
  CHECK(channels[0].detail_source == "widget");
  CHECK(channels[0].destination == "shop.example");
  CHECK(channels[0].last_chat == opened.chat->id);
  CHECK(channels[0].last_chat_at == opened.chat->begin_at);
  CHECK_FALSE(channels[0].verified);
  CHECK_FALSE(channels[0].blocked);
}

EVERY_STORE("OpenChat refuses") {
  World world(kind);
  world->visitor(registration("ann"));
  world->visitor(registration("bob"));
  const OpenedChat bobs = world->get<OpenedChat>(opening("bob"));
  OpenChat open = opening("nobody");
  CHECK(world->refused(open) == Code::no_such_visitor);
  open = opening("ann");
  open.chat = bobs.chat->id;
  CHECK(world->refused(open) == Code::not_the_visitors_chat);
  open.chat.text = "vp3D9H8ud6HYvRpvq";
  CHECK(world->refused(open) == Code::not_the_visitors_chat);
  contract::Records over;
  over.chats.push_back(*bobs.chat);
  over.chats[0].state = ChatState::ended;
  world.load(over);
  open = opening("bob");
  open.chat = bobs.chat->id;
  CHECK(world->refused(open) == Code::not_the_visitors_chat);
  CHECK(world->visitor(by_token("ann")).chats == 0);
  const OpenedChat next = world->get<OpenedChat>(opening("bob"));
  CHECK(next.created);
  CHECK(next.chat->contact == bobs.chat->contact);  // the same contact, on the same channel
  ListContactChannels list;
  list.contact = next.chat->contact;
  const auto channels = world->get<List<Channel>>(list);
  REQUIRE(channels.size() == 1);
  CHECK(channels[0].last_chat == next.chat->id);
}

EVERY_STORE("an existing agent who is asked for gets the chat") {
  World world(kind);
  world.load(enghouse());
  world->visitor(registration("t"));
  OpenChat open = opening("t");
  open.agent.text = agent_id;
  const OpenedChat opened = world->get<OpenedChat>(open);
  CHECK(opened.chat->state == ChatState::active);
  CHECK(opened.chat->agent.text == agent_id);
  REQUIRE(opened.chat->participants.size() == 2);
  CHECK_FALSE(opened.chat->participants[0].is_agent);
  CHECK(opened.chat->participants[1].is_agent);
  CHECK(opened.chat->participants[1].name == "Gabriele Verde");
  CHECK(opened.chat->participants[1].online);
  CHECK(world->visitor(by_token("t")).status == VisitorStatus::chatting);
  GetAgent get;
  get.agent.text = agent_id;
  CHECK(world->agent(get).ongoing_chats == 1);

  world->visitor(registration("u"));
  open = opening("u");
  open.agent.text = "nobody";
  CHECK(world->get<OpenedChat>(open).chat->state == ChatState::queued);
}

EVERY_STORE("a chat shows the present data of its people") {
  World world(kind);
  world.load(enghouse());
  const Text chat_id = enghouse().chats[0].id.text;
  const VisitorId visitor = enghouse().visitors[0].id;
  Chat chat = world->chat(contact_of(chat_id));
  CHECK(chat.participants.at(0).emails == List<Text>{"Gabriele.Verde@enghouse.com"});
  CHECK(chat.participants[1].online);

  RegisterVisitor rename = registration(visitor.text);
  rename.name = "Renamed";
  rename.phone = "123";
  rename.user_agent = "not the chat's";
  world->visitor(rename);
  SetVisitorVariables variables;
  variables.visitor = visitor;
  variables.variables = {{"plan", "gold", "", AttributeKind::variable, false}};
  world->visitor(variables);
  world->get<RecordedPage>(page_of(visitor.text, "https://x.example/a"));
  world->agent(status_for(agent_id, "Away"));
  chat = world->chat(contact_of(chat_id));
  const Participant& starter = chat.participants.at(0);
  CHECK(starter.name == "Renamed");
  CHECK(starter.phones == List<Text>{"123"});
  CHECK(find(starter.attributes, "plan") != nullptr);
  CHECK(starter.page_history == List<Text>{"https://x.example/a"});
  CHECK(starter.user_agent == "UA of the chat");
  CHECK(starter.online);
  CHECK_FALSE(chat.participants.at(1).online);
  world->agent(status_for(agent_id, "Online"));
  CHECK(world->chat(contact_of(chat_id)).participants.at(1).online);

  // An offline visitor is shown as offline in the chat. A participant without a record stays as the chat has it.
  contract::Records records;
  records.visitors.push_back(world->visitor(by_id(visitor.text)));
  records.visitors[0].presence = Presence::offline;
  records.chats = enghouse().chats;
  records.chats[0].participants.emplace_back().id = "no record";
  records.chats[0].participants[2].name = "Stranger";
  world.load(records);
  chat = world->chat(contact_of(chat_id));
  CHECK_FALSE(chat.participants.at(0).online);
  CHECK(chat.participants.at(2).name == "Stranger");
  Visitor known;
  known.id.text = "no record";
  known.name = "Known now";
  records = {};
  records.visitors.push_back(known);
  world.load(records);
  CHECK(world->chat(contact_of(chat_id)).participants.at(2).name == "Known now");
}

EVERY_STORE("a chat's contact shows the data of the visit, by canonical names") {
  World world(kind);
  contract::Records records = enghouse();
  Visitor& visitor = records.visitors[0];
  visitor.company = "Parley";
  visitor.city = "Pavia";
  visitor.department.text = "support";
  visitor.attributes = {{"country", "an attribute's", "", AttributeKind::field, false}};
  visitor.country = "Italy";
  records.chats[0].call_data = {{"city", "the form's", "", AttributeKind::variable, false},
                                {"ECID", "1", "", AttributeKind::variable, false}};
  world.load(records);
  const Attributes told = world->chat(contact_of(records.chats[0].id.text)).call_data;
  const auto entry = [](const char* name, const char* value) {
    return Attribute{name, value, "", AttributeKind::variable, false};
  };
  CHECK(told == Attributes{entry("city", "Pavia"), entry("ECID", "1"), entry("company", "Parley"),
                           entry("department", "support")});
  CHECK(world->list<Chat>(ListChats{}).at(0).call_data == told);
}

EVERY_STORE("only open chats have a contact, unless ended ones are asked for, too") {
  World world(kind);
  contract::Records records = enghouse();
  const GetChatContact get = contact_of(records.chats[0].id.text);
  CHECK(world->refused(get) == Code::no_such_chat);
  world.load(records);
  CHECK(world->chat(get).id == get.chat);
  records.chats[0].state = ChatState::ended;
  world.load(records);
  GetChatContact any = get;
  any.ended_too = true;
  for (int time = 0; time < 2; ++time) {  // also from a cache
    CHECK(world->refused(get) == Code::no_such_chat);
    CHECK(world->chat(any).state == ChatState::ended);
    CHECK(world->chat(any).participants.at(0).name == world->visitor(by_id(records.visitors[0].id.text)).name);
  }
  any.chat.text = "nowhere";
  CHECK(world->refused(any) == Code::no_such_chat);
}

EVERY_STORE("open chats are listed with present data, oldest first") {
  World world(kind);
  CHECK(world->list<Chat>(ListChats{}).empty());
  contract::Records records = enghouse();
  Chat& ended = records.chats.emplace_back(records.chats[0]);
  ended.id.text = "ended";
  ended.state = ChatState::ended;
  Chat& later = records.chats.emplace_back(records.chats[0]);
  later.id.text = "later";
  world.load(records);
  RegisterVisitor rename = registration(records.visitors[0].id.text);
  rename.name = "Renamed";
  world->visitor(rename);
  const List<Chat> chats = world->list<Chat>(ListChats{});
  REQUIRE(chats.size() == 2);
  Chat contact = chats[0];
  contact.sequence = 0;  // a contact has none
  CHECK(contact == world->chat(contact_of(records.chats[0].id.text)));
  CHECK(chats[0].participants.at(0).name == "Renamed");
  CHECK(chats[1].id.text == "later");
}

EVERY_STORE("a visitor's status follows from loaded chats") {
  World world(kind);
  contract::Records records = enghouse();
  const GetVisitor get = by_id(records.visitors[0].id.text);
  records.visitors[0].status = VisitorStatus::pre_chat;
  contract::Records visitors_only;
  visitors_only.visitors = records.visitors;
  world.load(visitors_only);
  CHECK(world->visitor(get).status == VisitorStatus::pre_chat);  // the visitor never chatted
  world.load(records);
  CHECK(world->visitor(get).status == VisitorStatus::chatting);
  world.load(visitors_only);
  CHECK(world->visitor(get).status == VisitorStatus::chatting);  // the chat still exists
  records.chats[0].participants[1].end_at = Time::at(1);
  world.load(records);
  CHECK(world->visitor(get).status == VisitorStatus::waiting_for_chat);
  records.chats[0].state = ChatState::ended;
  world.load(records);
  CHECK(world->visitor(get).status == VisitorStatus::chat_ended);
  records.chats.push_back(records.chats[0]);
  records.chats[1].id.text = "another";
  records.chats[1].state = ChatState::queued;
  world.load(records);
  CHECK(world->visitor(get).status == VisitorStatus::waiting_for_chat);
}

EVERY_STORE("page visits update the visitor, whose history keeps 100 pages") {
  World world(kind);
  world->visitor(registration("t"));
  const RecordedPage recorded = world->get<RecordedPage>(page_of("t", "https://x.example/1"));
  CHECK(recorded.stored);
  CHECK(recorded.page.token == "t");
  CHECK(recorded.page.url == "https://x.example/1");
  CHECK(recorded.page.title == "Title of https://x.example/1");
  CHECK(recorded.page.at.known());
  world->get<RecordedPage>(page_of("t", "https://x.example/2"));
  world->get<RecordedPage>(page_of("t", "https://x.example/2"));
  CHECK_FALSE(world->get<RecordedPage>(page_of("t", "https://x.example/3", "title")).stored);
  Visitor visitor = world->visitor(by_token("t"));
  CHECK(visitor.landing_page == "https://x.example/1");
  CHECK(visitor.landing_title == "Title of https://x.example/1");
  CHECK(visitor.current_page == "https://x.example/2");
  CHECK(visitor.page_history == List<Text>{"https://x.example/1", "https://x.example/2", "https://x.example/2"});
  CHECK(visitor.page_views == 3);

  for (int at = 0; at < 200; ++at) world->get<RecordedPage>(page_of("t", "https://x.example/p" + std::to_string(at)));
  visitor = world->visitor(by_token("t"));
  REQUIRE(visitor.page_history.size() == 100);
  CHECK(visitor.page_history.front() == "https://x.example/p100");
  CHECK(visitor.page_history.back() == "https://x.example/p199");
  CHECK(visitor.page_views == 203);
}

EVERY_STORE("page visits of a store with page_changes: title") {
  World world(kind, "title");
  world->visitor(registration("t"));
  CHECK_FALSE(world->get<RecordedPage>(page_of("t", "https://x.example/1", "url")).stored);
  CHECK(world->visitor(by_token("t")).page_views == 0);
  CHECK(world->get<RecordedPage>(page_of("t", "https://x.example/1", "title")).stored);
  world->get<RecordedPage>(page_of("t", "https://x.example/1", "title"));  // the same page, another title
  world->get<RecordedPage>(page_of("t", "https://x.example/2", "title"));
  CHECK(world->visitor(by_token("t")).page_history == List<Text>{"https://x.example/1", "https://x.example/2"});
}

EVERY_STORE("page visits are accepted from anybody, unless they are to be verified") {
  World world(kind);
  world->visitor(registration("ann"));
  world->visitor(registration("bob"));
  const ChatId bobs = world->get<OpenedChat>(opening("bob")).chat->id;
  RecordPageVisit page = page_of("nobody", "https://x.example/");
  page.chat.text = "nowhere";
  CHECK(world->get<RecordedPage>(page).stored);
  CHECK(world->get<RecordedPage>(page).page.chat.text == "nowhere");

  page.verify = true;
  CHECK(world->refused(page) == Code::no_such_visitor);
  page.change = "title";
  CHECK(world->refused(page) == Code::no_such_visitor);  // checked before the kind of change
  page.token = "ann";
  page.change = "url";
  CHECK(world->refused(page) == Code::not_the_visitors_chat);
  page.chat = bobs;
  CHECK(world->refused(page) == Code::not_the_visitors_chat);
  page.chat.text = "";
  CHECK(world->refused(page) == Code::not_the_visitors_chat);
  CHECK(world->visitor(by_token("ann")).page_views == 0);
  page.token = "bob";
  page.chat = bobs;
  CHECK(world->get<RecordedPage>(page).stored);
}

EVERY_STORE("agents") {
  World world(kind);
  GetAgent get;
  get.agent.text = agent_id;
  CHECK(world->refused(get) == Code::no_such_agent);
  CHECK(world->refused(status_for(agent_id, "Away")) == Code::no_such_agent);
  CHECK(world->list<Agent>(ListAgents{}).empty());
  contract::Records records = enghouse();
  records.agents[0].ongoing_chats = 3;
  world.load(records);
  CHECK(world->agent(get) == records.agents[0]);
  const Agent set = world->agent(status_for(agent_id, "Meeting"));
  CHECK(set.status == "Meeting");
  CHECK(set.name == "Gabriele Verde");
  CHECK(set.ongoing_chats == 3);
  CHECK(world->agent(get) == set);
  CHECK(world->list<Agent>(ListAgents{}) == List<Agent>{set});
}

EVERY_STORE("channels are grouped by name: the latest chat wins, in the order of first appearance") {
  World world(kind);
  ListContactChannels list;
  list.contact.text = "673653b997f0fbcd657f0ebf";
  CHECK(world->get<List<Channel>>(list).empty());
  contract::Records records;
  Contact& contact = records.contacts.emplace_back();
  contact.id = list.contact;
  const auto add = [&contact](const char* name, const char* chat, Time at) {
    Channel& channel = contact.channels.emplace_back();
    channel.name = name;
    channel.last_chat.text = chat;
    channel.last_chat_at = at;
  };
  add("widget", "w1", Time::at(10));
  add("sms", "s1", Time{});
  add("widget", "w2", Time::at(30));
  add("widget", "w3", Time::at(20));
  add("sms", "s2", Time::at(5));
  add("email", "", Time{});
  world.load(records);
  const auto channels = world->get<List<Channel>>(list);
  REQUIRE(channels.size() == 3);
  CHECK(channels[0].last_chat.text == "w2");
  CHECK(channels[1].last_chat.text == "s2");
  CHECK(channels[2].name == "email");
  list.contact.text = "";
  CHECK(world->get<List<Channel>>(list).empty());
}
