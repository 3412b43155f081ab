// The real program as an operator sees it: metrics, access log, traces, the log and its level.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>

#include "tests/support/contains.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/json.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

constexpr const char* chat = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";
constexpr const char* given_trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr const char* given_trace_id = "0af7651916cd43dd8448eb211c80319c";

/// A gateway with an admin listener and an access log.
struct Gateway {
  explicit Gateway(const std::string& configuration)
      : served(program(),
               scratch.write("gateway.yaml", configuration + "admin: {listen: \"127.0.0.1:0\"}\nlog: {access: \"" +
                                                 (scratch / "access.log") + "\"}\n")) {
    const std::string line = served.process().wait_for_lines("admin on http://").front();
    admin_port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  Answer admin(std::string_view method, std::string_view target) const { return ask(admin_port, method, target); }
  std::string metrics() const {
    const Answer answer = admin("GET", "/metrics");
    CHECK(answer.status == 200);
    CHECK(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    return answer.body;
  }
  /// Ends the program and returns all lines of its access log.
  std::vector<Value> stop() {
    served.process().signal(SIGTERM);
    CHECK(served.process().wait().code == 0);
    return lines_of("access.log");
  }
  std::vector<Value> lines_of(std::string_view name) const {
    std::vector<Value> lines;
    std::istringstream text(read_file(scratch / name));
    for (std::string line; std::getline(text, line);) lines.push_back(parse(line));
    return lines;
  }

  Scratch scratch;
  Served served;
  std::uint16_t admin_port = 0;
};

std::string text_of(const Value& line, std::string_view name) {
  const Value* member = line.find(name);
  return member == nullptr ? "(none)" : std::string(member->text);
}

/// A route of Comm100's style over a Comm100 server.
std::string over(const std::string& url) {
  return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\n"
         "backends: {support: {kind: comm100, url: \"" +
         url +
         "\", auth: {bearer: upstream-secret}}}\n"
         "routes: [{name: integration, facade: comm100, backend: support, auth: {bearer: [client-secret]}}]\n";
}

}  // namespace

TEST_CASE("requests of all styles are counted, and promtool accepts the text" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  Scratch folder;
  const Gateway gateway(demo_config(folder / "parley.db"));
  const Served& served = gateway.served;
  for (int i = 0; i < 3; ++i) CHECK(served.ask("GET", std::string(chat) + "?callback=show").status == 200);
  CHECK(served.ask("GET", "/v4/livechat/visitors", comm100_headers()).status == 200);
  CHECK(served.ask("GET", "/v4/livechat/visitors").status == 401);
  CHECK(served
            .ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                 R"({"visitor": {"token": "observed-token"}})")
            .status == 200);
  CHECK(served.ask("GET", "/api/v1/livechat/visitor/observed-token").status == 200);
  CHECK(served.ask("GET", "/v4/livechat/nothing").status == 404);
  CHECK(served.ask("GET", "/nobody").status == 404);
  Connection broken(served.port());
  broken.send("GET / HTTP/1.1\r\nno header\r\n\r\n");
  CHECK(broken.receive().status == 400);

  const std::string text = gateway.metrics();
  check_with_promtool(text);
  const Metrics metrics(text);
  const auto requests = [&metrics](const std::string& labels) {
    return metrics.value("parley_requests_total", labels);
  };
  CHECK(requests(R"(route="enghouse",style="enghouse",operation="GetChatContact",status="200")") == "3");
  CHECK(requests(R"(route="comm100",style="comm100",operation="ListVisitors",status="200")") == "1");
  CHECK(requests(R"(route="comm100",style="comm100",operation="ListVisitors",status="401")") == "1");
  CHECK(requests(R"(route="comm100",style="comm100",operation="",status="404")") == "1");
  CHECK(requests(R"(route="rocketchat",style="rocketchat",operation="RegisterVisitor",status="200")") == "1");
  CHECK(requests(R"(route="rocketchat",style="rocketchat",operation="GetVisitor",status="200")") == "1");
  CHECK(requests(R"(route="",style="",operation="",status="404")") == "1");
  CHECK(requests(R"(route="",style="",operation="",status="400")") == "1");
  CHECK(metrics.sum("parley_requests_total") == 10);
  CHECK(metrics.sum("parley_request_seconds_count") == 10);
  CHECK(metrics.value("parley_request_seconds_count",
                      R"(route="enghouse",style="enghouse",operation="GetChatContact")") == "3");
  CHECK(metrics.value("parley_loss_total", R"(field="visitor.token")") == "1");  // Comm100 has no token
  CHECK(metrics.value("parley_connections_accepted_total") == "10");
  CHECK(metrics.value("parley_store_commits_total", R"(backend="local")") != "0");
  CHECK(metrics.value("parley_reloads_total", R"(outcome="good")") == "0");
  CHECK(metrics.value("parley_log_lines_dropped_total", R"(log="access")") == "0");
  CHECK(std::stod(metrics.value("process_open_fds")) > 5);
  CHECK(!contains(text, "observed-token"));
}

TEST_CASE("the access log has a line for each request, and no secret" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  Scratch folder;
  Gateway gateway(demo_config(folder / "parley.db"));
  const Served& served = gateway.served;
  served.ask("GET", std::string(chat) + "?callback=secretCallback&ctlivetoken=secret-in-query",
             {{"traceparent", given_trace}, {"Cookie", "secret-cookie"}});
  served.ask("GET", "/v4/livechat/visitors", comm100_headers());
  served.ask("GET", "/v4/livechat/visitors", {{"Authorization", "Bearer secret-wrong"}, {"traceparent", "00-bad"}});
  served.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
             R"({"visitor": {"token": "secret-visitor", "name": "secret-name"}})");
  served.ask("GET", "/api/v1/livechat/visitor/secret-visitor");
  served.ask("GET", "/secret-path?secret=query");
  const std::vector<Value> lines = gateway.stop();
  REQUIRE(lines.size() == 6);

  const std::string text = read_file(gateway.scratch / "access.log");
  for (const char* secret : {"secret", "demo-comm100-token", "Bearer", "callback", "fef5015b", "?"}) {
    CAPTURE(secret);
    CHECK(!contains(text, secret));
  }
  const std::string said = gateway.served.process().errors() + gateway.served.process().output();
  CHECK(!contains(said, "secret"));

  std::map<std::string, const Value*> by_endpoint;
  for (const Value& line : lines) by_endpoint[text_of(line, "operation") + ' ' + text_of(line, "status")] = &line;
  const Value* contact = by_endpoint["GetChatContact 200"];
  REQUIRE(contact != nullptr);
  CHECK(text_of(*contact, "route") == "enghouse");
  CHECK(text_of(*contact, "style") == "enghouse");
  CHECK(text_of(*contact, "method") == "GET");
  CHECK(text_of(*contact, "client") == "127.0.0.1");
  CHECK(text_of(*contact, "trace") == given_trace_id);
  CHECK(text_of(*contact, "span").size() == 16);
  CHECK(text_of(*contact, "endpoint").starts_with("/livechat/getContactByChatID/:"));
  CHECK(std::stoi(text_of(*contact, "received")) > 100);
  CHECK(std::stoi(text_of(*contact, "sent")) > 3000);
  const Value* times = contact->find("us");
  REQUIRE(times != nullptr);
  CHECK(times->children.size() == 5);
  CHECK(contact->find("upstream") == nullptr);

  const Value* visitors = by_endpoint["ListVisitors 200"];
  REQUIRE(visitors != nullptr);
  CHECK(visitors->find("principal") != nullptr);
  CHECK(visitors->find("losses") != nullptr);
  const Value* denied = by_endpoint["ListVisitors 401"];
  REQUIRE(denied != nullptr);
  CHECK(text_of(*denied, "error") == "unauthorized");
  CHECK(denied->find("principal") == nullptr);
  CHECK(text_of(*denied, "trace").size() == 32);  // a malformed trace is replaced by a new one
  CHECK(by_endpoint.contains("RegisterVisitor 200"));
  CHECK(by_endpoint.contains("(none) 404"));
}

TEST_CASE("the access log distinguishes a failed login from other refusals, whatever its status" *
          doctest::skip(!built_with({"comm100", "rocketchat", "sqlite"}))) {
  Scratch folder;
  Gateway gateway("server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
                  (folder / "parley.db") +
                  "\"}}\nroutes:\n"
                  "  - {facade: comm100, backend: local, auth: {logins: [{email: \"a@b.example\", password: right}]}}\n"
                  "  - {facade: rocketchat, backend: local, auth: {logins: [{id: i, name: ann, password: right}]}}\n");
  const Headers json = {{"Content-Type", "application/json"}};
  const auto token = [&](const std::string& form) { return gateway.served.ask("POST", "/oauth/token", {}, form); };
  const std::string grant = "grant_type=password&email=a%40b.example&password=";
  CHECK(token(grant + "right").status == 200);
  CHECK(token(grant + "wrong").status == 400);
  CHECK(token("email=a%40b.example").status == 400);
  CHECK(gateway.served.ask("POST", "/api/v1/login", json, R"({"user":"ann","password":"right"})").status == 200);
  CHECK(gateway.served.ask("POST", "/api/v1/login", json, R"({"user":"ann","password":"wrong"})").status == 401);
  std::vector<std::string> told;
  for (const Value& line : gateway.stop()) {
    CHECK(text_of(line, "operation") == "Login");
    told.push_back(text_of(line, "style") + ' ' + text_of(line, "status") + ' ' + text_of(line, "error"));
  }
  CHECK(told == std::vector<std::string>{"comm100 200 (none)", "comm100 400 unauthorized", "comm100 400 missing_field",
                                         "rocketchat 200 (none)", "rocketchat 401 unauthorized"});
}

TEST_CASE("SIGHUP opens the access log again after a rotation" * doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor(answering([](const std::string&) { return http_answer(200, "[]"); }));
  Gateway gateway(over(vendor.url()));
  const Headers credentials = {{"Authorization", "Bearer client-secret"}};
  CHECK(gateway.served.ask("GET", "/v4/livechat/agents", credentials).status == 200);
  std::filesystem::rename(gateway.scratch / "access.log", gateway.scratch / "access.log.1");
  gateway.served.process().signal(SIGHUP);
  gateway.served.process().wait_for_lines("reloaded ");
  CHECK(gateway.served.ask("GET", "/v4/livechat/agents", credentials).status == 200);
  CHECK(gateway.served.ask("GET", "/v4/livechat/agents", credentials).status == 200);
  const std::size_t after = gateway.stop().size();
  CHECK(after >= 2);  // the first line may have been written late
  CHECK(after + gateway.lines_of("access.log.1").size() == 3);
  CHECK(vendor.requests().size() >= 1);
}

TEST_CASE("a trace is passed to the upstream as a child, and logged" * doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor(answering([](const std::string&) { return http_answer(200, "[]"); }));
  Gateway gateway(over(vendor.url()));
  const std::string credentials = "Bearer client-secret";
  CHECK(gateway.served.ask("GET", "/v4/livechat/agents", {{"Authorization", credentials}, {"traceparent", given_trace}})
            .status == 200);
  const Metrics metrics(gateway.metrics());
  CHECK(metrics.value("parley_upstream_calls_total", R"(backend="support",outcome="good")") == "1");
  CHECK(metrics.value("parley_upstream_connections", R"(backend="support")") == "1");
  const std::vector<Value> lines = gateway.stop();
  REQUIRE(lines.size() == 1);
  CHECK(text_of(lines[0], "trace") == given_trace_id);
  const Value* upstream = lines[0].find("upstream");
  REQUIRE(upstream != nullptr);
  CHECK(text_of(*upstream, "backend") == "support");
  CHECK(text_of(*upstream, "calls") == "1");
  CHECK(std::stoi(text_of(*upstream, "us")) > 0);
  REQUIRE(vendor.requests().size() == 1);
  const std::string sent = vendor.requests()[0];
  CHECK(contains(sent,
                 "\r\ntraceparent: 00-" + std::string(given_trace_id) + '-' + text_of(lines[0], "span") + "-01\r\n"));
  CHECK(!contains(sent, "b7ad6b7169203331"));  // the caller's span, which ours replaces
  CHECK(!contains(read_file(gateway.scratch / "access.log"), "secret"));
}

TEST_CASE("a dead upstream shows as errors by code, even if every status is 200" *
          doctest::skip(!built_with({"enghouse"}))) {
  const ReservedPort nobody;
  const Gateway gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 2}\n"
      "routes: [{name: crm, facade: enghouse, backend: ctlive, auth: {tokens: [client-secret]}}]\n"
      "backends: {ctlive: {kind: enghouse, auth: {token: upstream-secret}, url: \"http://127.0.0.1:" +
      std::to_string(nobody.number()) + "\"}}\n");
  for (int i = 0; i < 8; ++i) CHECK(gateway.served.ask("GET", chat).status == 200);
  CHECK(gateway.served.ask("GET", "/livechat/nothing").status == 404);
  const Metrics metrics(gateway.metrics());
  const std::string series = R"(route="crm",style="enghouse",operation="GetChatContact")";
  CHECK(metrics.value("parley_requests_total", series + R"(,status="200")") == "8");
  CHECK(metrics.value("parley_errors_total", series + R"(,error="upstream_unreachable")") == "8");
  CHECK(metrics.value("parley_errors_total", R"(route="crm",style="enghouse",operation="",error="no_such_endpoint")") ==
        "1");
  CHECK(metrics.sum("parley_errors_total") == 9);
  // Three of them were not sent: the breaker had opened.
  CHECK(metrics.value("parley_upstream_request_seconds_count", R"(backend="ctlive",operation="GetChatContact")") ==
        "5");
  CHECK(metrics.value("parley_upstream_breaker", R"(backend="ctlive")") == "2");
}

TEST_CASE("losses by route, refused credentials, and the last reload" *
          doctest::skip(!built_with({"comm100", "rocketchat", "sqlite"}))) {
  Scratch folder;
  Gateway gateway(demo_config(folder / "parley.db", false));
  const Headers json = {{"Content-Type", "application/json"}};
  CHECK(gateway.served.ask("POST", "/api/v1/livechat/visitor", json, R"({"visitor": {"token": "t"}})").status == 200);
  CHECK(gateway.served.ask("GET", "/v4/livechat/visitors", comm100_headers()).status == 200);
  CHECK(gateway.served.ask("GET", "/v4/livechat/visitors").status == 401);
  CHECK(gateway.served.ask("GET", "/v4/livechat/visitors", {{"Authorization", "Bearer wrong"}}).status == 401);
  const Metrics before(gateway.metrics());
  CHECK(before.value("parley_route_losses_total", R"(route="comm100",style="comm100",field="visitor.token")") == "1");
  CHECK(before.value("parley_loss_total", R"(field="visitor.token")") == "1");
  CHECK(before.value("parley_credentials_refused_total") == "2");
  CHECK(before.value("parley_config_last_reload_successful") == "1");
  const double started = std::stod(before.value("process_start_time_seconds"));
  CHECK(std::stod(before.value("parley_config_last_reload_timestamp_seconds")) >= started - 1);

  const std::string good = read_file(gateway.scratch / "gateway.yaml");
  gateway.scratch.write("gateway.yaml", "routes: 5\n");
  CHECK(gateway.admin("POST", "/reload").status == 422);
  CHECK(Metrics(gateway.metrics()).value("parley_config_last_reload_successful") == "0");
  gateway.scratch.write("gateway.yaml", good);
  CHECK(gateway.admin("POST", "/reload").status == 200);
  const Metrics after(gateway.metrics());
  CHECK(after.value("parley_config_last_reload_successful") == "1");
  CHECK(after.value("parley_route_losses_total", R"(route="comm100",style="comm100",field="visitor.token")") == "1");
}

TEST_CASE("what a lossless route refuses is counted and logged with its fields, whoever finds the loss" *
          doctest::skip(!built_with({"comm100", "rocketchat", "sqlite"}))) {
  ScriptedServer vendor(answering([](const std::string&) {
    return http_answer(200, R"([{"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","name":"Ann \ud83d"}])");
  }));
  Scratch folder;
  Gateway gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends:\n  local: {kind: sqlite, path: \"" +
      (folder / "parley.db") + "\"}\n  support: {kind: comm100, url: \"" + vendor.url() +
      "\", auth: none}\nroutes:\n"
      "  - {name: widget, facade: rocketchat, backend: local, auth: none}\n"
      "  - {name: reports, facade: comm100, backend: local, auth: none, loss: lossless}\n"
      "  - {name: writes, facade: rocketchat, emit: comm100, prefix: /w, backend: local, auth: none, loss: lossless}\n"
      "  - {name: far, facade: comm100, prefix: /far, backend: support, auth: none, loss: lossless}\n");
  const Headers json = {{"Content-Type", "application/json"}};
  const char* visitor = R"({"visitor": {"token": "t"}})";
  CHECK(gateway.served.ask("POST", "/api/v1/livechat/visitor", json, visitor).status == 200);
  CHECK(gateway.served.ask("GET", "/v4/livechat/visitors").status == 409);
  CHECK(gateway.served.ask("GET", "/far/v4/livechat/visitors").status == 409);
  CHECK(gateway.served.ask("POST", "/w/api/v1/livechat/visitor", json, visitor).status == 409);
  CHECK(gateway.served
            .ask("PUT", "/far/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a", json,
                 R"([{"name":"order","value":4711,"url":""}])")
            .status >= 400);
  const Metrics metrics(gateway.metrics());
  const auto lost = [&metrics](const std::string& route, const std::string& style, const std::string& field) {
    return metrics.value("parley_route_losses_total",
                         "route=\"" + route + "\",style=\"" + style + "\",field=\"" + field + '"');
  };
  CHECK(lost("reports", "comm100", "visitor.token") == "1");
  CHECK(lost("far", "comm100", "visitor.name") == "1");
  CHECK(lost("writes", "rocketchat", "visitor.token") == "1");
  for (const auto& expected : {std::pair(" route=reports backend=local trace=", "visitor.token"),
                               std::pair(" route=far backend=support upstream=", "visitor.name"),
                               std::pair(" route=writes backend=local trace=", "visitor.token")}) {
    CAPTURE(expected.first);
    const std::string line = gateway.served.process().wait_for_lines(expected.first).front();
    CAPTURE(line);
    CHECK(contains(line, " warn "));
    CHECK(contains(line, ": lossy: gateway: the answer cannot carry "));
    CHECK(contains(line, expected.second));
  }
  std::map<std::string, std::string> fields;
  for (const Value& line : gateway.stop()) {
    if (text_of(line, "error") != "lossy" || text_of(line, "method") == "PUT") continue;
    const Value* losses = line.find("losses");
    REQUIRE(losses != nullptr);
    for (const Value& field : losses->children) fields[text_of(line, "route")] += std::string(field.text) + ' ';
  }
  CHECK(contains(fields["reports"], "visitor.token "));
  CHECK(contains(fields["writes"], "visitor.token "));
  CHECK(contains(fields["far"], "visitor.name "));
}

TEST_CASE("requests that wait for a backend are shown with their limits" * doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor([](Peer& peer) {
    peer.read_request();
    peer.hang();
  });
  const Gateway gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1, limits: {in_flight: 2, queue: 7, queue_wait: 60s}}\n"
      "routes: [{name: integration, facade: comm100, backend: support, auth: {bearer: [client-secret]}}]\n"
      "backends: {support: {kind: comm100, auth: {bearer: upstream-secret}, url: \"" +
      vendor.url() + "\"}}\n");
  std::vector<std::unique_ptr<Connection>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<Connection>(gateway.served.port()));
    clients.back()->send(request_text("GET", "/v4/livechat/agents", {{"Authorization", "Bearer client-secret"}}));
  }
  CHECK(eventually([&] {
    const Metrics metrics(gateway.metrics());
    return metrics.value("parley_requests_in_flight") == "2" && metrics.value("parley_requests_queued") == "1";
  }));
  const Metrics metrics(gateway.metrics());
  CHECK(metrics.value("parley_requests_in_flight_limit") == "2");
  CHECK(metrics.value("parley_requests_queued_limit") == "7");
  CHECK(metrics.value("parley_connections_limit") == "20000");
  CHECK(std::stod(metrics.value("parley_held_bytes")) > 0);
  CHECK(metrics.value("parley_held_limit_bytes") == "268435456");
}

TEST_CASE("the log's level can be read and changed" * doctest::skip(!built_with({"comm100"}))) {
  Gateway gateway(over("http://127.0.0.1:9"));
  CHECK(gateway.admin("GET", "/log").body == "level info\n");
  CHECK(gateway.served.ask("GET", "/v4/nothing").status == 404);
  CHECK(gateway.admin("POST", "/log?level=chatty").status == 400);
  CHECK(gateway.admin("POST", "/log").status == 400);
  CHECK(gateway.admin("GET", "/log").body == "level info\n");
  CHECK(gateway.admin("POST", "/log?level=debug").status == 200);
  CHECK(gateway.admin("GET", "/log").body == "level debug\n");
  CHECK(!contains(gateway.served.process().errors(), "no_such_endpoint"));
  CHECK(gateway.served.ask("GET", "/v4/nothing").status == 404);
  gateway.served.process().wait_for_lines("no_such_endpoint");
  CHECK(gateway.admin("POST", "/reload").status == 200);
  CHECK(gateway.admin("GET", "/log").body == "level info\n");  // the level of the file again
}

TEST_CASE("a flood of failures is told in a few lines" * doctest::skip(!built_with({"comm100"}))) {
  const ReservedPort nobody;
  Gateway gateway(over("http://127.0.0.1:" + std::to_string(nobody.number())));
  Connection connection(gateway.served.port());
  constexpr int requests = 300;
  for (int i = 0; i < requests; ++i) {
    CHECK(connection.ask("GET", "/v4/livechat/agents", {{"Authorization", "Bearer client-secret"}}).status >= 500);
  }
  gateway.served.process().wait_for_lines("more requests were refused: upstream_unreachable");
  const std::vector<Value> lines = gateway.stop();
  CHECK(lines.size() == requests);  // the access log has all of them
  std::istringstream said(gateway.served.process().errors());
  int told = 0;
  int held = 0;
  for (std::string line; std::getline(said, line);) {
    if (contains(line, "upstream_unreachable: ")) ++told;
    const std::size_t more = line.find(" more requests were refused: upstream_unreachable");
    if (more != std::string::npos) CHECK(line.ends_with(" route=integration backend=support"));
    if (more != std::string::npos) held += std::stoi(line.substr(line.rfind(' ', more - 1) + 1));
  }
  CHECK(told >= 5);
  CHECK(told < requests / 2);
  CHECK(told + held == requests);
}

}  // namespace parley::test
