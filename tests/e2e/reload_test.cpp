// Reloading the real program: under load, with bad files, with listeners that come and go.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <system_error>
#include <thread>

#include "tests/support/operated.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {
namespace {

constexpr std::string_view visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";

std::string registration(const std::string& token) { return R"({"visitor": {"token": ")" + token + "\"}}"; }

}  // namespace

TEST_CASE("200 reloads while a load runs: no request fails" * doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  std::atomic<bool> end = false;
  std::atomic<int> failed = 0;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([&, client] {
      try {
        Connection connection(parley.port());
        for (int i = 0; !end; ++i) {
          // Reads from the cache, reads of records that change, and writes: each waits in a different way.
          const std::string token = "load" + std::to_string(client);
          const Answer answer = i % 3 == 0   ? connection.ask("POST", "/api/v1/livechat/visitor",
                                                              {{"Content-Type", "application/json"}}, registration(token))
                                : i % 3 == 1 ? connection.ask("GET", "/api/v1/livechat/visitor/" + token)
                                             : connection.ask("GET", visitor);
          ++(answer.status == 200 ? answered : failed);
        }
      } catch (const std::exception&) {
        ++failed;
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    parley.write("  - name: more\n    facade: rocketchat\n    backend: local\n    prefix: \"/more" + std::to_string(i) +
                 "\"\n    auth: none\n");
    const Answer answer = parley.admin("POST", "/reload");
    REQUIRE(answer.status == 200);
    CHECK(answer.body == "revision " + std::to_string(i + 2) + "\n");
    CHECK(parley.ask("GET", "/more" + std::to_string(i) + std::string(visitor)).status == 200);
    CHECK(parley.ask("GET", "/more" + std::to_string(i - 1) + std::string(visitor)).status == 404);
  }
  end = true;
  for (std::thread& client : clients) client.join();
  CHECK(failed == 0);
  CHECK(answered > 200);
}

TEST_CASE("SIGHUP reads the file again; the store and its records stay" *
          doctest::skip(!built_with({"rocketchat", "comm100"}))) {
  Operated parley;
  Connection open(parley.port());
  REQUIRE(open.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}}, registration("stays"))
              .status == 200);
  REQUIRE(open.ask("GET", "/more/api/v1/livechat/visitor/stays").status == 404);
  parley.write("  - name: more\n    facade: rocketchat\n    backend: local\n    prefix: \"/more\"\n    auth: none\n");
  parley.process().signal(SIGHUP);
  parley.process().wait_for_lines("revision 2");
  CHECK(open.ask("GET", "/more/api/v1/livechat/visitor/stays").status == 200);
  parley.write("");
  parley.process().signal(SIGHUP);
  parley.process().wait_for_lines("revision 3");
  CHECK(open.ask("GET", "/more/api/v1/livechat/visitor/stays").status == 404);
  CHECK(open.ask("GET", "/api/v1/livechat/visitor/stays").status == 200);
}

TEST_CASE("a bad file changes nothing, and every fault is told with its place" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  struct Case {
    const char* name;
    std::string text;
    std::vector<std::string> faults;
  };
  const std::string good = read_file(parley.file());
  const std::string file = parley.file();
  const auto line_of = [](const std::string& text, std::string_view what) {
    return std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(text.find(what)), '\n'));
  };
  const std::string unknown =
      good +
      "  - name: bad\n    facade: rocketcat\n    backend: local\n"
      "  - name: worse\n    facade: rocketchat\n    prefix: \"/w\"\n    backend: lokal\n    auth: none\n";
  std::string store = good;
  store.replace(store.find("demo: true"), 10, "page_changes: title");
  std::string workers = good;
  workers.replace(workers.find("workers: 2"), 10, "workers: 3");
  const Case cases[] = {
      {"no YAML", "server: [", {file + ":1:"}},
      {"no such names",
       unknown,
       {file + ":" + line_of(unknown, "facade: rocketcat") + ":13: routes[", "did you mean \"rocketchat\"",
        file + ":" + line_of(unknown, "backend: lokal") + ":14: routes[", "did you mean \"local\""}},
      {"the store's settings", store, {"backends.local: the store ", "is open with other settings: needs a restart"}},
      {"the workers", workers, {"server.workers: 3 instead of 2: needs a restart"}},
  };
  int failures = 0;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    parley.replace(one.text);
    const Answer answer = parley.admin("POST", "/reload");
    CHECK(answer.status == 422);
    CAPTURE(answer.body);
    for (const std::string& fault : one.faults) CHECK(answer.body.find(fault) != std::string::npos);
    const std::string state = parley.admin("GET", "/state").body;
    CHECK(value_at(state, "/revision") == "1");
    CHECK(value_at(state, "/reloads/failed") == std::to_string(++failures));
    CHECK(answer.body.starts_with(value_at(state, "/reloads/faults/0")));
    CHECK(parley.ask("GET", visitor).status == 200);
  }
  parley.process().signal(SIGHUP);
  parley.process().wait_for_lines("not reloaded",
                                  static_cast<std::size_t>(failures) + 2);  // one of them had two faults
  parley.replace(good);
  CHECK(parley.admin("POST", "/reload").status == 200);
  CHECK(value_at(parley.admin("GET", "/state").body, "/reloads/faults") == "[]");
}

TEST_CASE("a pipe in place of a file delays neither the next reload nor the stop" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  const std::string good = read_file(parley.file());
  const Scratch scratch;
  const std::string pipe = scratch / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  parley.write(
      "  - name: more\n    facade: comm100\n    backend: local\n    prefix: \"/more\"\n    auth: {bearer: {file: \"" +
      pipe + "\"}}\n");
  Answer answer = parley.admin("POST", "/reload");
  CHECK(answer.status == 422);
  CHECK(answer.body.find(".auth.bearer.file: expected a file that can be read, got \"" + pipe + "\"; a named pipe") !=
        std::string::npos);
  REQUIRE(::unlink(parley.file().c_str()) == 0);
  REQUIRE(::mkfifo(parley.file().c_str(), 0600) == 0);
  answer = parley.admin("POST", "/reload");
  CHECK(answer.status == 422);
  CHECK(answer.body.starts_with(parley.file() + ": cannot be read: a named pipe"));
  REQUIRE(::unlink(parley.file().c_str()) == 0);
  parley.replace(good);
  CHECK(parley.admin("POST", "/reload").status == 200);
  parley.process().signal(SIGTERM);
  CHECK(parley.process().wait().code == 0);
}

TEST_CASE("a listener is added and removed" * doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  Connection stays(parley.port());
  const std::string good = read_file(parley.file());
  const ReservedPort reserved;
  const std::uint16_t second = reserved.number();
  std::string more = good;
  more.replace(more.find("\"127.0.0.1:0\""), 13, "\"127.0.0.1:0\", \"127.0.0.1:" + std::to_string(second) + "\"");
  parley.replace(more);
  REQUIRE(parley.admin("POST", "/reload").status == 200);
  CHECK(ask(second, "GET", visitor).status == 200);
  Connection goes(second);
  CHECK(goes.ask("GET", visitor).status == 200);
  parley.replace(good);
  REQUIRE(parley.admin("POST", "/reload").status == 200);
  CHECK(goes.closes());
  CHECK_THROWS_AS(Connection{second}, std::system_error);
  CHECK(stays.ask("GET", visitor).status == 200);
}

TEST_CASE("certificates are renewed under load: no handshake and no request fails" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley;
  const Scratch scratch;
  const std::array<Certificate, 2> certificates = {make_certificate("IP:127.0.0.1"), make_certificate("IP:127.0.0.1")};
  const std::string both = scratch.write("both.pem", certificates[0].certificate + certificates[1].certificate);
  const auto show = [&](const Certificate& one) {
    scratch.write("certificate.pem", one.certificate);
    scratch.write("key.pem", one.key);
    return parley.admin("POST", "/reload").status;
  };
  std::string secured = read_file(parley.file());
  const ReservedPort reserved;
  const std::uint16_t port = reserved.number();
  secured.replace(secured.find("\"127.0.0.1:0\""), 13,
                  "\"127.0.0.1:0\", {address: \"127.0.0.1:" + std::to_string(port) + "\", tls: {certificate: \"" +
                      (scratch / "certificate.pem") + "\", key: \"" + (scratch / "key.pem") + "\"}}");
  parley.replace(secured);
  REQUIRE(show(certificates[0]) == 200);
  const auto curl = [port](const std::string& authority) {
    return run({.command = {"curl", "-sS", "-m", "10", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", authority,
                            "https://127.0.0.1:" + std::to_string(port) + std::string(visitor)}});
  };
  std::atomic<bool> end = false;
  std::atomic<int> failed = 0;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int client = 0; client < 3; ++client) {
    clients.emplace_back([&] {
      while (!end) {
        const Finished finished = curl(both);
        ++(finished.code == 0 && finished.out == "200" ? answered : failed);
      }
    });
  }
  for (int i = 1; i <= 20 || (answered < 20 && i <= 2000); ++i)
    CHECK(show(certificates[static_cast<std::size_t>(i % 2)]) == 200);
  CHECK(show(certificates[1]) == 200);
  end = true;
  for (std::thread& client : clients) client.join();
  CHECK(failed == 0);
  CHECK(curl(scratch.write("new.pem", certificates[1].certificate)).code == 0);
  CHECK(curl(scratch.write("old.pem", certificates[0].certificate)).code == 60);
  const std::string state = parley.admin("GET", "/state").body;
  CHECK(value_at(state, "/listeners/1/tls") == "true");
  CHECK(value_at(state, "/listeners/1/certificate_ends").starts_with("20"));

  scratch.write("key.pem", certificates[0].key);
  const Answer bad = parley.admin("POST", "/reload");
  CHECK(bad.status == 422);
  CHECK(bad.body.find("server.listen[1].tls.key: ") != std::string::npos);
  CHECK(curl(both).code == 0);
}

TEST_CASE("--listen replaces the file's listeners after a reload too" * doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  std::string text = demo_config(scratch / "parley.db");
  text.replace(text.find("127.0.0.1:0"), 11, "127.0.0.1:1");
  Served served(program(), scratch.write("gateway.yaml", text), 1, {"--listen", "127.0.0.1:0"});
  const std::uint16_t port = served.port();
  served.process().signal(SIGHUP);
  served.process().wait_for_lines("revision 2");
  CHECK(ask(port, "GET", visitor).status == 200);
}

}  // namespace parley::test
