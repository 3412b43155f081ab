// The command line in process: its output and exit codes.
#include "gateway/cli/cli.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/gateway/cli/in_process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::cli {
namespace {

using test::built_with;
using test::contains;

Ran parley(const std::vector<std::string_view>& arguments, const std::string& input = {}) {
  std::istringstream in(input);
  return run_in_process(arguments, in);
}

const std::string agent = R"({"id":"a","odd":1.50})";

}  // namespace

TEST_CASE("help and version go to standard output with code 0") {
  for (const std::vector<std::string_view>& asked : std::vector<std::vector<std::string_view>>{
           {"--help"}, {"--version"}, {"serve", "--help"}, {"translate", "--help"}, {"load", "--help"}}) {
    CAPTURE(asked.back());
    const Ran ran = parley(asked);
    CHECK(ran.code == 0);
    CHECK(!ran.out.empty());
    CHECK(ran.err.empty());
  }
  CHECK(contains(parley({"--version"}).out, "parley 0."));
  for (const char* option : {"--from", "--to", "--callback", "--report", "--strict", "FILE"}) {
    CHECK(contains(parley({"translate", "--help"}).out, option));
  }
}

TEST_CASE("help and version are also commands; every command has examples") {
  CHECK(parley({"help"}).out == parley({"--help"}).out);
  CHECK(parley({"version"}).out == parley({"--version"}).out);
  for (const std::string_view command :
       {"serve", "check", "routes", "translate", "fidelity", "schema", "load", "erase", "export", "backup", "dump"}) {
    CAPTURE(command);
    const Ran helped = parley({"help", command});
    CHECK(helped.code == 0);
    CHECK(helped.out == parley({command, "--help"}).out);
    CHECK(contains(helped.out, "Examples:\n  parley " + std::string(command)));
    CHECK(contains(parley({"help"}).out, command));
  }
  CHECK(parley({"help", "help"}).code == 0);
  CHECK(parley({"help", "serve", "check"}).code == 64);
  CHECK(parley({"version", "now"}).code == 64);
}

TEST_CASE("the examples of translate and load name documents that these commands take" *
          doctest::skip(!built_with({"comm100", "enghouse", "rocketchat"}))) {
  const auto word_after = [](const std::string& line, std::string_view option) {
    const std::size_t at = line.find(option);
    if (at == std::string::npos) return std::string();
    const std::size_t begin = at + option.size() + 1;
    return line.substr(begin, line.find(' ', begin) - begin);
  };
  int translations = 0;
  std::istringstream help(parley({"translate", "--help"}).out);
  for (std::string line; std::getline(help, line);) {
    if (!contains(line, "parley translate --from")) continue;
    CAPTURE(line);
    ++translations;
    const std::string from = word_after(line, "--from");
    const std::string to = word_after(line, "--to");
    CHECK(from.substr(0, from.find(':')) != to.substr(0, to.find(':')));
    std::vector<std::string_view> arguments = {"translate", "--from", from, "--to", to};
    const std::string callback = word_after(line, "--callback");
    if (!callback.empty()) arguments.insert(arguments.end(), {"--callback", callback});
    const std::string id = R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","name":"Ann","email":"ann@shop.example"})";
    const Ran ran = parley(arguments, id);
    CAPTURE(ran.err);
    CHECK(ran.code == 0);
    CHECK(!ran.out.empty());
  }
  CHECK(translations == 3);

  int loads = 0;
  help = std::istringstream(parley({"load", "--help"}).out);
  for (std::string line; std::getline(help, line);) {
    if (!contains(line, "--from ") || !contains(line, "--backend local")) continue;
    CAPTURE(line);
    ++loads;
    const test::Scratch scratch;
    const std::string config =
        scratch.write("gateway.yaml", "backends: {local: {kind: sqlite, path: \"" + scratch / "x.db" + "\"}}\n");
    const std::string from = word_after(line, "--from");
    const Ran ran = parley({"load", "--config", config, "--backend", "local", "--from", from}, "[]");
    CAPTURE(ran.err);
    CHECK(ran.code == 0);
  }
  CHECK(loads == 3);
}

TEST_CASE("wrong usage is code 64, on standard error") {
  const struct {
    const char* name;
    std::vector<std::string_view> arguments;
    const char* says;
  } cases[] = {
      {"no command", {}, "a command is needed; known: serve check"},
      {"no command, but options end", {"--"}, "a command is needed"},
      {"unknown command", {"tranlsate"}, "did you mean translate?"},
      {"unknown command, far", {"dance"}, "serve check routes"},
      {"unknown option", {"routes", "--jsno"}, "unknown option \"--jsno\"; did you mean --json?"},
      {"unknown option with a value", {"check", "--confg=x"}, "unknown option \"--confg\"; did you mean --config?"},
      {"a misspelt option that is needed",
       {"load", "--confg", "x", "--backend", "y", "--from", "z"},
       "did you mean --config?"},
      {"unknown option, far", {"fidelity", "--everything"}, "known: --help -h --json"},
      {"unknown option of the program", {"--verison"}, "did you mean --version?"},
      {"unknown short option", {"serve", "-c", "x"}, "unknown option \"-c\""},
      {"help of nothing", {"help", "tranlsate"}, "did you mean translate?"},
      {"a callback that is no name",
       {"translate", "--from", "canonical:agent", "--to", "canonical:agent", "--callback", ""},
       "--callback"},
      {"option without value", {"serve", "--config"}, "--config"},
      {"missing option", {"translate", "--from", "canonical:chat"}, "--to"},
      {"unknown shape", {"translate", "--from", "canonical:cat", "--to", "canonical:chat"}, "canonical:chat"},
      {"report as JSON without report",
       {"translate", "--from", "canonical:chat", "--to", "canonical:chat", "--json"},
       "--report"},
      {"kinds", {"translate", "--from", "canonical:agent", "--to", "canonical:chat"}, "canonical:agents"},
      {"callback",
       {"translate", "--from", "canonical:agent", "--to", "canonical:agent", "--callback", "f"},
       "--callback"},
      {"listen", {"serve", "--listen", "nowhere"}, "nowhere"},
      {"listen on a port alone", {"serve", "--listen", "8080"}, "write \"127.0.0.1:8080\""},
      {"listen without brackets", {"serve", "--listen", "::1:8080"}, "write \"[::1]:8080\", with brackets"},
      {"schema", {"schema", "canonical:nothing"}, "canonical:"},
      {"load", {"load", "--config", "x", "--backend", "y"}, "--from"},
      {"two files", {"translate", "--from", "canonical:agent", "--to", "canonical:agent", "a", "b"}, "b"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const Ran ran = parley(one.arguments, agent);
    CAPTURE(ran.err);
    CHECK(ran.code == 64);
    CHECK(contains(ran.err, one.says));
    CHECK(ran.out.empty());
  }
}

TEST_CASE("an answer that cannot be written is a failure: the disk may be full" *
          doctest::skip(!built_with({"sqlite"}))) {
  const test::Scratch scratch;
  const std::string config = scratch.write("gateway.yaml", test::demo_config(scratch / "x.db"));
  const std::vector<std::string_view> cases[] = {
      {"schema"},
      {"schema", "config"},
      {"schema", "canonical:agent", "--markdown"},
      {"fidelity"},
      {"fidelity", "--json"},
      {"routes", "--config", config},
      {"translate", "--from", "canonical:agent", "--to", "canonical:agent"},
  };
  for (const auto& arguments : cases) {
    CAPTURE(arguments.front());
    std::istringstream in(agent);
    std::ostream full(nullptr);
    std::ostringstream err;
    CHECK(run(arguments, Streams{in, full, err}) == 1);
    CHECK(err.str() == "parley: the output cannot be written\n");
  }
}

TEST_CASE("translate: standard input and files, the document and nothing else on standard output") {
  const test::Scratch scratch;
  const std::string file = scratch.write("agent.json", agent);
  const std::string missing = scratch / "missing.json";
  const std::vector<std::string_view> same = {"translate", "--from", "canonical:agent", "--to", "canonical:agent"};
  const auto with = [&same](std::string_view more) {
    std::vector<std::string_view> all = same;
    all.push_back(more);
    return all;
  };
  CHECK(parley(same, agent).out == agent + '\n');
  CHECK(parley(with("-"), agent).out == agent + '\n');
  CHECK(parley(with(file)).out == agent + '\n');

  const Ran absent = parley(with(missing));
  CHECK(absent.code == 1);
  CHECK(contains(absent.err, missing + ": No such file"));
  const Ran directory = parley(with(scratch.path().native()));
  CHECK(directory.code == 1);
  CHECK(contains(directory.err, "directory"));
}

TEST_CASE("translate: a bad document is code 1 with FILE:LINE:COL") {
  const test::Scratch scratch;
  const std::string file = scratch.write("bad.json", "{\n \"id\": nope}");
  const Ran ran = parley({"translate", "--from", "canonical:agent", "--to", "canonical:agent", file});
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK(contains(ran.err, file + ":2:"));
  const Ran piped = parley({"translate", "--from", "canonical:agent", "--to", "canonical:agent"}, "[]");
  CHECK(piped.code == 1);
  CHECK(contains(piped.err, "<stdin>:1:1: expected an object, got a list"));
}

TEST_CASE("translate: --report adds a report, --strict writes no document after a loss" *
          doctest::skip(!built_with({"comm100"}))) {
  const std::vector<std::string_view> base = {"translate", "--from", "canonical:agent", "--to", "comm100:agent"};
  const auto with = [&base](std::vector<std::string_view> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return more;
  };
  const std::string full = R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","name":"Ann","status":"Online"})";
  const std::string bare = R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","status":"Online"})";

  // A loss is never silent: without --report it is one line.
  const Ran brief = parley(with({}), full);
  CHECK(brief.code == 0);
  CHECK(brief.err == "parley: 1 field was lost: /name; --report says why\n");
  CHECK(parley(with({}), bare).err.empty());
  const Ran told = parley(with({"--report"}), full);
  CHECK(told.code == 0);
  CHECK(told.err.starts_with("lost      /name  "));
  CHECK(told.err.ends_with("(lost: the result does not say it)\n"));
  CHECK(!told.out.empty());
  CHECK(parley(with({"--report"}), bare).err == "parley: nothing is lost, narrowed or invented\n");
  const Ran json = parley(with({"--report", "--json"}), full);
  CHECK(test::parse(json.err).children.at(0).find("pointer")->text == "/name");

  const Ran refused = parley(with({"--strict"}), full);
  CHECK(refused.code == 1);
  CHECK(refused.out.empty());
  CHECK(contains(refused.err, "/name"));
  const Ran fine = parley(with({"--strict"}), bare);
  CHECK(fine.code == 0);
  CHECK(!fine.out.empty());

  // An invented status is as wrong as a missing name.
  const Ran made_up = parley({"translate", "--from", "canonical:visitor", "--to", "comm100:visitor", "--strict"},
                             R"({"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","name":"Ann"})");
  CHECK(made_up.code == 1);
  CHECK(made_up.out.empty());
  CHECK(contains(made_up.err, "invented  /status"));
}

TEST_CASE("translate: a saved script is read; a callback that is not a name is wrong usage" *
          doctest::skip(!built_with({"comm100", "enghouse"}))) {
  const std::vector<std::string_view> from = {"translate", "--from", "enghouse:contact", "--to", "canonical:chat"};
  const std::string contact = test::golden("enghouse_contact.json");
  const Ran plain = parley(from, contact);
  CHECK(plain.code == 0);
  CHECK(parley(from, "/**/ typeof show === 'function' && show(" + contact + ");\n").out == plain.out);
  const Ran broken = parley(from, "show({\"contact\":\n {\"id\" 1}});");
  CHECK(broken.code == 1);
  CHECK(contains(broken.err, "<stdin>:2:8: a colon is expected here"));
  const Ran refused =
      parley({"translate", "--from", "comm100:visitor", "--to", "enghouse:contact", "--callback", "a b"}, "{}");
  CHECK(refused.code == 64);
  CHECK(contains(refused.err, "--callback: \"a b\" is no name of a function"));
  CHECK(refused.out.empty());
}

TEST_CASE("translate: invalid Unicode is in the report and fails --strict; a byte order mark does not") {
  const std::vector<std::string_view> same = {"translate", "--from", "canonical:agent", "--to", "canonical:agent"};
  const auto with = [&same](std::vector<std::string_view> more) {
    more.insert(more.begin(), same.begin(), same.end());
    return more;
  };
  const std::string broken = R"({"id":"a","name":"Ann \ud83d"})";
  const Ran told = parley(with({"--report"}), broken);
  CHECK(told.code == 0);
  CHECK(told.out == "{\"id\":\"a\",\"name\":\"Ann \xEF\xBF\xBD\"}\n");
  CHECK(contains(told.err, "narrowed  /name"));
  CHECK(contains(told.err, "U+FFFD"));
  const Ran refused = parley(with({"--strict"}), broken);
  CHECK(refused.code == 1);
  CHECK(refused.out.empty());
  CHECK(contains(refused.err, "/name"));
  const Ran marked = parley(with({"--strict"}), "\xEF\xBB\xBF" + agent);
  CHECK(marked.code == 0);
  CHECK(marked.out == agent + '\n');
}

TEST_CASE("translate: a loss is reported even if measuring it would take long" *
          doctest::skip(!built_with({"comm100", "enghouse"}))) {
  std::string users;
  for (int i = 0; i < 300; ++i) {
    const std::string id = "USER_" + std::to_string(i);
    users += (i == 0 ? "\"" : ",\"") + id + R"(":{"id":")" + id +
             R"(","isAgent":true,"firstIP":"192.0.2.1","nickname":"n"})";
  }
  const Ran ran = parley({"translate", "--from", "enghouse:contact", "--to", "comm100:agents"},
                         R"({"contact":{"id":"CHAT_1","users":{)" + users + "}}}");
  CHECK(ran.code == 0);
  CHECK(test::parse(ran.out).children.size() == 300);
  CHECK(ran.err ==
        "parley: parts of the document are lost, as comm100:agents is a list of agents; --report names them\n");
}

TEST_CASE("schema: the list, shapes, the model, the configuration; also as Markdown") {
  const Ran list = parley({"schema"});
  CHECK(list.code == 0);
  CHECK(contains(list.out, "canonical:visitor "));
  CHECK(contains(list.out, "config "));
  for (const std::string_view name : {"canonical:visitor", "canonical:agents", "canonical", "config"}) {
    CAPTURE(name);
    const Ran schema = parley({"schema", name});
    CHECK(schema.code == 0);
    CHECK(test::parse(schema.out).find("$schema")->text == "https://json-schema.org/draft/2020-12/schema");
    CHECK(parley({"schema", "--markdown", name}).out.starts_with("#"));
  }
}

TEST_CASE("schema: the bodies of requests" * doctest::skip(!built_with({"rocketchat"}))) {
  const String list = parley({"schema"}).out;
  CHECK(contains(list, "\nrocketchat:request.page-visited-0.70 "));
  CHECK(contains(list, "  the body of POST /api/v1/livechat/page.visited, profile 0.70\n"));
  const Ran schema = parley({"schema", "rocketchat:request.visitor"});
  CHECK(schema.code == 0);
  const test::Value root = test::parse(schema.out);
  CHECK(root.find("title")->text == "rocketchat:request.visitor");
  CHECK(test::print(*root.find("required")) == R"(["visitor"])");
  CHECK(root.find("additionalProperties")->text == "false");
  CHECK(contains(parley({"schema", "--markdown", "rocketchat:request.visitor"}).out, "| required | "));
  const Ran near = parley({"schema", "rocketchat:request.visitr"});
  CHECK(near.code == 64);
  CHECK(contains(near.err, "did you mean rocketchat:request.visitor?"));
  CHECK(parley({"translate", "--from", "rocketchat:request.visitor", "--to", "canonical:visitor"}).code == 64);
}

TEST_CASE("fidelity: text and JSON") {
  CHECK(parley({"fidelity"}).code == 0);
  CHECK(test::parse(parley({"fidelity", "--json"}).out).kind == test::Kind::array);
}

TEST_CASE("schema config: the generated file in the tree is up to date" *
          doctest::skip(!built_with({"comm100", "enghouse", "rocketchat", "sqlite"}))) {
  CHECK(parley({"schema", "config"}).out == test::read_file(test::project_file("config/schema.json")));
}

TEST_CASE("check, serve, routes and load refuse a bad configuration alike: code 2") {
  const test::Scratch scratch;
  const std::string file = scratch.write("bad.yaml", "server: {lisen: []}\nbackends: {}\nroutes: []\n");
  for (const std::vector<std::string_view>& arguments : std::vector<std::vector<std::string_view>>{
           {"check", "--config", file},
           {"routes", "--config", file},
           {"serve", "--config", file},
           {"load", "--config", file, "--backend", "b", "--from", "canonical:agent"}}) {
    CAPTURE(arguments.front());
    const Ran ran = parley(arguments);
    CHECK(ran.code == 2);
    CHECK(contains(ran.err, file + ":1:"));
    CHECK(contains(ran.err, "lisen"));
    CHECK(ran.out.empty());
  }
}

TEST_CASE("check prints the numbers of routes and backends; routes lists the endpoints" *
          doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const test::Scratch scratch;
  const std::string file =
      scratch.write("gateway.yaml",
                    "server: {listen: [\"127.0.0.1:0\"]}\n"
                    "backends: {local: {kind: sqlite, path: \"" +
                        scratch / "x.db" +
                        "\"}}\n"
                        "routes:\n  - {name: old-crm, facade: enghouse, prefix: /crm, backend: local, auth: none}\n");
  const Ran checked = parley({"check", "--config", file});
  CAPTURE(checked.err);
  CHECK(checked.code == 0);
  CHECK(checked.out.starts_with(file + ": ok (1 route, 1 backend)\n"));
  const Ran table = parley({"routes", "--config", file});
  CHECK(table.out.starts_with("METHOD"));
  CHECK(contains(table.out, "/crm/livechat/"));
  const test::Value rows = test::parse(parley({"routes", "--json", "--config", file}).out);
  REQUIRE(!rows.children.empty());
  CHECK(rows.children[0].find("route")->text == "old-crm");
  CHECK(rows.children[0].find("operation")->text == "GetChatContact");
  CHECK(rows.children[0].find("supported")->text == "true");
}

TEST_CASE("check notes that [::] is IPv6 only, unless IPv4 is listed too") {
  const auto check = [](const std::string& listen) {
    const Ran ran = parley({"check", "--config", "-"}, "server: {listen: " + listen + "}\n");
    CHECK(ran.code == 0);
    return ran.out.substr(ran.out.find('\n') + 1);
  };
  CHECK(contains(check("[\"[::]:8080\"]"), "  [::]:8080: IPv6 only; for IPv4 list \"0.0.0.0:8080\", too\n"));
  CHECK(!contains(check("[\"[::]:8080\", \"0.0.0.0:8080\"]"), "IPv6 only"));
  CHECK(!contains(check("\"[::1]:8080\""), "IPv6 only"));
  CHECK(contains(check("[\"[::]:8080\", \"0.0.0.0:8081\"]"), "IPv6 only"));
  const std::string admin = "\"127.0.0.1:8080\"}\nadmin: {token: t0ken, listen: ";
  CHECK(contains(check(admin + "\"[::]:9090\""),
                 "  admin [::]:9090: IPv6 only; for IPv4 write \"0.0.0.0:9090\" instead\n"));
  CHECK(!contains(check(admin + "\"[::1]:9090\""), "IPv6 only"));
}

TEST_CASE("load: the configuration and the documents cannot both be standard input") {
  for (const std::vector<std::string_view>& files : std::vector<std::vector<std::string_view>>{{}, {"-"}}) {
    std::vector<std::string_view> arguments = {"load", "--config", "-", "--backend", "b", "--from", "canonical:agent"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    const Ran ran = parley(arguments, "server: {}\n");
    CHECK(ran.code == 64);
    CHECK(contains(ran.err, "standard input cannot be both"));
  }
}

TEST_CASE("load: an unknown backend, and counts" * doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const test::Scratch scratch;
  const std::string file =
      scratch.write("gateway.yaml",
                    "server: {listen: [\"127.0.0.1:0\"]}\n"
                    "backends: {local: {kind: sqlite, path: \"" +
                        scratch / "x.db" +
                        "\"}}\n"
                        "routes:\n  - {name: crm, facade: enghouse, backend: local, auth: none}\n");
  const Ran unknown = parley({"load", "--config", file, "--backend", "loca", "--from", "canonical:agent"}, agent);
  CHECK(unknown.code == 64);
  CHECK(contains(unknown.err, "did you mean local?"));
  const Ran loaded = parley({"load", "--config", file, "--backend", "local", "--from", "canonical:agent"}, agent);
  CAPTURE(loaded.err);
  CHECK(loaded.code == 0);
  CHECK(loaded.out.starts_with("loaded 0 visitors, 1 agent, 0 chats into local\n"));
  CHECK(contains(loaded.out, "/odd         1  kept as it is, but not understood: canonical:agent has no such member"));

  const Ran broken = parley({"load", "--config", file, "--backend", "local", "--from", "canonical:agent"},
                            "\xEF\xBB\xBF{\"id\":\"a\"}\n{\"id\":\"b\",\"name\":\"\xE9\"}\n");
  CAPTURE(broken.err);
  CHECK(broken.code == 0);
  CHECK(broken.out.starts_with("loaded 0 visitors, 2 agents, 0 chats into local\n"));
  CHECK(contains(broken.err, "<stdin>:2: /name: text that is not Unicode became U+FFFD"));

  // The elements of a list may share one line, so the place names the element.
  const std::string elements = "[{\"id\":\"c\",\"name\":\"\xE9\"},{\"id\":\"d\"},{\"id\":\"e\",\"name\":\"\xE9\"}]";
  const std::string in_answer = "[{\"_id\":\"c\",\"name\":\"\xE9\"},{\"_id\":\"d\"},{\"_id\":\"e\",\"name\":\"\xE9\"}]";
  const struct {
    std::string text;
    const char* shape;
    const char* first;
    const char* third;
  } lists[] = {
      {elements, "canonical:agent", "<stdin>:1: /0/name: ", "<stdin>:1: /2/name: "},
      {"{\"visitors\":" + in_answer + "}", "rocketchat:visitors",
       "<stdin>:1: /visitors/0/name: ", "<stdin>:1: /visitors/2/name: "},
  };
  for (const auto& list : lists) {
    if (String(list.shape).starts_with("rocketchat") && !built_with({"rocketchat"})) continue;
    CAPTURE(list.text);
    const Ran ran = parley({"load", "--config", file, "--backend", "local", "--from", list.shape}, list.text);
    CAPTURE(ran.err);
    CHECK(contains(ran.err, list.first));
    CHECK(contains(ran.err, list.third));
  }
}

}  // namespace parley::gateway::cli
