// Reloads while requests are served: what continues, what ends, and what is refused.
#include <doctest/doctest.h>
#include <sys/epoll.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <system_error>
#include <thread>

#include "adapters/io/waiting.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

/// Counts of opened and ended backends, and of the sessions that they opened.
struct Counts {
  std::atomic<int> opened{0};
  std::atomic<int> ended{0};
  std::atomic<int> sessions{0};
  std::atomic<std::size_t> ended_on{0};  ///< a hash of the thread
};
Counts counts;
std::atomic<int> sessions_left{-1};  // sessions that can be opened before bad_alloc; below zero: no limit

class CountedBackend final : public contract::Backend {
 public:
  CountedBackend() { ++counts.opened; }
  ~CountedBackend() override {
    counts.ended_on = std::hash<std::thread::id>{}(std::this_thread::get_id());
    ++counts.ended;
  }
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override {
    if (sessions_left >= 0 && sessions_left-- == 0) throw std::bad_alloc();
    ++counts.sessions;
    return std::make_unique<FakeSession>(loop.executor);
  }
  Result<void> load(const contract::Records&) override { return {}; }
};

Result<std::unique_ptr<contract::Backend>> open_counted(const config::Backend& settings) {
  if (config::settings_of<upstream::Settings>(settings).url == "broken")
    return Error{.code = Code::unavailable, .message = "it is broken", .detail = "quite"};
  return std::unique_ptr<contract::Backend>(std::make_unique<CountedBackend>());
}

contract::Adapter counted_adapter() {
  contract::Adapter adapter = fake_adapter;
  adapter.open_backend = open_counted;
  return adapter;
}

const contract::Adapter counting = counted_adapter();
const contract::Adapter* const counted_adapters[] = {&counting, &shouting_adapter};

/// For a session whose requests sleep until a request of a later session wakes them, on the stack of the sleeping session.
struct Waking {
  std::atomic<int> asleep{0};
  std::atomic<int> sessions_ended{0};
  std::atomic<int> ended_while_waking{0};
  io::Waiting<>* place = nullptr;
  bool awake = false;
  Waking& operator=(std::nullptr_t) {
    asleep = sessions_ended = ended_while_waking = 0;
    place = nullptr;
    awake = false;
    return *this;
  }
};
Waking waking;

class WakingSession final : public contract::BackendSession {
 public:
  ~WakingSession() override {
    ++waking.sessions_ended;
    if (waking.awake) ++waking.ended_while_waking;
  }
  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call&) override {
    Visitor visitor;
    visitor.name = std::get<GetVisitor>(operation).visitor.text;
    if (visitor.name == "sleep") {
      waking.place = &place_;
      ++waking.asleep;
      co_await place_.wait();
    } else {
      waking.awake = true;
      waking.place->wake();
      waking.awake = false;
    }
    co_return Outcome(Ref<Visitor>(std::move(visitor)));
  }

 private:
  io::Waiting<> place_;
};

class WakingBackend final : public contract::Backend {
 public:
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop&) override {
    return std::make_unique<WakingSession>();
  }
  Result<void> load(const contract::Records&) override { return {}; }
};

constexpr contract::Adapter waking_adapter() {
  contract::Adapter adapter = fake_adapter;
  adapter.open_backend = [](const config::Backend&) -> Result<std::unique_ptr<contract::Backend>> {
    return std::unique_ptr<contract::Backend>(std::make_unique<WakingBackend>());
  };
  return adapter;
}

const contract::Adapter sleeping = waking_adapter();
const contract::Adapter* const waking_adapters[] = {&sleeping};

struct Reloadable {
  config::Settings settings = fake_settings();
  std::unique_ptr<gateway::runtime::Gateway> gateway;

  explicit Reloadable(std::int64_t workers = 2, List<gateway::runtime::Activated> activated = {}, String access = {}) {
    counts.opened = counts.ended = counts.sessions = 0;
    sessions_left = -1;
    fake_state.release = false;
    settings.server.workers = workers;
    settings.log.access = std::move(access);
    auto opened = gateway::runtime::Gateway::open(settings, counted_adapters, std::move(activated));
    REQUIRE(opened.has_value());
    gateway = std::move(*opened);
    gateway->start();
  }
  [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const {
    return gateway->listeners().at(listener).endpoint.port;
  }
  [[nodiscard]] String fault() const {
    const config::Faults faults = gateway->reload(settings);
    return faults.empty() ? "" : config::format("f", faults.front());
  }
  [[nodiscard]] std::uint64_t revision() const { return gateway->state().revision->number; }
};

/// Nested epoll sets, deeper than the kernel allows: no event loop can watch the last one.
List<io::Descriptor> unwatchable() {
  List<io::Descriptor> pile;
  for (int i = 0; i < 6; ++i) {
    io::Descriptor next(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{};
    if (!pile.empty() && ::epoll_ctl(next.get(), EPOLL_CTL_ADD, pile.back().get(), &event) != 0) break;
    pile.push_back(std::move(next));
  }
  return pile;
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

}  // namespace

TEST_CASE("a reload changes routes under an open connection") {
  Reloadable one;
  Connection connection(one.port());
  CHECK(connection.ask("GET", "/fake/visitors/7").body == "name of 7");

  one.settings.routes.front().prefix = "/new";
  CHECK(one.fault() == "");
  CHECK(one.revision() == 2);
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 404);
  CHECK(connection.ask("GET", "/new/fake/visitors/7").body == "name of 7");

  config::Route more = one.settings.routes.front();
  more.name = "second";
  more.prefix = "";
  more.emit = "shouting";
  one.settings.routes.push_back(more);
  CHECK(one.fault() == "");
  CHECK(connection.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
  one.settings.routes.pop_back();
  CHECK(one.fault() == "");
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 404);
  CHECK(counts.opened == 1);
  CHECK(counts.sessions == 2);
}

TEST_CASE("a waiting request keeps its revision; its backend ends later, on no worker's thread") {
  Reloadable one(1);
  Connection waiting(one.port());
  waiting.send(request_text("GET", "/fake/visitors/hang"));
  REQUIRE(eventually([] { return fake_state.waiting == 1; }));

  one.settings.backends.front().own.edit<upstream::Settings>().url = "https://elsewhere";
  one.settings.routes.front().emit = "shouting";
  CHECK(one.fault() == "");
  CHECK(counts.opened == 2);
  CHECK(one.gateway->state().backends.size() == 1);
  Connection other(one.port());
  CHECK(other.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
  CHECK(counts.ended == 0);

  fake_state.release = true;
  CHECK(waiting.receive().body == "name of hang");
  CHECK(waiting.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
  CHECK(eventually([] { return counts.ended == 1; }));
  const std::scoped_lock lock(fake_state.mutex);
  for (const auto& [thread, times] : fake_state.seen) CHECK(std::hash<std::thread::id>{}(thread) != counts.ended_on);
}

TEST_CASE("a request that its session wakes does not destroy that session") {
  config::Settings settings = fake_settings();
  waking = nullptr;
  auto gateway = gateway::runtime::Gateway::open(settings, waking_adapters);
  REQUIRE(gateway.has_value());
  (*gateway)->start();
  const std::uint16_t port = (*gateway)->listeners().front().endpoint.port;
  Connection sleeper(port);
  sleeper.send(request_text("GET", "/fake/visitors/sleep"));
  REQUIRE(eventually([] { return waking.asleep == 1; }));
  settings.backends.front().own.edit<upstream::Settings>().answer += 1;
  REQUIRE((*gateway)->reload(settings).empty());
  CHECK(waking.sessions_ended == 0);
  CHECK(ask(port, "GET", "/fake/visitors/wake").body == "wake");
  CHECK(sleeper.receive().body == "sleep");
  CHECK(eventually([] { return waking.sessions_ended == 1; }));
  CHECK(waking.ended_while_waking == 0);
}

TEST_CASE("a backend is kept if its settings are the same, whatever its name and place") {
  Reloadable one;
  one.settings.backends.front().mark = one.settings.backends.front().kind_mark = {7, 7};
  one.settings.backends.front().name = one.settings.routes.front().backend = "renamed";
  CHECK(one.fault() == "");
  CHECK(counts.opened == 1);
  config::Backend second = one.settings.backends.front();
  second.name = "twin";
  one.settings.backends.insert(one.settings.backends.begin(), second);
  CHECK(one.fault() == "");
  CHECK(counts.opened == 2);
  CHECK(counts.sessions == 4);
  one.settings.backends.front().own.edit<upstream::Settings>().answer += 1;
  CHECK(one.fault() == "");
  CHECK(counts.opened == 3);
  CHECK(eventually([] { return counts.ended == 1; }));
}

TEST_CASE("a reload with a fault changes nothing") {
  Reloadable one;
  Connection connection(one.port());
  const config::Settings good = one.settings;
  one.settings.routes.front().prefix = "/new";
  const config::Settings better = one.settings;

  one.settings.server.workers = 3;
  CHECK(one.fault() == "f: server.workers: 3 instead of 2: needs a restart");

  one.settings = better;
  one.settings.admin.listen = config::Endpoint{"127.0.0.1", 1, {4, 5}};
  CHECK(one.fault() == "f:4:5: admin.listen: 127.0.0.1:1 instead of none: needs a restart");

  one.settings = better;
  one.settings.backends.push_back(one.settings.backends.front());
  one.settings.backends.back().name = "other";
  one.settings.backends.back().own.edit<upstream::Settings>().url = "broken";
  one.settings.backends.back().mark = {8, 3};
  CHECK(one.fault() == "f:8:3: backends.other: it is broken: quite");

  const auto taken = gateway::runtime::Gateway::open(good, counted_adapters);
  REQUIRE(taken.has_value());
  config::Endpoint used = (*taken)->listeners().front().endpoint;
  used.mark = {9, 1};
  one.settings = better;
  one.settings.server.listen.push_back(used);
  const int opened = counts.opened;
  CHECK(one.fault() == "f:9:1: server.listen[1]: cannot listen on " + used.text() + ": Address already in use");
  CHECK(counts.opened == opened);

  CHECK(one.revision() == 1);
  CHECK(connection.ask("GET", "/fake/visitors/7").body == "name of 7");
  CHECK(connection.ask("GET", "/new/fake/visitors/7").status == 404);
}

TEST_CASE("a reload that one worker is not ready for changes nothing, the access log neither") {
  const Scratch scratch;
  Reloadable one(2, {}, scratch / "before.log");
  Connection connection(one.port());
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 200);
  one.settings.log.access = scratch / "after.log";
  one.settings.routes.front().prefix = "/new";
  one.settings.backends.front().own.edit<upstream::Settings>().answer += 1;
  const ReservedPort added;
  one.settings.server.listen.push_back({"127.0.0.1", added.number(), {}});
  const std::ptrdiff_t open = open_descriptors();
  sessions_left = 1;
  CHECK(one.fault() == "f: no descriptors or memory left");
  CHECK(open_descriptors() == open);
  CHECK(one.revision() == 1);
  CHECK(eventually([] { return counts.ended == 1; }));
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 200);
  CHECK_THROWS_AS(Connection{added.number()}, std::system_error);
  CHECK(eventually([&] {
    const std::string text = read_file(scratch / "before.log");
    return std::count(text.begin(), text.end(), '\n') == 2;
  }));
  CHECK(read_file(scratch / "after.log").empty());

  sessions_left = -1;
  CHECK(one.fault() == "");
  CHECK(connection.ask("GET", "/new/fake/visitors/7").status == 200);
  CHECK(Connection(one.port(1)).ask("GET", "/new/fake/visitors/7").status == 200);
  CHECK(eventually([&] { return !read_file(scratch / "after.log").empty(); }));
}

TEST_CASE("a listener that no event loop can watch is a fault before anything changes") {
  const config::Endpoint passed{"127.0.0.1", 9, {}};
  List<gateway::runtime::Activated> activated;
  List<io::Descriptor> pile = unwatchable();
  activated.push_back({passed, std::move(pile.back())});
  Reloadable one(2, std::move(activated));
  Connection connection(one.port());
  const std::uint16_t first = one.port();
  const config::Settings good = one.settings;
  one.settings.server.listen = {passed};
  CHECK(one.fault() == "f: no descriptors or memory left");
  CHECK(one.revision() == 1);
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 200);
  CHECK(Connection(first).ask("GET", "/fake/visitors/7").status == 200);
  one.settings = good;
  CHECK(one.fault() == "");
  CHECK(Connection(first).ask("GET", "/fake/visitors/7").status == 200);
}

TEST_CASE("one store cannot be open with two settings") {
  Reloadable one;
  one.settings.backends.front().own.edit<FakeStore>().path = "some/store.db";
  REQUIRE(one.fault() == "");
  one.settings.backends.front().own.edit<FakeStore>().path = "some/../some/./store.db";
  one.settings.backends.front().own.edit<FakeStore>().demo = true;
  one.settings.backends.front().mark = {3, 3};
  CHECK(one.fault() ==
        "f:3:3: backends.store: the store some/../some/./store.db is open with other settings: needs a restart");
  one.settings.backends.front().own.edit<FakeStore>().path = "some/other.db";
  CHECK(one.fault() == "");
}

TEST_CASE("a listener is added and removed, and only its connections end") {
  Reloadable one(1);
  Connection stays(one.port());
  REQUIRE(stays.ask("GET", "/fake/visitors/7").status == 200);
  const ReservedPort reserved;
  const std::uint16_t second = reserved.number();
  one.settings.server.listen.push_back({"127.0.0.1", second, {}});
  REQUIRE(one.fault() == "");
  CHECK(one.port(1) == second);
  Connection idle(second);
  CHECK(idle.ask("GET", "/fake/visitors/7").status == 200);
  Connection begun(second);
  begun.send("GET /fake/visitors/begun HTTP/1.1\r\n");
  Connection busy(second);
  busy.send(request_text("GET", "/fake/visitors/hang"));
  REQUIRE(eventually([] { return fake_state.waiting == 1; }));

  one.settings.server.listen.pop_back();
  one.settings.routes.front().emit = "shouting";
  REQUIRE(one.fault() == "");
  CHECK(one.gateway->listeners().size() == 1);
  CHECK(idle.closes());
  CHECK_THROWS_AS(Connection{second}, std::system_error);
  fake_state.release = true;
  const Answer last = busy.receive();
  CHECK(last.body == "name of hang");
  CHECK(last.header("Connection") == "close");
  CHECK(busy.closes());
  begun.send("Host: h\r\n\r\n");
  const Answer whole = begun.receive();
  CHECK(whole.body == "name of begun");
  CHECK(whole.header("Connection") == "close");
  CHECK(stays.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");

  // The same gateway can use the address again, with a new listener number.
  one.settings.server.listen.push_back({"127.0.0.1", second, {}});
  REQUIRE(one.fault() == "");
  CHECK(Connection(second).ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
}

TEST_CASE("limits are those of the newest revision") {
  Reloadable one;
  Connection connection(one.port());
  CHECK(connection.ask("POST", "/fake/page", {}, "\"0123456789\"").status == 200);
  one.settings.server.limits.body = 5;
  REQUIRE(one.fault() == "");
  CHECK(connection.ask("POST", "/fake/page", {}, "\"0123456789\"").status == 413);
}

TEST_CASE("no request fails while revisions come and go") {
  Reloadable one;
  std::atomic<bool> end = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> answered = 0;
  List<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      try {
        Connection connection(one.port());
        while (!end) {
          const Answer answer = connection.ask("GET", "/fake/visitors/7");
          const bool good = answer.status == 200 && (answer.body == "name of 7" || answer.body == "LOUD name of 7");
          ++(good ? answered : wrong);
        }
      } catch (const std::exception&) {
        ++wrong;
      }
    });
  }
  for (int i = 0; i < 100; ++i) {
    one.settings.routes.front().emit = i % 2 == 0 ? "shouting" : "";
    one.settings.backends.front().own.edit<upstream::Settings>().answer += i % 3 == 0 ? 1 : 0;
    REQUIRE(one.fault() == "");
  }
  end = true;
  for (std::thread& client : clients) client.join();
  CHECK(wrong == 0);
  CHECK(answered > 0);
  CHECK(one.revision() == 101);
  CHECK(eventually([] { return counts.ended == counts.opened - 1; }));
}

}  // namespace parley::test
