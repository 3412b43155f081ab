// Where the configuration comes from: a file, standard input, or the default places.
#include "gateway/cli/common.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::cli {
namespace {

struct Found {
  std::optional<ConfigSource> source;
  std::string err;
};

Found find(const String& option, const std::string& input, const std::vector<std::string>& places) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const List<std::string_view> views(places.begin(), places.end());
  auto source = find_config(option, Streams{in, out, err}, views);
  return {std::move(source), err.str()};
}

}  // namespace

TEST_CASE("find_config: without --config, the first place with a file is used") {
  CHECK(default_configs[0] == "config/gateway.yaml");
  CHECK(default_configs[1] == "/etc/parley/gateway.yaml");
  const test::Scratch scratch;
  const std::string absent = scratch / "absent.yaml";
  const std::string first = scratch.write("first.yaml", "server: {}\n");
  const std::string second = scratch.write("second.yaml", "server: {}\n");
  CHECK(find("", "", {first, second}).source->name == first);
  CHECK(find("", "", {absent, second}).source->name == second);
  CHECK(!find("", "", {absent, second}).source->text);

  const Found none = find("", "", {absent, absent});
  CHECK(!none.source);
  CHECK(none.err == "parley: no configuration: there is no " + absent + " and no " + absent +
                        "; name a file with --config FILE, or - for standard input\n");
}

TEST_CASE("find_config: a named file is used, whether it exists or not") {
  const test::Scratch scratch;
  const std::string place = scratch.write("place.yaml", "server: {}\n");
  const Found named = find("elsewhere.yaml", "", {place});
  REQUIRE(named.source);
  CHECK(named.source->name == "elsewhere.yaml");
  CHECK(named.err.empty());
}

TEST_CASE("find_config: - is standard input, read once and named <stdin> in faults") {
  const Found input = find("-", "server: {workers: two}\n", {});
  REQUIRE(input.source);
  CHECK(input.source->name == "<stdin>");
  CHECK(input.source->text == "server: {workers: two}\n");
  for (int time = 0; time < 2; ++time) {  // at the start, and at a reload
    const config::Loaded loaded = load_settings(*input.source);
    REQUIRE(loaded.faults.size() == 1);
    CHECK(config::format(input.source->name, loaded.faults[0]) ==
          "<stdin>:1:19: server.workers: expected a whole number from 0 to 1024, got \"two\"");
  }
}

namespace {

/// What `check` says about a configuration, without the warnings.
String faults_of(const String& yaml) {
  String text;
  for (const config::Fault& one : load_settings({"f", yaml}).faults) text += config::format("f", one) + '\n';
  return text;
}

}  // namespace

TEST_CASE("load_settings: routes are not compared by keys that were not read" *
          doctest::skip(!test::built_with({"rocketchat", "sqlite"}))) {
  const String backend = "backends: {a: {kind: sqlite, path: x.db}}\nroutes:\n";
  const String route = "facade: rocketchat, backend: a, auth: none";
  for (const char* faulty : {"host: \"a.example:80\"", "prefix: crm", "listen: \"nowhere\"", "hosst: a.example"}) {
    CAPTURE(faulty);
    for (const bool first : {true, false}) {
      const String with = "  - {name: a, " + route + ", " + faulty + "}\n";
      const String without = "  - {name: b, " + route + "}\n";
      const String told = faults_of(backend + (first ? with + without : without + with));
      CAPTURE(told);
      CHECK(std::count(told.begin(), told.end(), '\n') == 1);
      CHECK(told.find("answers the same requests") == String::npos);
    }
  }
  // A key that cannot be parsed may be the one that tells the routes apart.
  const String slip = faults_of(backend + "  - name: a\n    facade: rocketchat\n    backend: a\n    auth: none\n" +
                                "    host:a.example\n  - {name: b, " + route + "}\n");
  CAPTURE(slip);
  CHECK(slip.find("a blank is missing") != String::npos);
  CHECK(slip.find("answers the same requests") == String::npos);
  const String same = faults_of(backend + "  - {name: a, " + route + "}\n  - {name: b, " + route + "}\n");
  CHECK(std::count(same.begin(), same.end(), '\n') == 1);
  CHECK(same.find("f:4:5: routes[1]: answers the same requests as routes[0]") == 0);
}

TEST_CASE("load_settings: one fault of a route or backend does not hide another of it" *
          doctest::skip(!test::built_with({"rocketchat", "sqlite"}))) {
  const String backend = "backends: {a: {kind: sqlite, path: x.db}}\nroutes:\n";
  const struct {
    const char* name;
    String yaml;
    std::vector<const char*> told;  ///< all of them
  } cases[] = {
      {"two routes of one unknown facade",
       backend + "  - {name: a, facade: rocketcat, backend: a, auth: none}\n"
                 "  - {name: b, facade: rocketcat, backend: a, auth: none}\n",
       {"routes[0].facade: unknown facade \"rocketcat\"", "routes[1].facade: unknown facade \"rocketcat\"",
        "routes[1]: answers the same requests as routes[0]"}},
      {"two routes of one unknown facade, without names",
       backend + "  - {facade: rocketcat, backend: a, auth: none}\n"
                 "  - {facade: rocketcat, backend: a, auth: none, prefix: /x}\n",
       {"routes[0].facade: unknown facade", "routes[1].facade: unknown facade", "routes[1].name: the name"}},
      {"the same requests, and an unknown style",
       backend + "  - {name: a, facade: rocketchat, backend: a, auth: none}\n"
                 "  - {name: b, facade: rocketchat, backend: a, auth: none, emit: x}\n",
       {"routes[1]: answers the same requests", "routes[1].emit: unknown style"}},
      {"an unknown backend and an unknown facade",
       backend + "  - {facade: rocketcat, backend: b, auth: none}\n",
       {"routes[0].backend: unknown backend", "routes[0].facade: unknown facade"}},
      {"a bad prefix and no credentials",
       backend + "  - {facade: rocketchat, backend: a, prefix: x}\n",
       {"routes[0].prefix: expected", "routes[0].auth"}},
      {"a bad switch and an unknown kind",
       "backends: {a: {kind: sqlit, demo: maybe, path: x.db}}\nroutes: []\n",
       {"backends.a.demo: expected", "backends.a.kind: unknown kind"}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const String told = faults_of(one.yaml);
    CAPTURE(told);
    CHECK(static_cast<std::size_t>(std::count(told.begin(), told.end(), '\n')) == one.told.size());
    for (const char* each : one.told) {
      CAPTURE(each);
      CHECK(told.find(each) != String::npos);
    }
  }
  // Consequences are still left out.
  for (const char* route : {"  - {backend: a, auth: none}\n", "  - {facade: [x], backend: a, auth: none}\n",
                            "  - {facade: rocketchat, backend: a, auth: x}\n",
                            "  - {facade: rocketchat, backend: a, auht: none}\n", "  - rocketchat\n"}) {
    CAPTURE(route);
    const String told = faults_of(backend + route);
    CAPTURE(told);
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
  }
}

}  // namespace parley::gateway::cli
