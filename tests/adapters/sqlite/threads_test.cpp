// Several workers at once: no write is lost, no read is older than an acknowledged write, and sessions may end at any time.
#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite::test;

namespace {

constexpr int threads = 4;

template <class F>
void on_threads(int count, F run) {
  std::vector<std::thread> all;
  for (int at = 0; at < count; ++at) all.emplace_back(run, at);
  for (std::thread& one : all) one.join();
}

/// One client of a worker: registers its own tokens, one after the other.
asio::awaitable<void, contract::Executor> register_many(contract::BackendSession& session, String prefix, int count,
                                                        std::atomic<int>& failed) {
  const contract::Call call;
  for (int at = 0; at < count; ++at) {
    const Operation operation = registration(prefix + std::to_string(at));
    const Result<Outcome> result = co_await session.execute(operation, call);
    if (!result) ++failed;
  }
}

}  // namespace

TEST_CASE("writes of many clients on several workers are all stored, each guest with its own number") {
  World world;
  std::atomic<int> failed = 0;
  const auto work = [&](int at) {
    Worker worker(*world.backend);
    for (int client = 0; client < 16; ++client) {
      const String prefix = std::to_string(at) + '/' + std::to_string(client) + '/';
      asio::co_spawn(worker.context(), register_many(worker.session(), prefix, 10, failed), asio::detached);
    }
    worker.context().run();
  };
  on_threads(threads, work);
  CHECK(failed == 0);
  auto all = world->list<Visitor>(ListVisitors{});
  REQUIRE(all.size() == threads * 160);
  std::vector<String> names;
  for (const Visitor& visitor : all) names.push_back(visitor.username.str());
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("after a write is acknowledged, every worker's next read shows it") {
  World world;
  contract::Records records;
  records.agents.push_back(agent_named("agent", "A", "Online"));
  world.load(records);
  world->visitor(registration("t"));
  OpenChat open = opening("t");
  open.agent.text = "agent";
  const GetChatContact chat = contact_of(world->get<OpenedChat>(open).chat->id.text);
  constexpr int rounds = 60;
  std::atomic<int> stale = 0;
  std::barrier round(threads);
  // In each round one worker writes, then all read. All workers have the previous records and lists in their caches.
  const auto work = [&](int at) {
    Worker worker(*world.backend);
    for (int number = 0; number < rounds; ++number) {
      const String value = std::to_string(number);
      if (number % threads == at) {
        RegisterVisitor rename = registration("t");
        rename.name = value;
        worker.visitor(rename);
        worker.agent(status_for("agent", number % 2 == 0 ? "Online" : "Away"));
      }
      round.arrive_and_wait();
      const Chat now = worker.chat(chat);
      GetAgent get;
      get.agent.text = "agent";
      if (worker.list<Visitor>(ListVisitors{}).at(0).name != value ||
          worker.list<Chat>(ListChats{}).at(0).participants.at(0).name != value) {
        ++stale;
      }
      if (worker.visitor(by_token("t")).name != value || now.participants.at(0).name != value ||
          now.participants.at(1).online != (number % 2 == 0) ||
          worker.agent(get).status != (number % 2 == 0 ? "Online" : "Away")) {
        ++stale;
      }
      round.arrive_and_wait();
    }
  };
  on_threads(threads, work);
  CHECK(stale == 0);
}

TEST_CASE("readers during writes never see an older value after a newer one") {
  World world;
  world->visitor(registration("t"));
  std::atomic<bool> done = false;
  std::atomic<int> acknowledged = 0;
  std::atomic<int> wrong = 0;
  const auto work = [&](int at) {
    Worker worker(*world.backend);
    if (at == 0) {
      for (int number = 1; number <= 100; ++number) {
        RegisterVisitor rename = registration("t");
        rename.name = std::to_string(number);
        worker.visitor(rename);
        acknowledged = number;
      }
      done = true;
      return;
    }
    int last = 0;
    while (!done) {
      const int least = acknowledged;
      const String name = worker.visitor(by_token("t")).name.str();
      const int seen = name.empty() ? 0 : std::stoi(name);
      if (seen < least || seen < last) ++wrong;
      last = seen;
    }
  };
  on_threads(threads, work);
  CHECK(wrong == 0);
}

TEST_CASE("a visitor's chat is opened once, however many ask at once") {
  World world;
  world->visitor(registration("t"));
  std::atomic<int> created = 0;
  const auto work = [&](int) {
    Worker worker(*world.backend);
    for (int at = 0; at < 20; ++at) created += worker.get<OpenedChat>(opening("t")).created ? 1 : 0;
  };
  on_threads(threads, work);
  CHECK(created == 1);
  CHECK(world->visitor(by_token("t")).chats == 1);
}

TEST_CASE("lists work during writes and loads") {
  World world;
  const auto work = [&](int at) {
    Worker worker(*world.backend);
    for (int number = 0; number < 20; ++number) {
      if (at == 0) {
        const auto all = worker.list<Visitor>(ListVisitors{});
        CHECK(all.size() <= 3 * 20U);
      } else if (at == 1) {
        contract::Records records;
        records.visitors.emplace_back().id.text = "loaded " + std::to_string(number);
        CHECK(world.backend->load(records).has_value());
      } else {
        worker.visitor(registration(std::to_string(at * 100 + number)));
      }
    }
  };
  on_threads(threads, work);
  CHECK(world->list<Visitor>(ListVisitors{}).size() == 60);
}

TEST_CASE("a worker may be destroyed during requests") {
  World world;
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> failed = 0;
    asio::io_context context(1);
    io::Poller poller;
    auto session = world.backend->open_session({context.get_executor(), poller});
    for (int client = 0; client < 8; ++client) {
      const String prefix = std::to_string(round) + '/' + std::to_string(client) + '/';
      asio::co_spawn(context, register_many(*session, prefix, 5, failed), asio::detached);
    }
    context.poll_one();
    for (int at = 0; at < round * 3; ++at) context.run_one();
    session.reset();  // waits for the writer's jobs; the context then drops the coroutines
  }
  CHECK(world->visitor(registration("after")).token == "after");
}

TEST_CASE("a full queue refuses with a retryable error") {
  World world;
  std::barrier started(2);
  std::barrier go_on(2);
  std::atomic<bool> first = true;
  // The writer is held inside a vet, while more writes arrive than its queue can hold.
  contract::Call holding;
  holding.vet = [&](const Outcome&) -> Result<void> {
    if (first.exchange(false)) {
      started.arrive_and_wait();
      go_on.arrive_and_wait();
    }
    return {};
  };
  std::thread other([&] {
    Worker worker(*world.backend);
    CHECK(worker.run(registration("held"), holding).has_value());
  });
  started.arrive_and_wait();
  constexpr std::size_t asked = 20'000;
  std::vector<std::optional<Result<Outcome>>> results(asked);
  const Operation operation = page_of("t", "https://x.example/", "title");  // waits its turn, writes nothing
  const contract::Call call;
  {
    Worker worker(*world.backend);
    for (auto& result : results) {
      asio::co_spawn(worker.context(), execute_into(worker.session(), operation, call, result), asio::detached);
    }
    worker.context().poll();
    go_on.arrive_and_wait();
    worker.context().run();
  }
  other.join();
  std::size_t refused = 0;
  for (const auto& result : results) {
    REQUIRE(result.has_value());
    if (*result) continue;
    ++refused;
    CHECK(result->error().code == Code::unavailable);
    CHECK(result->error().retryable);
  }
  CHECK(refused > 0);
  CHECK(refused < asked);
  CHECK(world->visitor(by_token("held")).token == "held");
}
