// A worker that is held up or breaks: what happens to a reload, to a stop, and to the process.
#include <doctest/doctest.h>
#include <sys/eventfd.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "adapters/upstream/settings.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/reserved_port.hpp"

namespace parley::test {
namespace {

/// For a session that blocks its worker's thread.
struct Holding {
  std::atomic<int> sessions{0};
  std::atomic<bool> held{false};
  std::atomic<bool> release{false};
  std::atomic<int> threads_ended{0};
};
Holding holding;

/// Counts threads that end.
struct Farewell {
  bool said = false;
  ~Farewell() { ++holding.threads_ended; }
};

class HoldingSession final : public contract::BackendSession {
 public:
  std::optional<Result<Outcome>> execute_now(const Operation& operation) override {
    thread_local Farewell farewell;
    farewell.said = true;
    Visitor visitor;
    visitor.name = std::get<GetVisitor>(operation).visitor.text;
    if (visitor.name == "hold") {
      holding.held = true;
      while (!holding.release) std::this_thread::yield();
    }
    return Outcome(Ref<Visitor>(std::move(visitor)));
  }
  contract::Task<Result<Outcome>> execute(const Operation&, const contract::Call&) override {
    co_return Error{.code = Code::internal, .message = "not asked for"};
  }
};

class HoldingBackend final : public contract::Backend {
 public:
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop&) override {
    ++holding.sessions;
    return std::make_unique<HoldingSession>();
  }
  Result<void> load(const contract::Records&) override { return {}; }
};

/// A session that breaks its worker's poller.
class BreakingSession final : public contract::BackendSession, public io::Watcher {
 public:
  explicit BreakingSession(const contract::Loop& loop) { CHECK(loop.poller.add(event_.get(), *this)); }
  void tell(io::Readiness) override { throw std::runtime_error("a watcher that breaks its contract"); }
  contract::Task<Result<Outcome>> execute(const Operation&, const contract::Call&) override {
    co_return Error{.code = Code::internal, .message = "not asked for"};
  }

 private:
  io::Descriptor event_{::eventfd(1, EFD_CLOEXEC)};
};

class BreakingBackend final : public contract::Backend {
 public:
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override {
    return std::make_unique<BreakingSession>(loop);
  }
  Result<void> load(const contract::Records&) override { return {}; }
};

template <class Backend>
constexpr contract::Adapter adapter_of() {
  contract::Adapter adapter = fake_adapter;
  adapter.open_backend = [](const config::Backend&) -> Result<std::unique_ptr<contract::Backend>> {
    return std::unique_ptr<contract::Backend>(std::make_unique<Backend>());
  };
  return adapter;
}

const contract::Adapter holds = adapter_of<HoldingBackend>();
const contract::Adapter* const holding_adapters[] = {&holds};
const contract::Adapter breaks = adapter_of<BreakingBackend>();
const contract::Adapter* const breaking_adapters[] = {&breaks};

/// A gateway with two workers, the first of which is held up.
struct HeldUp {
  config::Settings settings = fake_settings();
  std::unique_ptr<gateway::runtime::Gateway> gateway;
  std::optional<Connection> first;
  std::optional<Connection> second;  ///< a connection to the other worker
  ReservedPort added;

  HeldUp() {
    holding.sessions = holding.threads_ended = 0;
    holding.held = holding.release = false;
    settings.server.workers = 2;
    auto opened = gateway::runtime::Gateway::open(settings, holding_adapters);
    REQUIRE(opened.has_value());
    gateway = std::move(*opened);
    gateway->start();
    const std::uint16_t port = gateway->listeners().front().endpoint.port;
    REQUIRE(first.emplace(port).ask("GET", "/fake/visitors/7").status == 200);
    REQUIRE(second.emplace(port).ask("GET", "/fake/visitors/7").status == 200);
    first->send(request_text("GET", "/fake/visitors/hold"));
    REQUIRE(eventually([] { return holding.held.load(); }));
  }
  /// Starts a reload that changes the backend and adds a listener; it waits for the first worker.
  std::thread reload(String& fault) {
    settings.backends.front().own.edit<upstream::Settings>().answer += 1;
    settings.server.listen.push_back({"127.0.0.1", added.number(), {}});
    std::thread reloads([this, &fault] {
      const config::Faults faults = gateway->reload(settings);
      fault = faults.empty() ? "none" : faults.front().what;
    });
    CHECK(eventually([] { return holding.sessions == 3; }));  // the second worker has prepared
    return reloads;
  }
};

}  // namespace

TEST_CASE("a worker that is held up keeps neither the others nor a reload beyond the grace") {
  HeldUp one;
  String fault;
  std::thread reloads = one.reload(fault);
  std::thread stops([&] { one.gateway->stop(std::chrono::milliseconds(50)); });
  CHECK(eventually([] { return holding.threads_ended == 1; }));
  holding.release = true;
  reloads.join();
  stops.join();
  CHECK(fault == "the gateway is stopping");
  CHECK(holding.threads_ended == 2);
}

TEST_CASE("no worker accepts on a new listener before all workers know it") {
  HeldUp one;
  String fault;
  std::thread reloads = one.reload(fault);
  std::vector<std::unique_ptr<Connection>> early;
  for (int i = 0; i < 16; ++i) {  // the kernel gives each to one of the workers
    early.push_back(std::make_unique<Connection>(one.settings.server.listen.back().port));
    early.back()->send(request_text("GET", "/fake/visitors/7"));
  }
  for (int i = 0; i < 20; ++i)
    CHECK(one.second->ask("GET", "/fake/visitors/7").status == 200);  // so that it has checked its sockets
  holding.release = true;
  reloads.join();
  CHECK(fault == "none");
  for (const auto& connection : early) CHECK(connection->receive().status == 200);
}

// The next test runs this one in its own process.
TEST_CASE("scenario: a poller breaks" * doctest::skip()) {
  auto gateway = gateway::runtime::Gateway::open(fake_settings(), breaking_adapters);
  REQUIRE(gateway.has_value());
  (*gateway)->start();
  CHECK_THROWS(ask((*gateway)->listeners().front().endpoint.port, "GET", "/fake/visitors/7"));
}

TEST_CASE("a worker that cannot serve any more ends the process and prints the reason") {
  const Finished finished = run({.command = {"/proc/self/exe", "--no-skip", "--test-case=scenario: a poller breaks"}});
  CHECK(finished.code == 1);
  CHECK(finished.err == "parley: ended: a watcher that breaks its contract\n");
}

}  // namespace parley::test
