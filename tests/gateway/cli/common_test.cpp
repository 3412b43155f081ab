// Where the configuration comes from: a file, standard input, or the default places.
#include "gateway/cli/common.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/scratch.hpp"

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

}  // namespace parley::gateway::cli
