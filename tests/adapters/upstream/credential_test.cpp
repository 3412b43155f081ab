// Credentials: fetched once for all callers, renewed in time, and renewed once after a 401.
#include "adapters/upstream/credential.hpp"

#include <atomic>
#include <thread>

#include "adapters/upstream/json.hpp"
#include "tests/adapters/upstream/world.hpp"

namespace parley::upstream::test {
namespace {

Credential token(const String& value) {
  Credential credential;
  credential.headers = {{"Authorization", "Bearer " + value}};
  return credential;
}

/// Logs in with POST /login; the body of the answer is the token.
class Login final : public CredentialSource {
 public:
  explicit Login(milliseconds lifetime = milliseconds(60'000)) : lifetime_(lifetime) {}
  contract::Task<Result<Credential>> fetch(Client& client, const Credential* last,
                                           const contract::Call& call) override {
    Request request = post("/login", last != nullptr ? last->renewal : "first");
    Result<Response> response = co_await client.send(request, call);
    if (!response) co_return response.error();
    if (response->status != 200) co_return Error{.code = Code::upstream_denied};
    Credential credential = token(response->body);
    credential.renewal = response->body;
    credential.renew_at = std::chrono::steady_clock::now() + lifetime_;
    co_return credential;
  }

 private:
  milliseconds lifetime_;
};

/// Hands out the tokens t1, t2, …; each is valid for `uses` calls.
struct Vendor {
  explicit Vendor(int uses_of_each = 1'000'000) : uses(uses_of_each) {}

  std::string operator()(const std::string& request) {
    const std::scoped_lock lock(mutex);
    if (request.starts_with("POST /login")) {
      left = uses;
      return denies ? http_answer(403, "no") : http_answer(200, "t" + std::to_string(++logins));
    }
    const bool known = request.find("Bearer t" + std::to_string(logins) + "\r\n") != std::string::npos;
    if (!known || left-- <= 0) return http_answer(401, "");
    return http_answer(200, request.substr(request.find("\r\n\r\n") + 4));
  }

  std::mutex mutex;
  int uses;
  int left = 0;
  int logins = 0;
  bool denies = false;
};

ScriptedServer::Script script_of(Vendor& vendor) {
  return answering([&vendor](const std::string& request) { return vendor(request); });
}

}  // namespace

TEST_CASE("a fixed credential is sent as it is, and a 401 is not retried") {
  ScriptedServer server(answering([](const std::string& request) {
    return http_answer(request.find("\r\nAuthorization: Bearer good\r\n") == std::string::npos ? 401 : 200,
                       "secret page");
  }));
  World world(server.url());
  Credentials good(token("good"));
  CHECK(world.loop.run(good.send(*world.client, get(), {})).has_value());
  Credentials bad(token("bad"));
  const auto refused = world.loop.run(bad.send(*world.client, get(), {}));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == Code::upstream_denied);
  CHECK(refused.error().detail.find("Bearer") == String::npos);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a credential that an upstream repeats is in no detail, whatever the status") {
  const String base64 = "dXNlcjpjb25maWd1cmVk";
  const String sent = "Authorization: Basic " + base64 + " and configured";
  for (const int status : {400, 401, 403, 404, 429, 500, 503}) {
    CAPTURE(status);
    ScriptedServer server(answering([&](const std::string& request) {
      if (request.starts_with("POST /login")) return http_answer(200, "fetched");
      const bool basic = request.find("\r\nAuthorization: Basic " + base64 + "\r\n") != std::string::npos;
      return http_answer(status, basic ? sent : "Authorization: Bearer fetched and configured");
    }));
    config::Backend settings = settings_for(server.url());
    settings.own.edit<Shown>().password.value = "configured";
    World world(settings);
    Credential basic;
    basic.headers = {{"Authorization", "Basic " + base64}};
    Credentials fixed(basic);
    Credentials renewed(std::make_unique<Login>());
    for (Credentials* const credentials : {&fixed, &renewed}) {
      const Request request = get();
      const contract::Call call;
      const Result<Response> answer = world.loop.run(credentials->send(*world.client, request, call));
      const Error error = answer ? failed(*answer) : answer.error();
      const String scheme = credentials == &fixed ? "Basic" : "Bearer";
      const String step = status == 401   ? "; check backends.support.auth.password"
                          : status == 404 ? "; the server does not know /thing: check backends.support.url"
                                          : "";
      CHECK(error.detail.ends_with(": Authorization: " + scheme + " [secret] and [secret]" + step));
    }
  }
}

TEST_CASE("one caller fetches a credential, the others wait") {
  Vendor vendor;
  ScriptedServer server(script_of(vendor));
  World world(server.url());
  Credentials credentials(std::make_unique<Login>());
  const contract::Call call;
  std::vector<Request> requests;
  for (int at = 0; at < 20; ++at) requests.push_back(post("/thing", std::to_string(at)));
  std::vector<io::Task<Result<Response>>> tasks;
  for (const Request& request : requests) tasks.push_back(credentials.send(*world.client, request, call));
  const auto results = world.loop.run_all(std::move(tasks));
  for (std::size_t at = 0; at < results.size(); ++at) {
    REQUIRE(results[at].has_value());
    CHECK(results[at]->body == std::to_string(at));
  }
  CHECK(vendor.logins == 1);
}

TEST_CASE("a refused credential is renewed once, by one of all workers, and nothing is executed twice") {
  Vendor vendor(25);
  ScriptedServer server(script_of(vendor));
  const std::shared_ptr<Upstream> upstream = open(settings_for(server.url()));
  Credentials credentials(std::make_unique<Login>());
  std::atomic<int> good = 0;
  std::atomic<int> denied = 0;
  const auto work = [&] {
    World world(upstream);
    for (int at = 0; at < 50; ++at) {
      const Request request = post("/thing", "x");
      const contract::Call call;
      const auto result = world.loop.run(credentials.send(*world.client, request, call));
      if (result) ++good;
      if (!result && result.error().code == Code::upstream_denied) ++denied;
    }
  };
  std::vector<std::thread> workers;
  for (int at = 0; at < 4; ++at) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  // A call is denied if other calls have used up both tokens that it got. All other calls were executed.
  CHECK(good + denied == 200);
  CHECK(denied <= 20);
  CHECK(vendor.logins >= 8);
  CHECK(vendor.logins <= 8 + 20);
}

TEST_CASE("a credential that is due is renewed before it is used") {
  Vendor vendor;
  ScriptedServer server(script_of(vendor));
  World world(server.url());
  Credentials credentials(std::make_unique<Login>(milliseconds(0)));
  for (int round = 1; round <= 3; ++round) {
    CHECK(world.loop.run(credentials.send(*world.client, get(), {})).has_value());
    CHECK(vendor.logins == round);
  }
  CHECK(server.requests()[2].ends_with("\r\n\r\nt1"));  // the second login sends the renewal of the first
}

TEST_CASE("a refused login fails all waiting callers, and is not retried at once") {
  Vendor vendor;
  vendor.denies = true;
  ScriptedServer server(script_of(vendor));
  World world(server.url());
  Credentials credentials(std::make_unique<Login>());
  const Request request = get();
  const contract::Call call;
  std::vector<io::Task<Result<Response>>> tasks;
  for (int at = 0; at < 5; ++at) tasks.push_back(credentials.send(*world.client, request, call));
  for (const auto& result : world.loop.run_all(std::move(tasks))) {
    REQUIRE(result.has_error());
    CHECK(result.error().code == Code::upstream_denied);
  }
  CHECK(world.loop.run(credentials.send(*world.client, request, call)).has_error());
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a second 401 is upstream_denied") {
  Vendor vendor(0);
  ScriptedServer server(script_of(vendor));
  World world(server.url());
  Credentials credentials(std::make_unique<Login>());
  const auto result = world.loop.run(credentials.send(*world.client, get(), {}));
  REQUIRE(result.has_error());
  CHECK(result.error().code == Code::upstream_denied);
  CHECK(vendor.logins == 2);
  CHECK(server.requests().size() == 4);
}

TEST_CASE("a caller that waits for another caller's login keeps its own deadline") {
  ScriptedServer server([](Peer& peer) { peer.hang(); });
  World world(server.url());
  Credentials credentials(std::make_unique<Login>());
  const Request request = get();
  const contract::Call patient;
  const contract::Call hasty = within(milliseconds(150));
  world.loop.start(credentials.send(*world.client, request, patient));
  const auto result = world.loop.run(credentials.send(*world.client, request, hasty));
  REQUIRE(result.has_error());
  CHECK(result.error().code == Code::upstream_timeout);
  CHECK(result.error().detail == "waiting for credentials");
  world.client.reset();
}

TEST_CASE("if the fetching caller goes away, another one fetches") {
  Vendor vendor;
  ScriptedServer server({[](Peer& peer) { peer.hang(); }, script_of(vendor)});
  const std::shared_ptr<Upstream> upstream = open(settings_for(server.url()));
  Credentials credentials(std::make_unique<Login>());
  const Request request = get();
  const contract::Call call;
  World second(upstream);
  {
    World first(upstream);
    first.loop.start(credentials.send(*first.client, request, call));
    first.loop.run_until([&] { return server.accepted() == 1; });
    second.loop.start(credentials.send(*second.client, request, call));
    second.loop.context().restart();
    second.loop.context().poll();  // until it waits for the first one's login
    first.client.reset();
  }
  CHECK(second.loop.run(credentials.send(*second.client, request, call)).has_value());
  CHECK(vendor.logins == 1);
}

}  // namespace parley::upstream::test
