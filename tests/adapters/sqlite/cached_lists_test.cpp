// A worker keeps the answers of lists, and shows each write as if it kept none.
#include "tests/adapters/sqlite/world.hpp"
#include "tests/support/random.hpp"

using namespace parley;
using namespace parley::sqlite::test;

namespace {

using parley::test::records_of;

ListVisitors page(std::size_t offset, std::size_t limit) { return {{.offset = offset, .limit = limit}}; }

ListVisitors named(std::string_view part) {
  return {{.shape = &shape::canonical_view<Visitor>,
           .conditions = {{{{.kind = ListTest::Kind::contains, .path = {"name"}, .values = {String(part)}}}}}}};
}

ListVisitors by_name(bool descending) {
  return {{.shape = &shape::canonical_view<Visitor>, .order = {{{"name"}, descending}}, .limit = 3}};
}

RegisterVisitor naming(std::string_view token, std::string_view name) {
  RegisterVisitor operation = registration(token);
  operation.name = Text(name);
  return operation;
}

/// Whether a worker has the answer of a list without waiting.
bool keeps(Worker& worker, const Operation& list) { return worker.session().execute_now(list).has_value(); }

template <class T>
void check_same(const Outcome& kept, const Outcome& read) {
  const auto* page = std::get_if<Page<T>>(&read);
  if (page == nullptr) return;
  CHECK(records_of(std::get<Page<T>>(kept)) == records_of(*page));
  CHECK(std::get<Page<T>>(kept).matching() == page->matching());
}

}  // namespace

TEST_CASE("a second list of a session shares the records of the first, until somebody writes") {
  World world;
  for (const char* token : {"a", "b", "c"}) world->visitor(naming(token, token));
  const auto first = world->get<Page<Visitor>>(page(1, 1));
  const auto second = world->get<Page<Visitor>>(page(1, 1));
  REQUIRE(second.records.size() == 1);
  CHECK(second.records[0].get() == first.records.at(0).get());
  CHECK(second.matching() == 3);
  CHECK(world->get<Page<Visitor>>(page(2, 1)).records.at(0)->token == "c");  // another page is another answer

  Worker other(*world.backend);
  CHECK_FALSE(keeps(other, page(1, 1)));  // each worker keeps its own
  other.visitor(naming("b", "new"));
  CHECK(world->get<Page<Visitor>>(page(1, 1)).records.at(0)->name == "new");
  CHECK(first.records[0]->name == "b");  // who still shows the old page keeps its records
}

TEST_CASE("each kind of write ends what a worker keeps of lists") {
  World world;
  contract::Records records;
  records.agents.push_back(agent_named("agent", "A", "Online"));
  world.load(records);
  world->visitor(registration("t"));
  const auto chat = world->get<OpenedChat>(opening("t")).chat->id.text.str();
  const List<Operation> lists = {ListVisitors{}, ListAgents{}, ListChats{}};
  SetVisitorVariables variables;
  variables.token = "t";
  variables.fields.push_back({"plan", "gold", true});
  world->visitor(registration("other"));
  const List<Operation> writes = {registration("t"),           registration("new"), page_of("t", "https://x.example/"),
                                  status_for("agent", "Away"), opening("other"),    variables};
  Worker other(*world.backend);
  for (const Operation& write : writes) {
    CAPTURE(name_of(kind_of(write)));
    for (const Operation& list : lists) {
      REQUIRE(world->run(list).has_value());
      CHECK(keeps(*world.worker, list));
    }
    REQUIRE(other.run(write).has_value());
    for (const Operation& list : lists) CHECK_FALSE(keeps(*world.worker, list));
  }
  REQUIRE(world->run(ListAgents{}).has_value());
  world.load(records);
  CHECK_FALSE(keeps(*world.worker, ListAgents{}));
}

TEST_CASE("a list that a write has overtaken is not kept") {
  World world;
  world->visitor(naming("t", "old"));
  Worker other(*world.backend);
  const Operation list = ListVisitors{};
  const contract::Call call;
  std::optional<Result<Outcome>> result;
  asio::co_spawn(world->context(), execute_into(world->session(), list, call, result), asio::detached);
  world->context().restart();
  world->context().run_one();  // up to the wait for the list
  REQUIRE_FALSE(result.has_value());
  static_cast<void>(other.list<Agent>(ListAgents{}));  // lists are made in turn, so the first one is made, too
  other.visitor(naming("t", "new"));
  world->context().run();
  REQUIRE(result.has_value());
  CHECK(records_of(std::get<Page<Visitor>>(**result)).at(0).name == "old");
  CHECK_FALSE(keeps(*world.worker, list));
}

TEST_CASE("a list that would take too much of a worker's cache is read each time") {
  World world;
  contract::Records records;
  for (int at = 0; at < 60; ++at) {
    Visitor& visitor = records.visitors.emplace_back();
    visitor.id.text = std::to_string(at);
    visitor.company =
        String(50'000, 'x');  // four times the JSON of 60 is 12 MB, and a worker's cache keeps 8 MB at most of one list
  }
  world.load(records);
  CHECK(world->list<Visitor>(page(0, 60)).size() == 60);
  CHECK_FALSE(keeps(*world.worker, page(0, 60)));
  CHECK(world->list<Visitor>(page(0, 30)).size() == 30);
  CHECK(keeps(*world.worker, page(0, 30)));
}

TEST_CASE("random writes and lists: a worker that keeps lists answers as one that reads each of them") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    CAPTURE(seed);
    parley::test::Random random(seed);
    World world;
    contract::Records records;
    for (const char* id : {"1", "2"}) records.agents.push_back(agent_named(id, "A", "Online"));
    world.load(records);
    world->visitor(naming("t0", "x"));
    Worker other(*world.backend);
    Worker reader(*world.backend);  // does not look into its cache
    const List<Operation> lists = {
        ListVisitors{}, page(1, 2),    page(0, 2),   named("x"),  named("y"),
        by_name(false), by_name(true), ListAgents{}, ListChats{}, ListChats{{}, {.limit = 1}}};
    const auto write = [&]() -> Operation {
      const String token = "t" + std::to_string(random.below(6));
      switch (random.below(4)) {
        case 0:
          return naming(token, random.chance(50) ? "x" + token : "y" + token);
        case 1:
          return page_of(token, "https://x.example/" + std::to_string(random.below(3)));
        case 2:
          return status_for(random.chance(50) ? "1" : "2", random.chance(50) ? "Online" : "Away");
        default:
          return opening(token);
      }
    };
    int kept = 0;
    for (int step = 0; step < 400; ++step) {
      Worker& worker = random.chance(50) ? *world.worker : other;
      if (random.chance(20)) {
        static_cast<void>(worker.run(write()));  // may be refused: nobody has registered the token
        continue;
      }
      const Operation list = random.pick(lists);
      CAPTURE(step);
      CAPTURE(name_of(kind_of(list)));
      kept += keeps(worker, list) ? 1 : 0;
      const Result<Outcome> answer = worker.run(list);
      const Result<Outcome> read = reader.wait_for(list);
      REQUIRE(answer.has_value());
      REQUIRE(read.has_value());
      check_same<Visitor>(*answer, *read);
      check_same<Agent>(*answer, *read);
      check_same<Chat>(*answer, *read);
    }
    CHECK(kept > 10);
  }
}
