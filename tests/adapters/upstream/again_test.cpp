// What is sent again and what is not; shared reads; kept connections that the server closes; names; clients destroyed during calls.
#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

/// Answers two requests, then closes.
void two_at_most(Peer& peer) {
  for (int at = 0; at < 2; ++at) {
    const std::string request = peer.read_request();
    if (request.empty()) return;
    peer.write(http_answer(200, request.substr(request.find("\r\n\r\n") + 4)));
  }
}

/// Sends the second call as soon as `said` is set, without a turn of the event loop in between.
io::Task<Result<Response>> send_twice(Client& client, const Request& request, std::atomic<bool>& got,
                                      const std::atomic<bool>& said) {
  const contract::Call call;
  const Result<Response> first = co_await client.send(request, call);
  got = true;
  if (!first) co_return first;
  while (!said) std::this_thread::yield();
  co_return co_await client.send(request, call);
}

/// Sets `ended` when the call has ended.
io::Task<Result<Response>> send_and_tell(Client& client, const Request& request, const contract::Call& call,
                                         std::atomic<bool>& ended) {
  Result<Response> result = co_await client.send(request, call);
  ended = true;
  co_return result;
}

/// Reads a request and closes without an answer.
void swallow(Peer& peer) { static_cast<void>(peer.read_request()); }

}  // namespace

TEST_CASE(
    "a request that is not repeatable is never sent twice, with a server that closes after every second request") {
  ScriptedServer server(two_at_most);
  World world(server.url());
  std::size_t good = 0;
  for (int at = 0; at < 200; ++at) {
    const Result<Response> result = world.send(post("/messages", "{\"n\":" + std::to_string(at) + "}"));
    if (result) ++good;
    if (result) CHECK(result->body == "{\"n\":" + std::to_string(at) + "}");
  }
  const std::vector<std::string> requests = server.requests();
  const std::set<std::string> different(requests.begin(), requests.end());
  CHECK(different.size() == requests.size());
  CHECK(requests.size() >= good);
  CHECK(good >= 134);  // two on each connection, even if each third one is lost
}

TEST_CASE("a write that the server has read is not sent again, on a new or a kept connection") {
  ScriptedServer server([](Peer& peer) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      if (request.starts_with("POST /swallowed")) return;
      peer.write(http_answer(200, "good"));
    }
  });
  World world(server.url());
  CHECK(world.bad(post("/swallowed", "fresh")).code == Code::upstream_failed);
  CHECK(world.good(post("/answered", "{}")).body == "good");
  CHECK(world.bad(post("/swallowed", "kept")).code == Code::upstream_failed);
  CHECK(server.requests().size() == 3);
  CHECK(server.accepted() == 2);
}

TEST_CASE("a GET is sent again, once, if the connection was lost before an answer") {
  ScriptedServer dies_once({swallow, answering([](const std::string&) { return http_answer(200, "second"); })});
  World world(dies_once.url());
  CHECK(world.good(get()).body == "second");
  CHECK(dies_once.requests().size() == 2);

  ScriptedServer dies(swallow);
  World other(dies.url());
  CHECK(other.bad(get()).code == Code::upstream_failed);
  CHECK(dies.requests().size() == 2);
}

TEST_CASE("after a byte of the answer, a request is not sent again") {
  ScriptedServer server([](Peer& peer) {
    static_cast<void>(peer.read_request());
    peer.write("HTTP/1.1 200 OK\r\nContent-Le");
  });
  World world(server.url());
  CHECK(world.bad(get()).code == Code::upstream_failed);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a 500 and a timeout are not sent again") {
  ScriptedServer broken(answering([](const std::string&) { return http_answer(500, ""); }));
  World world(broken.url());
  CHECK(world.good(get()).status == 500);
  CHECK(broken.requests().size() == 1);

  ScriptedServer silent([](Peer& peer) {
    static_cast<void>(peer.read_request());
    peer.hang();
  });
  config::Backend settings = settings_for(silent.url());
  settings.own.edit<parley::upstream::Settings>().timeouts.first_byte = milliseconds(100);
  World waiting(settings);
  CHECK(waiting.bad(get()).code == Code::upstream_timeout);
  silent.wait_for_requests(1);  // the client may finish before the server has read the request
  CHECK(silent.requests().size() == 1);
}

TEST_CASE("retries are limited to ten, and a fifth of the calls") {
  ScriptedServer server(swallow);
  config::Backend settings = settings_for(server.url());
  const std::shared_ptr<Upstream> upstream = open(settings);
  World world(upstream);
  // The breaker would open after 20 calls. The budget allows 10 retries at first, and 3 more for 18 calls.
  for (int at = 0; at < 18; ++at) CHECK(world.bad(get()).code == Code::upstream_failed);
  CHECK(server.requests().size() == 18 + 10 + 3);
}

TEST_CASE("identical concurrent reads are one call; others are not") {
  std::atomic<bool> go_on = false;
  ScriptedServer server([&](Peer& peer) {
    while (!peer.read_request().empty()) {
      while (!go_on) std::this_thread::yield();
      peer.write(http_answer(200, "shared", {{"X-A", "b"}}));
    }
  });
  World world(server.url());
  Request with_header = get();
  with_header.headers = {{"X-User-Id", "another"}};
  Request not_repeatable = get();
  not_repeatable.repeatable = false;
  std::vector<Request> requests(10, get());
  requests.insert(requests.end(), {with_header, get("/other"), not_repeatable, not_repeatable, post("/thing", "{}")});
  std::thread opener([&] {
    server.wait_for_requests(6);
    go_on = true;
  });
  for (const Result<Response>& result : world.send_many(requests)) {
    REQUIRE(result.has_value());
    CHECK(result->body == "shared");
    CHECK(result->header("x-a") == "b");
  }
  opener.join();
  CHECK(server.requests().size() == 6);
  world.good(get());
  CHECK(server.requests().size() == 7);
}

TEST_CASE("one of several callers of a shared read may give up") {
  std::atomic<bool> go_on = false;
  ScriptedServer server([&](Peer& peer) {
    while (!peer.read_request().empty()) {
      while (!go_on) std::this_thread::yield();
      peer.write(http_answer(200, "late"));
    }
  });
  World world(server.url());
  const Request request = get();
  const contract::Call patient;
  const contract::Call hasty = within(milliseconds(100));
  std::vector<io::Task<Result<Response>>> tasks;
  tasks.push_back(send_and_tell(*world.client, request, hasty, go_on));
  tasks.push_back(world.client->send(request, patient));
  const auto results = world.loop.run_all(std::move(tasks));
  REQUIRE(results[0].has_error());
  CHECK(results[0].error().code == Code::upstream_timeout);
  REQUIRE(results[1].has_value());
  CHECK(results[1]->body == "late");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a read that begins after a write has ended does not share a read that began before") {
  std::atomic<bool> written = false;
  ScriptedServer server([&](Peer& peer) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const bool before = !written;
      if (request.starts_with("POST")) {
        written = true;
        peer.write(http_answer(200, "done"));
      } else if (before) {
        while (server.requests().size() < 3) std::this_thread::yield();  // answered once the second read has come
        peer.write(http_answer(200, "old"));
      } else {
        peer.write(http_answer(200, "new"));
      }
    }
  });
  World world(server.url());
  const Request request = get();
  const contract::Call call;
  world.loop.start(world.client->send(request, call));
  std::thread waiting([&] { server.wait_for_requests(1); });
  world.loop.run_until([&] { return server.requests().size() == 1; });
  waiting.join();
  CHECK(world.good(post("/thing", "{}")).body == "done");
  CHECK(world.good(get()).body == "new");
}

TEST_CASE("an idle connection is closed when the server closes it") {
  ScriptedServer server([](Peer& peer) {
    static_cast<void>(peer.read_request());
    peer.write(http_answer(200, "once"));
  });
  World world(server.url());
  for (int at = 0; at < 5; ++at) {
    CHECK(world.good(post("/n", "{}")).body == "once");
    world.loop.run_until([&] { return server.open() == 0; });
    world.loop.run_for(milliseconds(5));
  }
  CHECK(server.requests().size() == 5);
}

TEST_CASE("what came while a connection rested is seen before it is used, also before the poller tells") {
  for (const bool forged : {true, false}) {
    CAPTURE(forged);
    std::atomic<bool> got = false;
    std::atomic<bool> said = false;
    ScriptedServer server({[&](Peer& peer) {
                             static_cast<void>(peer.read_request());
                             peer.write(http_answer(200, "good"));
                             while (!got) std::this_thread::yield();
                             if (forged) peer.write(http_answer(200, "forged"));
                             if (!forged) peer.close();
                             said = true;
                             peer.hang();
                           },
                           answering([](const std::string&) { return http_answer(200, "good again"); })});
    World world(server.url());
    const Request request = post("/thing", "{}");
    const Result<Response> result = world.loop.run(send_twice(*world.client, request, got, said));
    REQUIRE(result.has_value());
    CHECK(result->body == "good again");
    CHECK(server.requests().size() == 2);
  }
}

TEST_CASE("names: localhost; a name that does not exist; all addresses are tried") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  // The server listens on 127.0.0.1 only, but localhost may be ::1 first.
  World world("http://localhost:" + std::to_string(server.port()));
  for (int round = 0; round < 3; ++round) CHECK(world.good(get()).status == 200);
  REQUIRE(!server.requests().empty());
  CHECK(server.requests()[0].find("\r\nHost: localhost:" + std::to_string(server.port()) + "\r\n") !=
        std::string::npos);
  config::Backend settings = settings_for("http://no-such-host.invalid:80");
  settings.own.edit<parley::upstream::Settings>().timeouts.connect =
      milliseconds(2000);  // some resolvers do not answer at all
  World nowhere(settings);
  const Error error = nowhere.bad(get());
  CHECK((error.code == Code::upstream_unreachable || error.code == Code::upstream_timeout));
  if (error.code == Code::upstream_unreachable) CHECK(error.detail.starts_with("no-such-host.invalid: "));
}

TEST_CASE("a client may be destroyed during calls, in every stage") {
  ScriptedServer silent([](Peer& peer) { peer.hang(); });
  const std::string port = std::to_string(silent.port());
  for (const std::string& url : {"http://127.0.0.1:" + port, "https://127.0.0.1:" + port, "http://localhost:" + port}) {
    for (int rounds = 0; rounds < 12; ++rounds) {
      config::Backend settings = settings_for(url);
      settings.own.edit<parley::upstream::Settings>().connections = 2;
      settings.own.edit<parley::upstream::Settings>().quota = {8, milliseconds(60'000)};
      World world(settings);
      const std::vector<Request> requests = {get("/1"), get("/1"), get("/2"), post("/3", "{}"), get("/4")};
      const contract::Call call;
      for (const Request& request : requests) world.loop.start(world.client->send(request, call));
      world.loop.context().restart();
      for (int at = 0; at < rounds; ++at) world.loop.context().poll_one();
      world.client.reset();
      // All calls have begun. They end in the loop, or with it.
      if (rounds >= 8 && rounds % 2 == 0) world.loop.run_for(milliseconds(1));
    }
  }
  silent.wait_for_open(0);
}

}  // namespace parley::upstream::test
