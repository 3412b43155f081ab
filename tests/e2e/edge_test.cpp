// The real program at its limits: answers that are too large, loops, request ids, the index, probes, pages of other origins.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <sstream>
#include <utility>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/operated.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

/// Ten thousand visitors: about 6 MB as a Comm100 list.
std::string many_visitors(std::size_t count) {
  std::string list = "[";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(100'000'000'000 + i);
    list.append(i == 0 ? "" : ",")
        .append(R"({"id":"3d59f909-24cd-43bc-89cb-)")
        .append(number)
        .append(R"(","status":"inSite","name":"visitor )")
        .append(number)
        .append(R"(","currentBrowsing":"https://shop.example.com/)")
        .append(300, 'p')
        .append(R"("})");
  }
  return list += "]";
}

/// A store with many visitors, served with limits.
struct Crowded {
  explicit Crowded(std::size_t count, const std::string& limits)
      : file(scratch.write("gateway.yaml", config(limits))),
        visitors(scratch.write("visitors.json", many_visitors(count))) {
    const Finished loaded = run({.command = {program(), "load", "--config", file, "--backend", "local", "--from",
                                             "comm100:visitors", visitors}});
    REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
  }
  [[nodiscard]] std::string config(const std::string& limits) const {
    std::string text = demo_config(scratch / "parley.db", false);
    return text.insert(text.find("backends:"), "  limits: {" + limits + "}\nadmin: {listen: \"127.0.0.1:0\"}\n");
  }

  Scratch scratch;
  std::string file;
  std::string visitors;
};

/// A proxy between a gateway and itself: passes requests on to `port` and records the answers. Reports if none comes for ten
/// seconds.
class Relay {
 public:
  std::atomic<std::uint16_t> port = 0;

  [[nodiscard]] std::string url() const { return server_.url(); }
  /// Returns the recorded answers and removes them.
  std::vector<Answer> answers() {
    const std::lock_guard lock(mutex_);
    return std::exchange(answers_, {});
  }

 private:
  std::string pass_on(const std::string& request) {
    try {
      Connection connection(port);
      connection.send(request);
      const Answer answer = connection.receive();
      const std::lock_guard lock(mutex_);
      answers_.push_back(answer);
      return http_answer(answer.status, answer.body, {{"Content-Type", "application/json"}});
    } catch (const std::exception& fault) {
      return http_answer(504, fault.what());
    }
  }

  std::mutex mutex_;
  std::vector<Answer> answers_;
  ScriptedServer server_{answering([this](const std::string& request) { return pass_on(request); })};
};

/// Waits until the gateway serves, and returns its admin port.
std::uint16_t admin_port_of(Served& served) {
  const std::string line = served.process().wait_for_lines("admin on http://").front();
  return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
}

constexpr const char* rocket_list = "/api/v1/livechat/visitors.search";
constexpr const char* comm100_list = "/v4/livechat/visitors";

}  // namespace

TEST_CASE("an answer beyond limits.answer is refused in the vendor's style, page by page it is given" *
          doctest::skip(!built_with({"comm100", "rocketchat", "sqlite"}))) {
  Crowded crowded(10'000, "answer: 1MiB");
  Served served(program(), crowded.file);
  const std::uint16_t admin = admin_port_of(served);

  const Answer comm100 = served.ask("GET", comm100_list, comm100_headers());
  CHECK(comm100.status == 400);
  CHECK(comm100.body ==
        R"({"code":400000,"message":"The answer is too large; ask for less, page by page where the call has pages."})");
  const std::string all = std::string(rocket_list) + "?term=&count=0";
  const Answer rocket = served.ask("GET", all, rocketchat_headers());
  CHECK(rocket.status == 400);
  CHECK(value_at(rocket.body, "/success") == "false");
  CHECK(value_at(rocket.body, "/errorType") == "error-answer-too-large");
  CHECK(contains(value_at(rocket.body, "/error"), "ask for less, page by page"));
  CHECK(served.ask("GET", "/pimenta" + all, rocketchat_headers()).status == 400);

  const Answer page = served.ask("GET", std::string(rocket_list) + "?term=&count=50&offset=9990", rocketchat_headers());
  CHECK(page.status == 200);
  CHECK(value_at(page.body, "/count") == "10");
  CHECK(value_at(page.body, "/total") == "10000");
  // A write is answered after a refusal on the same connection.
  Connection connection(served.port());
  for (int i = 0; i < 3; ++i) {
    CHECK(connection.ask("GET", comm100_list, comm100_headers()).status == 400);
    CHECK(connection.ask("GET", "/v4/livechat/agents", comm100_headers()).status == 200);
  }
  const Metrics metrics(ask(admin, "GET", "/metrics").body);
  CHECK(metrics.value("parley_requests_refused_total", R"(reason="answer_size")") == "6");
  served.process().wait_for_lines("more than the 1048576 bytes of server.limits.answer and server.limits.memory");
}

TEST_CASE("ten thousand visitors are within the default limit" * doctest::skip(!built_with({"comm100", "sqlite"}))) {
  Crowded crowded(10'000, "");
  Served served(program(), crowded.file);
  const Answer answer = served.ask("GET", comm100_list, comm100_headers());
  CHECK(answer.status == 200);
  CHECK(answer.body.size() > 6'000'000);
  CHECK(parse(answer.body).children.size() == 10'000);
}

TEST_CASE("large answers count within limits.memory" * doctest::skip(!built_with({"comm100", "sqlite"}))) {
  Crowded crowded(10'000, "memory: 8MiB");
  Served served(program(), crowded.file);
  // Clients that do not read hold the memory of their answers, until no other large answer is possible.
  std::vector<std::unique_ptr<Connection>> readers;
  int refused = 0;
  for (int i = 0; i < 20 && refused == 0; ++i) {
    readers.push_back(std::make_unique<Connection>(served.port()));
    readers.back()->send(request_text("GET", comm100_list, comm100_headers()));
    const Answer answer = served.ask("GET", comm100_list, comm100_headers());
    CHECK((answer.status == 200 || answer.status == 503));
    if (answer.status == 503) {
      ++refused;
      CHECK(answer.header("Retry-After") == "1");
    }
  }
  CHECK(refused == 1);
  CHECK(served.ask("GET", "/v4/livechat/agents", comm100_headers()).status == 200);
  readers.clear();
}

TEST_CASE("a loop through others is found, and answered with 508 in the vendor's voice" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat"}))) {
  const Scratch scratch;
  Relay between;
  const auto backend = [&between](const std::string& kind, const std::string& auth) {
    return "  over-" + kind + ": {kind: " + kind + ", url: \"" + between.url() + "\", auth: " + auth + "}\n";
  };
  Served served(program(),
                scratch.write("gateway.yaml",
                              "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends:\n" +
                                  backend("comm100", "{bearer: secret}") + backend("enghouse", "{token: secret}") +
                                  backend("rocketchat", "{user_id: u, token: secret}") +
                                  "routes:\n"
                                  "  - {facade: comm100, backend: over-comm100, auth: {bearer: secret}}\n"
                                  "  - {facade: enghouse, backend: over-enghouse, auth: {tokens: secret}}\n"
                                  "  - {facade: rocketchat, backend: over-rocketchat, auth: {users: [{id: u, token: "
                                  "secret}]}}\n"));
  between.port = served.port();
  const struct {
    const char* name;
    const char* path;
    Headers headers;
    int status;
    std::string looped;
  } cases[] = {
      {"comm100",
       "/v4/livechat/agents",
       {{"Authorization", "Bearer secret"}},
       502,
       R"({"code":508000,"message":"The request came back to the service that had sent it on."})"},
      {"enghouse",
       "/livechat/getContactByChatID/CHAT_1",
       {},
       200,
       R"({"result":false,"contact":null,"error":"the request came back to the service that had sent it on"})"},
      {"rocketchat",
       "/api/v1/livechat/visitor/token",
       {},
       502,
       R"({"success":false,"error":"The request came back to the service that had sent it on [error-loop-detected]",)"
       R"("errorType":"error-loop-detected"})"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(served.ask("GET", one.path, one.headers).status == one.status);
    const std::vector<Answer> looped = between.answers();
    REQUIRE(!looped.empty());
    for (const Answer& answer : looped) {
      CHECK(answer.status == 508);
      CHECK(answer.body == one.looped);
    }
  }
  served.process().wait_for_lines("loop_detected");
}

TEST_CASE("one gateway behind another is not a loop, and a loop over both is found" *
          doctest::skip(!built_with({"comm100", "sqlite"}))) {
  const Scratch scratch;
  const auto front = [](const std::string& url) {
    return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {next: {kind: comm100, url: \"" + url +
           "\", auth: {bearer: demo-comm100-token}}}\n"
           "routes: [{facade: comm100, backend: next, auth: {bearer: demo-comm100-token}}]\n";
  };
  const Served store(program(), scratch.write("store.yaml", demo_config(scratch / "parley.db")));
  const Served chained(program(),
                       scratch.write("front.yaml", front("http://127.0.0.1:" + std::to_string(store.port()))));
  CHECK(chained.ask("GET", "/v4/livechat/agents", comm100_headers()).status == 200);

  Relay back;
  const Served second(program(), scratch.write("second.yaml", front(back.url())));
  const Served first(program(),
                     scratch.write("first.yaml", front("http://127.0.0.1:" + std::to_string(second.port()))));
  back.port = first.port();
  CHECK(first.ask("GET", "/v4/livechat/agents", comm100_headers()).status == 502);
  const std::vector<Answer> looped = back.answers();
  REQUIRE(!looped.empty());
  for (const Answer& answer : looped) CHECK(answer.status == 508);
}

TEST_CASE("a request's id is in the answer, in the access log and at the upstream; the log has client and listener" *
          doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor(answering([](const std::string&) { return http_answer(200, "[]"); }));
  const Scratch scratch;
  const std::string log = scratch / "access.log";
  Served served(program(),
                scratch.write("gateway.yaml",
                              "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nlog: {access: \"" + log +
                                  "\"}\nbackends: {next: {kind: comm100, url: \"" + vendor.url() +
                                  "\", auth: {bearer: secret}}}\nroutes:\n"
                                  "  - {facade: comm100, backend: next, auth: {bearer: secret}, request_id: true}\n"
                                  "  - {name: silent, prefix: /silent, facade: comm100, backend: next, auth: {bearer: "
                                  "secret}}\n"));
  const auto ask_with = [&served](const std::string& path, const std::string& id, const std::string& agent) {
    return served.ask("GET", path, {{"Authorization", "Bearer secret"}, {"X-Request-Id", id}, {"User-Agent", agent}});
  };
  const std::string agent = "shop/1.0 \"quoted\"\t\xff" + std::string(400, 'u');
  CHECK(ask_with("/v4/livechat/agents", "order-4711", agent).header("X-Request-Id") == "order-4711");
  const std::string made = ask_with("/v4/livechat/agents", "no good id", "curl").header("X-Request-Id");
  CHECK(made.size() == 32);
  CHECK(ask_with("/silent/v4/livechat/agents", "order-4712", "curl").count("X-Request-Id") == 0);
  served.process().signal(SIGTERM);
  CHECK(served.process().wait().code == 0);

  REQUIRE(vendor.requests().size() == 3);
  CHECK(contains(vendor.requests()[0], "\r\nX-Request-Id: order-4711\r\n"));
  CHECK(contains(vendor.requests()[1], "\r\nX-Request-Id: " + made + "\r\n"));
  CHECK(!contains(vendor.requests()[2], "X-Request-Id"));

  std::istringstream text(read_file(log));
  std::vector<Value> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(parse(line));
  REQUIRE(lines.size() == 3);
  const auto said = [&lines](std::size_t line, std::string_view name) {
    const Value* member = lines[line].find(name);
    return member == nullptr ? "(none)" : std::string(member->text);
  };
  CHECK(said(0, "request_id") == "order-4711");
  CHECK(said(1, "request_id") == made);
  CHECK(said(2, "request_id") == "(none)");
  CHECK(said(0, "agent").starts_with("shop/1.0 \"quoted\"\t\xef\xbf\xbd"));
  CHECK(said(0, "agent").size() < 300);
  CHECK(said(1, "agent") == "curl");
  CHECK(said(0, "listener") == "127.0.0.1:" + std::to_string(served.port()));
  CHECK(said(0, "tls") == "(none)");
}

TEST_CASE("the index of a listener lists its routes and no secret" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  const Scratch scratch;
  std::string text = demo_config(scratch / "parley.db");
  CHECK(Served(program(), scratch.write("silent.yaml", text)).ask("GET", "/").status == 404);
  text.insert(text.find("backends:"), "  index: true\n");
  const Served served(program(), scratch.write("gateway.yaml", text));
  const Answer index = served.ask("GET", "/");
  CHECK(index.status == 200);
  CHECK(value_at(index.body, "/routes/0/name") == "enghouse");
  CHECK(value_at(index.body, "/routes/3/name") == "pimenta");
  CHECK(value_at(index.body, "/routes/3/facade") == "rocketchat");
  CHECK(value_at(index.body, "/routes/3/prefix") == "/pimenta");
  CHECK(value_at(index.body, "/routes/1/example") == "/v4/livechat/agents");
  for (const char* secret : {"token", "demo-", "parley.db", "local", "sqlite"}) {
    CAPTURE(secret);
    CHECK(!contains(index.body, secret));
  }
  // An example works as it is shown, with the route's credentials if it says so.
  for (int i = 0; i < 4; ++i) {
    const std::string route = "/routes/" + std::to_string(i);
    const std::string facade = value_at(index.body, route + "/facade");
    const std::string example = value_at(index.body, route + "/example");
    CAPTURE(example);
    CHECK(!contains(example, ":"));
    Headers headers;
    if (value_at(index.body, route + "/credentials") == "true") {
      headers = facade == "comm100"      ? comm100_headers()
                : facade == "rocketchat" ? rocketchat_headers()
                                         : Headers{{"ctlivetoken", "demo-enghouse-token"}};
      const Answer without = served.ask("GET", example);
      CHECK((without.status == 401 || contains(without.body, "not authorized")));
    }
    const Answer answer = served.ask("GET", example, headers);
    CAPTURE(answer.body);
    CHECK(answer.status == 200);
    CHECK(!contains(answer.body, R"("result":false)"));
    CHECK(!contains(answer.body, R"("success":false)"));
  }
}

TEST_CASE("probes: OPTIONS and HEAD get the answer of the health pages") {
  const Operated gateway;
  for (const char* page : {"/readyz", "/healthz"}) {
    CAPTURE(page);
    CHECK(gateway.admin("OPTIONS", page).status == 200);
    Connection connection(gateway.admin_port());
    connection.send("OPTIONS " + std::string(page) + " HTTP/1.0\r\n\r\n");
    CHECK(connection.receive().status == 200);
    Connection head(gateway.admin_port());
    head.send("HEAD " + std::string(page) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(head.receive(true).status == 200);
  }
  CHECK(gateway.admin("OPTIONS", "/metrics").status == 405);
}

TEST_CASE("pages of other origins can read the headers of the vendor and the gateway" *
          doctest::skip(!built_with({"comm100", "rocketchat", "sqlite"}))) {
  const Scratch scratch;
  const Served served(
      program(),
      scratch.write("gateway.yaml",
                    "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
                        (scratch / "parley.db") +
                        "\", demo: true}}\nroutes:\n"
                        "  - {facade: rocketchat, backend: local, auth: none, request_id: true, rate_limit: "
                        "{requests: 100, per: 1m}}\n"
                        "  - {facade: comm100, backend: local, visitors: all, auth: {bearer: secret}, cors: {origins: "
                        "\"https://shop.example.com\", credentials: true}}\n"));
  /// Fetch, 3.2.4 and 4.1: a header is hidden unless it is safelisted or named.
  const auto hidden = [](const Answer& answer) {
    std::string names;
    const std::string listed = ", " + answer.header("Access-Control-Expose-Headers") + ',';
    for (const auto& [name, value] : answer.headers) {
      const bool plain = name == "Content-Type" || name == "Content-Length" || name == "Cache-Control" ||
                         name == "Pragma" || name == "Server" || name == "Date" || name == "Vary" ||
                         name.starts_with("Access-Control-");
      if (!plain && !contains(listed, ", " + name + ',')) names += name + ' ';
    }
    return names;
  };
  const Headers shop = {{"Origin", "https://shop.example.com"}};
  const Answer open = served.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd", shop);
  CHECK(open.header("Access-Control-Allow-Origin") == "*");
  CHECK(open.count("X-RateLimit-Remaining") == 1);
  CHECK(open.count("X-Request-Id") == 1);
  CHECK(hidden(open) == "");
  Headers good = shop;
  good.emplace_back("Authorization", "Bearer secret");
  const Answer listed = served.ask("GET", "/v4/livechat/visitors", good);
  CHECK(listed.header("Access-Control-Allow-Credentials") == "true");
  CHECK(listed.count("Parley-Loss") == 1);
  CHECK(hidden(listed) == "");
  CHECK(!contains(listed.header("Access-Control-Expose-Headers"), "*"));
  const Answer refused = served.ask("GET", "/v4/livechat/visitors", shop);
  CHECK(refused.status == 401);
  CHECK(refused.count("WWW-Authenticate") == 1);
  CHECK(hidden(refused) == "");
  CHECK(served.ask("GET", "/v4/livechat/visitors", {{"Origin", "https://evil.example"}})
            .count("Access-Control-Expose-Headers") == 0);
}

}  // namespace parley::test
