// Departments, offline messages, and who is on the site, on every store.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

Department department(std::string_view id, std::string_view name) {
  Department made;
  made.id.text = id;
  made.name = name;
  return made;
}
PutDepartment putting(std::string_view id, std::string_view name, bool create) {
  return {.department = {Text(id)}, .create = create, .name = Text(name)};
}
/// With its foreign members in a fixed order.
Department got(TestedStore& store, const Operation& operation) {
  Department found = *store.get<Ref<Department>>(operation);
  std::ranges::sort(found.extensions, {}, [](const shape::Extension& one) { return String(one.shape) + one.key; });
  return found;
}

String names_of_departments(TestedStore& store) {
  String all;
  for (const Department& one : store.list<Department>(ListDepartments{})) all.append(one.name.view()).append(" ");
  return all;
}

OfflineMessage message(std::string_view id, std::string_view text) {
  OfflineMessage made;
  made.id.text = id;
  made.text = text;
  return made;
}
OfflineMessage left(TestedStore& store, OfflineMessage message) {
  return *store.get<Ref<OfflineMessage>>(LeaveOfflineMessage{std::move(message)});
}
OfflineMessage numbered_message(TestedStore& store, std::int64_t number) {
  return *store.get<Ref<OfflineMessage>>(GetOfflineMessage{{.number = number}});
}
String texts_of(TestedStore& store, OfflineMessageFilter filter = {}) {
  String all;
  for (const OfflineMessage& one : store.list<OfflineMessage>(ListOfflineMessages{.filter = std::move(filter)}))
    all.append(one.text.view()).append(" ");
  return all;
}

String tokens_on_site(TestedStore& store) {
  String all;
  ListVisitors list;
  list.on_site = true;
  for (const Visitor& one : store.list<Visitor>(list)) all.append(one.token.view()).append(" ");
  return all;
}

SetPresence presence(std::string_view token, Presence now) { return {.token = Text(token), .presence = now}; }

}  // namespace

EVERY_STORE("a department is made, changed and removed, and each list shows it at once") {
  World world(kind);
  CHECK(names_of_departments(*world.store).empty());
  CHECK(got(*world.store, putting("sales", "Sales", true)).updated_at.known());
  CHECK(names_of_departments(*world.store) == "Sales ");
  CHECK_FALSE(world->empty());
  CHECK(world->refused(putting("sales", "Other", true)) == Code::invalid_field);
  CHECK(world->refused(putting("support", "Support", false)) == Code::no_such_department);

  const Department made = got(*world.store, putting("", "Support", true));
  CHECK(ids::kind_of(made.id.text) == ids::Kind::random17);
  CHECK(names_of_departments(*world.store) == "Sales Support ");
  CHECK(got(*world.store, putting("sales", "Selling", false)).name == "Selling");
  CHECK(names_of_departments(*world.store) == "Selling Support ");
  world->restart();
  CHECK(got(*world.store, GetDepartment{{"sales"}}).name == "Selling");

  CHECK(got(*world.store, DeleteDepartment{{"sales"}}).name == "Selling");
  CHECK(names_of_departments(*world.store) == "Support ");
  CHECK(world->refused(GetDepartment{{"sales"}}) == Code::no_such_department);
  CHECK(world->refused(DeleteDepartment{{"sales"}}) == Code::no_such_department);
  CHECK(world->refused(GetDepartment{}) == Code::no_such_department);
}

EVERY_STORE("a department with a free-text id is found, changed and removed by the guid of that id") {
  World world(kind);
  got(*world.store, putting("Sales of Rome", "Sales", true));
  const String guid = ids::format(ids::to_guid("Sales of Rome"));
  CHECK(got(*world.store, GetDepartment{{guid}}).id.text == "Sales of Rome");
  CHECK(world->refused(putting(guid, "Other", true)) == Code::invalid_field);
  CHECK(got(*world.store, putting(guid, "Selling", false)).id.text == "Sales of Rome");
  OfflineMessage asked = message("m", "Hello");
  asked.department.text = guid;
  CHECK(left(*world.store, asked).department.text == "Sales of Rome");
  CHECK(got(*world.store, DeleteDepartment{{guid}}).name == "Selling");
  CHECK(world->refused(GetDepartment{{guid}}) == Code::no_such_department);
}

EVERY_STORE("a change of a department keeps what it does not say") {
  World world(kind);
  PutDepartment whole = putting("sales", "Sales", true);
  whole.description = Text("Orders");
  whole.email = Text("sales@example.com");
  whole.disabled = true;
  whole.hidden_on_registration = true;
  whole.hidden_on_offline_form = true;
  whole.agents = List<Text>{"ann"};
  whole.extensions = {{"one.department", "a", "1"}, {"one.department", "b", "2"}, {"two.department", "a", "3"}};
  const Department made = got(*world.store, whole);
  CHECK(made.extensions.size() == 3);

  PutDepartment change = putting("sales", "Selling", false);
  change.extensions = {{"one.department", "a", "4"}};
  Department expected = made;
  expected.name = "Selling";
  expected.extensions = {{"one.department", "a", "4"}, {"one.department", "b", "2"}, {"two.department", "a", "3"}};
  Department changed = got(*world.store, change);
  changed.updated_at = expected.updated_at;
  CHECK(changed == expected);

  change = {.department = {"sales"}, .description = Text(), .disabled = false, .agents = List<Text>{}};
  expected.description = "";
  expected.disabled = false;
  expected.agents.clear();
  changed = got(*world.store, change);
  changed.updated_at = expected.updated_at;
  CHECK(changed == expected);
}

EVERY_STORE("the agents of a department know it") {
  World world(kind);
  contract::Records records;
  for (const std::string_view id : {"ann", "bob", "Eve of Rome"}) {
    Agent agent;
    agent.id.text = id;
    agent.departments = {"support"};
    records.agents.push_back(std::move(agent));
  }
  REQUIRE(world->load(records).has_value());
  const auto departments_of = [&world](std::string_view agent) {
    String all;
    for (const Text& one : world->get<Ref<Agent>>(GetAgent{{Text(agent)}})->departments) all.append(one).append(" ");
    return all;
  };
  const String eve = ids::format(ids::to_guid("Eve of Rome"));
  PutDepartment put = putting("sales", "Sales", true);
  put.agents = List<Text>{"ann", eve, "nobody"};
  CHECK(got(*world.store, put).agents == List<Text>{"ann", "Eve of Rome", "nobody"});
  CHECK(departments_of("ann") == "support sales ");
  CHECK(departments_of("bob") == "support ");
  CHECK(departments_of("Eve of Rome") == "support sales ");

  put.create = false;
  put.agents = List<Text>{"bob", "ann"};
  static_cast<void>(got(*world.store, put));
  CHECK(departments_of("ann") == "support sales ");
  CHECK(departments_of("bob") == "support sales ");
  CHECK(departments_of("Eve of Rome") == "support ");
  put.agents = {};  // not said
  static_cast<void>(got(*world.store, put));
  CHECK(departments_of("bob") == "support sales ");

  put.joining = {"Eve of Rome", "bob", "Eve of Rome"};
  put.leaving = {"ann", "nobody"};
  CHECK(got(*world.store, put).agents == List<Text>{"bob", "Eve of Rome"});
  CHECK(departments_of("Eve of Rome") == "support sales ");
  CHECK(departments_of("ann") == "support ");

  static_cast<void>(got(*world.store, DeleteDepartment{{"sales"}}));
  CHECK(departments_of("Eve of Rome") == "support ");
  CHECK(departments_of("ann") == "support ");
  CHECK(departments_of("bob") == "support ");
}

EVERY_STORE("offline messages are numbered, and a number is never given again") {
  World world(kind);
  const OfflineMessage first = left(*world.store, message("", "one"));
  CHECK(first.number == 1);
  CHECK(ids::parse_guid(first.id.text).has_value());
  CHECK(first.at.known());
  CHECK(first.updated_at == first.at);
  CHECK(left(*world.store, message("mine", "two")).number == 2);
  CHECK(world->refused(LeaveOfflineMessage{message("mine", "three")}) == Code::invalid_field);
  CHECK(texts_of(*world.store) == "one two ");
  CHECK(numbered_message(*world.store, 2).id.text == "mine");

  const auto gone =
      world->get<DeletedOfflineMessages>(DeleteOfflineMessages{{{.id = {"mine"}}, {.number = 2}, {.number = 7}}});
  CHECK(gone.messages == 1);
  CHECK(texts_of(*world.store) == "one ");
  world->restart();
  CHECK(left(*world.store, message("", "three")).number == 3);
  CHECK(world->refused(DeleteOfflineMessages{{{.number = 2}}}) == Code::no_such_offline_message);
  CHECK(world->refused(GetOfflineMessage{{.number = 2}}) == Code::no_such_offline_message);
  CHECK(world->refused(GetOfflineMessage{}) == Code::no_such_offline_message);
}

EVERY_STORE("an offline message keeps what is not changed") {
  World world(kind);
  OfflineMessage asked = message("mine", "Where is it?");
  asked.email = "ann@example.com";
  const OfflineMessage before = left(*world.store, asked);
  ChangeOfflineMessage change{.message = {.number = before.number}};
  change.subject = Text("Order");
  change.ticket = 4711;
  const OfflineMessage after = *world->get<Ref<OfflineMessage>>(change);
  CHECK(after.subject == "Order");
  CHECK(after.ticket == 4711);
  CHECK(after.text == "Where is it?");
  CHECK(after.email == "ann@example.com");
  CHECK(after.at == before.at);
  CHECK(numbered_message(*world.store, 1) == after);
  change.message = {.number = 9};
  CHECK(world->refused(change) == Code::no_such_offline_message);
}

EVERY_STORE("offline messages are listed by time and department") {
  World world(kind);
  contract::Records records;
  const struct {
    std::string_view text;
    std::int64_t at;
    std::string_view department;
  } messages[] = {{"late", 3'000, "sales"}, {"early", 1'000, ""}, {"middle", 2'000, "sales"}, {"unknown", 0, "sales"}};
  for (const auto& one : messages) {
    OfflineMessage& made = records.offline_messages.emplace_back(message(one.text, one.text));
    if (one.at != 0) made.at = Time::at(one.at);
    made.department.text = one.department;
  }
  world.load(records);
  CHECK(texts_of(*world.store, {.from = Time::at(2'000)}).find("early") == String::npos);
  CHECK(texts_of(*world.store, {.from = Time::at(1'500), .to = Time::at(2'500)}) == "middle ");
  CHECK(texts_of(*world.store, {.to = Time::at(1'000)}) == "early ");
  CHECK(texts_of(*world.store, {.department = DepartmentId{}}) == "early ");
  CHECK(texts_of(*world.store, {.from = Time::at(1), .department = DepartmentId{"sales"}}).size() ==
        String("late middle ").size());
}

EVERY_STORE("departments and offline messages are loaded as they are, and numbers stay unique") {
  World world(kind);
  CHECK(left(*world.store, message("", "own")).number == 1);
  contract::Records records;
  records.departments.push_back(department("sales", "Sales"));
  records.departments[0].agents = {"bob"};
  records.offline_messages.push_back(message("a", "taken"));
  records.offline_messages[0].number = 1;  // another message has it
  records.offline_messages.push_back(message("b", "far"));
  records.offline_messages[1].number = 40;
  records.offline_messages[1].at = Time::at(1'600'000'000'000);
  records.offline_messages.push_back(message("c", "none"));
  world.load(records);
  CHECK(got(*world.store, GetDepartment{{"sales"}}) == records.departments[0]);
  CHECK(numbered_message(*world.store, 1).text == "own");
  CHECK(numbered_message(*world.store, 2).text == "taken");
  CHECK(numbered_message(*world.store, 40) == records.offline_messages[1]);
  CHECK(numbered_message(*world.store, 41).text == "none");

  records.offline_messages[1].text = "changed";  // again: replaces, and keeps the number
  records.offline_messages[1].number = 3;
  world.load(records);
  CHECK(numbered_message(*world.store, 40).text == "changed");
  CHECK(world->list<OfflineMessage>(ListOfflineMessages{}).size() == 4);
  world->restart();
  CHECK(left(*world.store, message("", "next")).number == 42);
  contract::Records nameless;
  nameless.departments.emplace_back();
  CHECK(world->load(nameless).error().field == "departments[0].id");
  nameless = {};
  nameless.offline_messages.emplace_back();
  CHECK(world->load(nameless).error().field == "offline_messages[0].id");
}

EVERY_STORE("presence is noted, and whoever is at the keyboard is on the site") {
  World world(kind);
  CHECK(world->refused(presence("t", Presence::online)) == Code::no_such_visitor);
  contract::Records records;
  records.visitors.emplace_back().id.text = "v";
  records.visitors[0].token = "t";
  world.load(records);
  CHECK(tokens_on_site(*world.store).empty());  // nobody has seen a loaded visitor
  CHECK(world->visitor(presence("t", Presence::offline)).presence == Presence::offline);
  CHECK(tokens_on_site(*world.store).empty());
  CHECK(world->visitor(presence("t", Presence::away)).presence == Presence::away);
  CHECK(world->visitor(by_token("t")).presence == Presence::away);
  CHECK(tokens_on_site(*world.store) == "t ");
  world->restart();
  CHECK(tokens_on_site(*world.store) == "t ");
}

EVERY_STORE("who registers, opens a chat or sees a page is on the site") {
  World world(kind);
  contract::Records records;
  for (const char* token : {"a", "b", "c", "d"}) {
    Visitor& made = records.visitors.emplace_back();
    made.id.text = String("id of ") + token;
    made.token = token;
  }
  world.load(records);
  world->visitor(registration("d"));
  world->get<OpenedChat>(opening("b"));
  world->get<RecordedPage>(page_of("a", "https://x.example/"));
  world->get<RecordedPage>(page_of("c", "https://x.example/", "title"));  // not recorded
  CHECK(tokens_on_site(*world.store) == "a b d ");                        // as they were added, not as they came
}
