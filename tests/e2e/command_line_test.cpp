// The command line as users see it: exit codes, faults with their place, and each command once with real files.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

Finished parley(std::vector<std::string> arguments, std::string input = {}) {
  arguments.insert(arguments.begin(), program());
  return run({.command = std::move(arguments), .input = std::move(input)});
}

}  // namespace

TEST_CASE("--version, --help and wrong usage") {
  const Finished version = parley({"--version"});
  CHECK(version.code == 0);
  CHECK(contains(version.out, "0.1.0"));
  const Finished help = parley({"--help"});
  CHECK(help.code == 0);
  for (const char* command :
       {"serve", "check", "routes", "translate", "fidelity", "schema", "load", "erase", "export", "backup", "dump"}) {
    CAPTURE(command);
    CHECK(contains(help.out, command));
    const Finished own = parley({command, "--help"});
    CHECK(own.code == 0);
    CHECK(own.out.size() > 20);
  }
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{},
                                             {"dance"},
                                             {"serve", "--nothing"},
                                             {"serve", "--listen", "nowhere"},
                                             {"translate"},
                                             {"translate", "--from", "x", "--to", "y"},
                                             {"load"}}) {
    CAPTURE(wrong.size());
    const Finished refused = parley(wrong);
    CHECK(refused.code == 64);
    CHECK(!refused.err.empty());
  }
}

TEST_CASE("--listen takes one address; for two in one text the error says how to give them") {
  const Finished refused = parley({"serve", "--listen", "127.0.0.1:0,127.0.0.2:0"});
  CHECK(refused.code == 64);
  CHECK(refused.err ==
        "parley: --listen: \"127.0.0.1:0,127.0.0.2:0\" is not HOST:PORT with a numeric address; give --listen for "
        "each\n");
}

TEST_CASE("a closed standard input is a configuration that cannot be read") {
  for (const char* command : {"check", "serve", "routes"}) {
    CAPTURE(command);
    const Finished refused =
        run({.command = {"/bin/sh", "-c", "exec \"$0\" \"$1\" --config - <&-", program(), command}});
    CHECK(refused.code == 2);
    CHECK(refused.err == "<stdin>: Bad file descriptor\n");
  }
}

TEST_CASE("a bad configuration ends check and serve alike: code 2, every fault at once, each with its place") {
  const Scratch scratch;
  const std::string file = scratch.write("bad.yaml", R"(server:
  listen: ["127.0.0.1:0"]
  wrokers: 2
backends:
  local:
    kind: sqlite
    path: "${PARLEY_NO_SUCH_VARIABLE}/x.db"
routes:
  - name: one
    facade: enghouse
    backend: locl
    auth: none
    auth: none
)");
  const Finished checked = parley({"check", "--config", file});
  const Finished served = parley({"serve", "--config", file});
  CHECK(checked.code == 2);
  CHECK(served.code == 2);
  CHECK(checked.err == served.err);
  CHECK(contains(checked.err, file + ":3:3: server.wrokers: "));
  CHECK(contains(checked.err, "workers"));
  CHECK(contains(checked.err, file + ":7:"));
  CHECK(contains(checked.err, "PARLEY_NO_SUCH_VARIABLE"));
  CHECK(contains(checked.err, file + ":11:"));
  CHECK(contains(checked.err, "local"));
  CHECK(contains(checked.err, file + ":13:"));
}

TEST_CASE("a configuration that cannot be read, and one that is not YAML") {
  const Scratch scratch;
  const Finished absent = parley({"serve", "--config", scratch / "absent.yaml"});
  CHECK(absent.code == 2);
  CHECK(contains(absent.err, "absent.yaml:"));
  const Finished broken = parley({"check", "--config", scratch.write("broken.yaml", "server: [unclosed\n")});
  CHECK(broken.code == 2);
  CHECK(contains(broken.err, "broken.yaml:"));
}

TEST_CASE("without --config: config/gateway.yaml, else /etc/parley/gateway.yaml, else a line that names both") {
  const Scratch scratch;
  const bool installed = std::filesystem::exists("/etc/parley/gateway.yaml");
  const auto check = [&scratch] {
    return run({.command = {program(), "check"}, .directory = scratch.path().string()});
  };
  if (!installed) {
    for (const char* command : {"check", "routes", "serve"}) {
      const Finished none = run({.command = {program(), command}, .directory = scratch.path().string()});
      CHECK(none.code == 2);
      CHECK(
          none.err ==
          "parley: no configuration: there is no config/gateway.yaml and no /etc/parley/gateway.yaml; name a file with "
          "--config FILE, or - for standard input\n");
    }
    const std::vector<std::string> load = {"--backend", "local", "--from", "canonical:agent"};
    Launch launch{.command = {program(), "load"}, .input = "[]", .directory = scratch.path().string()};
    launch.command.insert(launch.command.end(), load.begin(), load.end());
    const Finished none = run(launch);
    CHECK(none.code == 2);
    CHECK(contains(none.err, "parley: no configuration: there is no config/gateway.yaml and no /etc/parley"));
    std::filesystem::create_directory(scratch.path() / "config");
    scratch.write("config/gateway.yaml", "backends: {local: {kind: sqlite, path: x.db}}\n");
    const Finished loaded = run(launch);
    CHECK(loaded.code == 0);
    CHECK(contains(loaded.out, "into local"));
    std::filesystem::remove_all(scratch.path() / "config");
  }
  std::filesystem::create_directory(scratch.path() / "config");
  scratch.write("config/gateway.yaml", "server: {}\n");
  const Finished found = check();
  CHECK(found.code == 0);
  CHECK(contains(found.out, "config/gateway.yaml: ok"));
}

TEST_CASE("--config - is standard input; a reload reads the same text, and what it names, again" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  const std::string token = scratch.write("token", "first");
  Process parley(
      {.command = {program(), "serve", "--config", "-"},
       .input = "server: {listen: \"127.0.0.1:0\"}\nbackends: {local: {kind: sqlite, path: \"" + scratch / "x.db" +
                "\"}}\nroutes:\n  - {facade: rocketchat, backend: local, auth: {users: {id: ann, token: {file: "
                "\"" +
                token + "\"}}}}\n"});
  const std::string line = parley.wait_for_lines("listening on").front();
  const auto port = static_cast<std::uint16_t>(std::stoul(line.substr(line.find("0.0.1:") + 6)));
  const auto asks = [port](const char* with) {
    return ask(port, "GET", "/api/v1/omnichannel/contacts.channels?contactId=673653b997f0fbcd657f0ebf",
               {{"X-User-Id", "ann"}, {"X-Auth-Token", with}})
        .status;
  };
  CHECK(asks("first") != 401);
  CHECK(asks("second") == 401);
  scratch.write("token", "second");
  parley.signal(SIGHUP);
  CHECK(contains(parley.wait_for_lines("reloaded").front(), "reloaded <stdin>"));
  CHECK(asks("first") == 401);
  CHECK(asks("second") != 401);
  scratch.write("token", "");
  parley.signal(SIGHUP);
  CHECK(contains(parley.wait_for_lines("routes[0].auth.users.token.file").front(), "<stdin>:4:"));
  CHECK(asks("second") != 401);
}

TEST_CASE("an unknown adapter is a fault with its place, and so is a route without auth" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  const std::string file = scratch.write("bad.yaml", R"(server: {listen: ["127.0.0.1:0"]}
backends: {local: {kind: sqlite, path: "x.db"}}
routes:
  - {name: a, facade: rocketchatt, backend: local, auth: none}
  - {name: b, facade: rocketchat, backend: local}
)");
  const Finished checked = parley({"check", "--config", file});
  CHECK(checked.code == 2);
  CHECK(contains(checked.err, file + ":4:"));
  CHECK(contains(checked.err, "routes[0].facade"));
  CHECK(contains(checked.err, "rocketchat"));
  CHECK(contains(checked.err, file + ":5:"));
  CHECK(contains(checked.err, "routes[1].auth"));
  CHECK(contains(checked.err, "auth"));
}

TEST_CASE("the shipped configuration is good, and routes lists its endpoints" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat"}))) {
  const std::string config = project_file("config/gateway.yaml");
  const Finished checked = parley({"check", "--config", config});
  CAPTURE(checked.err);
  CHECK(checked.code == 0);
  const Finished routes = parley({"routes", "--config", config});
  CHECK(routes.code == 0);
  for (const char* part : {"getContactByChatID", "/v4/livechat/visitors", "/api/v1/livechat/visitor", "127.0.0.1:8080",
                           "127.0.0.1:3000"}) {
    CAPTURE(part);
    CHECK(contains(routes.out, part));
  }
  const Finished json = parley({"routes", "--json", "--config", config});
  CHECK(json.code == 0);
  CHECK(!parse(json.out).children.empty());
}

TEST_CASE("a port in use ends serve with code 1, and the message names it") {
  const Scratch scratch;
  const Served first(program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db")));
  const std::string taken = "127.0.0.1:" + std::to_string(first.port());
  const Finished second = parley(
      {"serve", "--config", scratch.write("second.yaml", demo_config(scratch / "second.db")), "--listen", taken});
  CHECK(second.code == 1);
  CHECK(contains(second.err, taken));

  // The same for the admin port; nothing is printed about the clients' listener before that.
  const std::string with_admin = demo_config(scratch / "third.db") + "admin: {listen: \"" + taken + "\"}\n";
  const Finished third =
      parley({"serve", "--config", scratch.write("third.yaml", with_admin), "--listen", "127.0.0.1:0"});
  CHECK(third.code == 1);
  CHECK(contains(third.err, "admin.listen: cannot listen on " + taken));
  CHECK(third.out.empty());
}

TEST_CASE("a store that cannot be opened ends serve with code 1 and says why") {
  const Scratch scratch;
  const Finished served =
      parley({"serve", "--config", scratch.write("gateway.yaml", demo_config("/proc/nowhere/parley.db"))});
  CHECK(served.code == 1);
  CHECK(contains(served.err, "/proc/nowhere"));
}

TEST_CASE("--listen replaces the listeners of the file" * doctest::skip(!built_with({"enghouse"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db"));
  const Served served(program(), config, 2, {"--listen", "127.0.0.1:0", "--listen", "127.0.0.2:0"});
  CHECK(served.ask("GET", "/livechat/getContactByChatID/x").status == 200);
  CHECK(Connection(served.port(1), "127.0.0.2").ask("GET", "/livechat/getContactByChatID/x").status == 200);
}

TEST_CASE("the demo's published credentials are refused beyond loopback, own ones are not" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat"}))) {  // the shipped file names all of them
  const Scratch scratch;
  const std::string shipped = project_file("config/gateway.yaml");
  const std::string copied = scratch.write("copied.yaml", demo_config(scratch / "copied.db"));
  const std::string database = scratch / "parley.db";
  for (const auto& one :
       {std::pair(shipped, "0.0.0.0:0"), std::pair(shipped, "[::]:0"), std::pair(copied, "0.0.0.0:0")}) {
    CAPTURE(one.first);
    CAPTURE(one.second);
    const Finished refused = run({.command = {program(), "serve", "--config", one.first, "--listen", one.second},
                                  .environment = {"PARLEY_DATA=" + scratch.path().string()}});
    CHECK(refused.code == 2);
    CHECK(refused.out.empty());
    CHECK(contains(refused.err, std::string("--listen ") + one.second));
    CHECK(contains(refused.err, "demo's published credentials stay on loopback"));
    CHECK(contains(refused.err, one.first));
  }
  CHECK_FALSE(std::filesystem::exists(database));  // refused before a store was opened

  std::string own = demo_config(database, false);
  for (std::size_t at = own.find("demo-"); at != std::string::npos; at = own.find("demo-")) own.replace(at, 5, "own-");
  const Served served(program(), scratch.write("own.yaml", own), 1, {"--listen", "0.0.0.0:0"});
  CHECK(served.ask("GET", "/livechat/getContactByChatID/x").status == 200);
}

TEST_CASE("translate: one document, stdin to stdout" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat"}))) {
  const std::string contact = golden("enghouse_contact.json");
  const Finished same = parley({"translate", "--from", "enghouse:contact", "--to", "enghouse:contact"}, contact);
  CAPTURE(same.err);
  CHECK(same.code == 0);
  CHECK(difference(contact, same.out) == "");

  const Finished visitor =
      parley({"translate", "--from", "enghouse:contact", "--to", "comm100:visitor", "--report"}, contact);
  CHECK(visitor.code == 0);
  CHECK(value_at(visitor.out, "/name") == "Gabry");
  CHECK(value_at(visitor.out, "/email") == "Gabriele.Verde@enghouse.com");
  CHECK(contains(visitor.err, "/"));  // the report with JSON Pointers is on standard error

  const Finished strict =
      parley({"translate", "--from", "enghouse:contact", "--to", "comm100:visitor", "--strict"}, contact);
  CHECK(strict.code == 1);
  CHECK(strict.out.empty());

  const Finished script =
      parley({"translate", "--from", "comm100:visitor", "--to", "enghouse:contact", "--callback", "show"},
             golden("comm100_visitor.json"));
  CHECK(script.code == 0);
  CHECK(script.out.substr(0, 40) == "/**/ typeof show === 'function' && show(");

  const Finished broken =
      parley({"translate", "--from", "comm100:visitor", "--to", "comm100:visitor"}, "{\"id\": \n nope}");
  CHECK(broken.code == 1);
  CHECK(contains(broken.err, "<stdin>:2:3: "));
}

TEST_CASE("fidelity and schema" * doctest::skip(!built_with({"comm100"}))) {
  const Finished text = parley({"fidelity"});
  CHECK(text.code == 0);
  CHECK(contains(text.out, "comm100"));
  const Finished json = parley({"fidelity", "--json"});
  CHECK(json.code == 0);
  CHECK(!parse(json.out).children.empty());
  for (const char* shape : {"comm100:visitor", "canonical", "config"}) {
    CAPTURE(shape);
    const Finished schema = parley({"schema", shape});
    CAPTURE(schema.err);
    CHECK(schema.code == 0);
    CHECK(contains(value_at(schema.out, "/$schema"), "json-schema.org"));
  }
  CHECK(parley({"schema", "comm100:nothing"}).code == 64);
}

TEST_CASE("output to a closed standard stream does not go into a file that was opened later" *
          doctest::skip(!built_with({"comm100"}))) {
  const Scratch scratch;
  scratch.write("gateway.yaml", demo_config("x.db", false));
  scratch.write("a.ndjson", "{\"id\":\"a\",\"name\":\"\xe9\"}\n{\"odd\":1}\n");
  const std::string load =
      "exec '" + program() +
      "' load --config gateway.yaml --backend local --from canonical:agent --rejects refused.ndjson a.ndjson ";
  for (const char* closed : {"2>&-", ">&-", "<&- >&- 2>&-"}) {
    CAPTURE(closed);
    CHECK(run({.command = {"sh", "-c", load + closed}, .directory = scratch.path()}).code == 0);
    for (const char* file : {"x.db.lock", "refused.ndjson"}) {
      CAPTURE(file);
      const std::string text = read_file(scratch / file);
      CHECK(!contains(text, "what was no Unicode text"));
      CHECK(!contains(text, "loaded 0 visitors"));
    }
  }
}

TEST_CASE("load puts vendor documents into a store" * doctest::skip(!built_with({"comm100", "rocketchat"}))) {
  const Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db", false));
  const std::vector<std::string> load = {"load", "--config", config, "--backend", "local", "--from"};
  const auto with = [&load](const std::string& shape) {
    std::vector<std::string> all = load;
    all.push_back(shape);
    return all;
  };
  CHECK(parley(with("comm100:visitor"), golden("comm100_visitor.json")).code == 0);
  CHECK(parley(with("rocketchat:visitor"), golden("rocketchat_visitor.json")).code == 0);
  const Finished broken = parley(with("comm100:visitor"), "{\"id\": \"3d59f909-24cd-43bc-89cb-00a320617c0a\", ");
  CHECK(broken.code == 1);
  CHECK(!broken.err.empty());
  const Served served(program(), config);
  CHECK(
      difference(
          "[" + golden("comm100_visitor.json") + "]",
          "[" +
              served.ask("GET", "/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a", comm100_headers()).body +
              "]") == "");
  CHECK(difference(golden("rocketchat_visitor.json"),
                   served.ask("GET", "/pimenta/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").body) == "");
}

}  // namespace parley::test
