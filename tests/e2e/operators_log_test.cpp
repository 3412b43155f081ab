// The operators' log of the real program: its first line, the fields of a failure, the next step, and JSON.
#include <doctest/doctest.h>

#include <csignal>
#include <regex>
#include <sstream>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

constexpr const char* trace = "0af7651916cd43dd8448eb211c80319c";

/// A Comm100 route over a Comm100 server, and an admin listener.
std::string over(const std::string& url, const std::string& log = {}) {
  return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\n"
         "admin: {listen: \"127.0.0.1:0\"}\n"
         "backends: {support: {kind: comm100, url: \"" +
         url +
         "\", auth: {bearer: upstream-secret}}}\n"
         "routes: [{name: integration, facade: comm100, backend: support, auth: {bearer: [client-secret]}}]\n" +
         log;
}

struct Gateway {
  explicit Gateway(const std::string& configuration, std::size_t listeners = 1)
      : file(scratch.write("gateway.yaml", configuration)), served(program(), file, listeners) {
    const std::string line = served.process().wait_for_lines("admin on http://").front();
    admin_port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  int agents() const {
    return served
        .ask("GET", "/v4/livechat/agents",
             {{"Authorization", "Bearer client-secret"},
              {"traceparent", std::string("00-") + trace + "-b7ad6b7169203331-01"}})
        .status;
  }
  /// Returns the first line of the log with this text.
  std::string line(std::string_view text) { return served.process().wait_for_lines(text).front(); }
  std::vector<std::string> stop() {
    served.process().signal(SIGTERM);
    CHECK(served.process().wait().code == 0);
    std::vector<std::string> lines;
    std::istringstream said(served.process().errors());
    for (std::string line; std::getline(said, line);) lines.push_back(line);
    return lines;
  }

  Scratch scratch;
  std::string file;
  Served served;
  std::uint16_t admin_port = 0;
};

std::string address_of(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

}  // namespace

TEST_CASE("the log's first line has version, file and addresses" * doctest::skip(!built_with({"comm100"}))) {
  Gateway gateway(over("http://127.0.0.1:9"));
  const std::string wanted = "info parley " PARLEY_VERSION;
  const std::string rest = " serves " + gateway.file + " with 1 worker on http://" + address_of(gateway.served.port()) +
                           ", admin on http://" + address_of(gateway.admin_port);
  gateway.line(rest);
  const std::string first = gateway.stop().front();
  CHECK(std::regex_search(first,
                          std::regex("^20..-..-..T..:..:..\\....Z info parley [0-9.]+( \\([0-9a-f]{12}\\))? serves ")));
  CHECK(contains(first, wanted));
  CHECK(first.ends_with(rest));
}

TEST_CASE("a failure has route, backend, server and trace; the breaker says why it opens" *
          doctest::skip(!built_with({"comm100"}))) {
  const ReservedPort nobody;
  const std::string server = address_of(nobody.number());
  Gateway gateway(over("http://" + server));
  for (int i = 0; i < 6; ++i) CHECK(gateway.agents() >= 500);
  const std::string failure = gateway.line("upstream_unreachable: ");
  CHECK(contains(failure, " error GET /v4/livechat/agents: upstream_unreachable: "));
  CHECK(contains(failure, server + ": Connection refused; nothing listens there"));
  CHECK(failure.ends_with(" route=integration backend=support upstream=" + server + " trace=" + trace));
  const std::string opened = gateway.line("the breaker has opened");
  CHECK(contains(opened, " error the breaker has opened: no call goes for 5 s; " + server + ": Connection refused"));
  CHECK(opened.ends_with(" backend=support upstream=" + server));

  const std::string state = ask(gateway.admin_port, "GET", "/state").body;
  CHECK(value_at(state, "/backends/0/upstreams/0/host") == server);
  CHECK(value_at(state, "/backends/0/upstreams/0/tls") == "false");
  CHECK(value_at(state, "/backends/0/upstreams/0/breaker") == "open");
  CHECK(value_at(state, "/backends/0/upstreams/0/since").starts_with("20"));
  CHECK(value_at(state, "/backends/0/upstreams/0/quota/calls") == "300");
  CHECK(value_at(state, "/backends/0/upstreams/0/quota/seconds") == "300");
  CHECK(value_at(state, "/backends/0/upstreams/0/last_error/at").starts_with("20"));
  CHECK(contains(value_at(state, "/backends/0/upstreams/0/last_error/text"), "upstream_unreachable: "));
  CHECK(contains(value_at(state, "/backends/0/upstreams/0/last_error/text"), server + ": Connection refused"));
  CHECK(!contains(state, "secret"));
}

TEST_CASE("log.format json: each line is an object with the same members, also after a reload" *
          doctest::skip(!built_with({"comm100"}))) {
  const ReservedPort nobody;
  const std::string server = address_of(nobody.number());
  Gateway gateway(over("http://" + server, "log: {format: json}\n"));
  for (int i = 0; i < 6; ++i) CHECK(gateway.agents() >= 500);
  gateway.line("the breaker has opened");
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 200);
  gateway.scratch.write("gateway.yaml", "server: [");
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 422);
  std::size_t failures = 0;
  std::size_t reloads = 0;
  for (const std::string& text : gateway.stop()) {
    CAPTURE(text);
    const Value line = parse(text);
    REQUIRE(line.find("time") != nullptr);
    CHECK(line.find("time")->text.size() == std::string_view("2026-11-29T18:19:52.123Z").size());
    REQUIRE(line.find("level") != nullptr);
    const std::string level(line.find("level")->text);
    CHECK((level == "debug" || level == "info" || level == "warn" || level == "error"));
    REQUIRE(line.find("message") != nullptr);
    if (contains(line.find("message")->text, "eloaded")) ++reloads;
    if (line.find("trace") == nullptr) continue;
    ++failures;
    CHECK(line.find("route")->text == "integration");
    CHECK(line.find("backend")->text == "support");
    CHECK(line.find("upstream")->text == server);
    CHECK(line.find("trace")->text == trace);
    CHECK(line.find("error")->text == "upstream_unreachable");
  }
  CHECK(failures >= 5);
  CHECK(reloads >= 2);
}

TEST_CASE("a reload changes the format of the log" * doctest::skip(!built_with({"comm100"}))) {
  Gateway gateway(over("http://127.0.0.1:9"));
  gateway.scratch.write("gateway.yaml", over("http://127.0.0.1:9", "log: {format: json}\n"));
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 200);
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 200);
  const std::vector<std::string> lines = gateway.stop();
  CHECK(contains(lines.front(), " info parley "));
  CHECK(lines.back().starts_with("{\"time\":"));
}

TEST_CASE("an answer that is no JSON is told by its place and fault, without what is in it" *
          doctest::skip(!built_with({"comm100", "enghouse", "rocketchat"}))) {
  struct Case {
    const char* name;
    const char* backend;
    const char* facade;
    const char* target;
  };
  const Case cases[] = {
      {"comm100", "kind: comm100, auth: {bearer: upstream-secret}", "facade: comm100, auth: {bearer: [client-secret]}",
       "/v4/livechat/agents"},
      {"rocketchat", "kind: rocketchat, auth: {user_id: u, token: upstream-secret}",
       "facade: comm100, auth: {bearer: [client-secret]}", "/v4/livechat/agents"},
      {"enghouse", "kind: enghouse, auth: {token: upstream-secret}", "facade: enghouse, auth: none",
       "/livechat/getContactByChatID/CHAT_1"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer vendor(answering([](const std::string&) {
      return http_answer(200, "[{\"name\": \"private-name\",\n  \"email\": private-mail}]",
                         {{"Content-Type", "application/json"}});
    }));
    Gateway gateway(
        "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nadmin: {listen: \"127.0.0.1:0\"}\n"
        "backends: {support: {" +
        std::string(one.backend) + ", url: \"" + vendor.url() +
        "\"}}\nroutes: [{name: integration, backend: support, " + one.facade + "}]\n");
    gateway.served.ask("GET", one.target, {{"Authorization", "Bearer client-secret"}});
    const std::string line = gateway.line("upstream_failed: ");
    CAPTURE(line);
    CHECK(contains(line, "(line 2, column 12)"));
    CHECK(contains(line, "200 application/json, "));
    CHECK(!contains(line, "private"));
    CHECK(contains(line, " route=integration backend=support upstream=" + address_of(vendor.port()) + " trace="));
  }
}

TEST_CASE("what an upstream says of a failure is for the log, without the credentials that it repeats" *
          doctest::skip(!built_with({"comm100", "enghouse", "rocketchat"}))) {
  ScriptedServer vendor(answering([](const std::string& request) {
    const std::size_t begin = request.find("Authorization: ");
    return http_answer(500, "INSIDE " + request.substr(begin, request.find("\r\n", begin) - begin));
  }));
  Gateway gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nadmin: {listen: \"127.0.0.1:0\"}\n"
      "backends: {support: {kind: comm100, url: \"" +
      vendor.url() +
      "\", auth: {bearer: upstream-secret}}}\nroutes:\n"
      "  - {facade: enghouse, backend: support, auth: none}\n"
      "  - {facade: comm100, backend: support, auth: none}\n"
      "  - {facade: rocketchat, backend: support, auth: none}\n");
  for (const char* target : {"/livechat/getContactByChatID/CHAT_3d59f909-24cd-43bc-89cb-00a320617c0a?callback=show",
                             "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a",
                             "/api/v1/livechat/visitor/3d59f909-24cd-43bc-89cb-00a320617c0a"}) {
    CAPTURE(target);
    const Answer answer = gateway.served.ask("GET", target);
    CHECK(contains(answer.body, "fail"));
    std::string all = answer.body;
    for (const auto& [name, value] : answer.headers) all.append(name).append(value);
    CHECK(!contains(all, "INSIDE"));
    CHECK(!contains(all, "secret"));
  }
  gateway.served.process().wait_for_lines(": INSIDE Authorization: Bearer [secret]", 3);
  for (const std::string& line : gateway.stop()) CHECK(!contains(line, "upstream-secret"));
}

TEST_CASE("a 404 in HTML is reported as a wrong path, not as a missing record" *
          doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor(answering([](const std::string&) {
    return http_answer(404, "<html>private</html>", {{"Content-Type", "text/html"}});
  }));
  Gateway gateway(over(vendor.url()));
  const Answer answer = gateway.served.ask("GET", "/v4/livechat/agents/fef5015b-8102-457e-b69b-471a55487837",
                                           {{"Authorization", "Bearer client-secret"}});
  CHECK(answer.status == 502);
  CHECK(contains(gateway.line("upstream_failed: "),
                 "; the server does not know /v4/livechat/agents/*: check backends.support.url "));
}

TEST_CASE("the log of an upstream's 401 names the key of the configuration" * doctest::skip(!built_with({"comm100"}))) {
  ScriptedServer vendor(answering([](const std::string&) { return http_answer(401, "{}"); }));
  Gateway gateway(over(vendor.url()));
  CHECK(gateway.agents() >= 400);
  const std::string line = gateway.line("upstream_denied: ");
  CHECK(contains(line, "; check backends.support.auth.bearer "));
  CHECK(!contains(line, "secret"));
}

TEST_CASE("a call that the upstream does not know is a warning that names the call" *
          doctest::skip(!built_with({"comm100", "rocketchat"}))) {
  ScriptedServer vendor(answering([](const std::string&) {
    return http_answer(404, "<html>private</html>", {{"Content-Type", "text/html"}});
  }));
  Gateway gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nadmin: {listen: \"127.0.0.1:0\"}\n"
      "backends: {rooms: {kind: rocketchat, url: \"" +
      vendor.url() +
      "\", auth: {user_id: u, token: upstream-secret}}}\n"
      "routes: [{name: integration, facade: comm100, backend: rooms, auth: {bearer: [client-secret]}}]\n");
  CHECK(gateway.agents() >= 400);
  const std::string line = gateway.line("unsupported_operation: ");
  CHECK(contains(line, " warn GET /v4/livechat/agents: unsupported_operation: "));
  CHECK(contains(line, "the Rocket.Chat server does not know this call: "));
  CHECK(contains(line, " route=integration backend=rooms upstream=" + address_of(vendor.port())));
  CHECK(!contains(line, "secret"));
}

TEST_CASE("a certificate that ends within 14 days is logged at the start and at a reload" *
          doctest::skip(!built_with({"comm100"}))) {
  const Scratch files;
  const Certificate soon = make_certificate("IP:127.0.0.1", 5);
  const Certificate later = make_certificate("IP:127.0.0.1", 400);
  std::string text = over("http://127.0.0.1:9");
  const std::string plain = "listen: [\"127.0.0.1:0\"]";
  const std::string certificate = files.write("certificate.pem", soon.certificate);
  text.replace(text.find(plain), plain.size(),
               "listen: [{address: \"127.0.0.1:0\", tls: {certificate: \"" + certificate + "\", key: \"" +
                   files.write("key.pem", soon.key) + "\"}}]");
  Gateway gateway(text);
  const std::string line = gateway.line("the certificate of ");
  CHECK(contains(line, " warn the certificate of https://" + address_of(gateway.served.port()) + " ends in "));
  CHECK(contains(line, "; renew " + certificate + " and reload"));
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 200);
  gateway.served.process().wait_for_lines("the certificate of ", 2);
  files.write("certificate.pem", later.certificate);
  files.write("key.pem", later.key);
  CHECK(ask(gateway.admin_port, "POST", "/reload").status == 200);
  std::size_t warnings = 0;
  for (const std::string& one : gateway.stop()) warnings += contains(one, "the certificate of ") ? 1 : 0;
  CHECK(warnings == 2);
}

}  // namespace parley::test
