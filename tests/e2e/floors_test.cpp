// scripts/check-floors finds what it is there to find: each breach is made once in a tree of its own.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/process.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

Finished check(const Scratch& tree) {
  return run({.command = {project_file("scripts/check-floors"), tree.path().string()}});
}

void lay(const Scratch& tree, const std::string& file, const std::string& text) {
  std::filesystem::create_directories((tree.path() / file).parent_path());
  tree.write(file, text);
}

}  // namespace

TEST_CASE("check-floors finds no fault in a sound tree, and in this one") {
  const Scratch tree;
  lay(tree, "schemas/a.hpp", "#include <string>\n");
  lay(tree, "config/b.hpp", "#include \"schemas/a.hpp\"\n");
  lay(tree, "adapters/one/c.cpp", "#include \"adapters/one/c.hpp\"\n#include \"config/b.hpp\"\n");
  lay(tree, "gateway/net/d.cpp", "#include <boost/beast/http.hpp>\n#include \"adapters/contract/adapter.hpp\"\n");
  lay(tree, "schemas/shape/read_json.cpp", "#include <rapidjson/reader.h>\n");
  const Finished sound = check(tree);
  CHECK(sound.out == "");
  CHECK(sound.code == 0);
  const Finished ours = run({.command = {project_file("scripts/check-floors")}});
  CHECK(ours.out == "");
  CHECK(ours.code == 0);
}

TEST_CASE("check-floors finds each breach") {
  struct Case {
    std::string file, text, found;
  };
  const std::string machine = std::string("/") + "root/parley";
  for (const Case& one : {
           Case{"schemas/a.hpp", "#include \"config/b.hpp\"\n",
                "schemas/a.hpp:1: schemas is the lowest floor: config/b.hpp"},
           Case{"config/a.cpp", "\n#include \"adapters/http/message.hpp\"\n",
                "config/a.cpp:2: config stands on schemas only"},
           Case{"adapters/one/a.cpp", "#include \"gateway/net/x.hpp\"\n", "adapters/one/a.cpp:1: adapters stand on"},
           Case{"adapters/one/a.cpp", "#include \"adapters/two/x.hpp\"\n",
                "adapters/one/a.cpp:1: an adapter's folder is its own"},
           Case{"gateway/a.cpp", "#  include \"adapters/two/x.hpp\"\n",
                "gateway/a.cpp:1: an adapter's folder is its own"},
           Case{"gateway/a.cpp", "#include <rapidjson/reader.h>\n", "gateway/a.cpp:1: RapidJSON belongs elsewhere"},
           Case{"schemas/shape/a.cpp", "#include <yaml-cpp/yaml.h>\n",
                "schemas/shape/a.cpp:1: yaml-cpp belongs elsewhere"},
           Case{"gateway/route/a.cpp", "#include <boost/beast/http.hpp>\n",
                "gateway/route/a.cpp:1: Beast belongs elsewhere"},
           Case{"adapters/one/a.cpp", "#include <sqlite3.h>\n", "adapters/one/a.cpp:1: SQLite belongs elsewhere"},
           Case{"notes.md", "see " + machine + "\n", "notes.md:1: names a path of a machine"},
           Case{"gateway/long.cpp", std::string(401, '\n'), "gateway/long.cpp:401: longer than 400 lines"},
       }) {
    CAPTURE(one.found);
    const Scratch tree;
    lay(tree, "adapters/two/x.hpp", "\n");
    lay(tree, one.file, one.text);
    const Finished checked = check(tree);
    CAPTURE(checked.out);
    CHECK(checked.code == 1);
    CHECK(checked.out.find(one.found) != std::string::npos);
  }
}

}  // namespace parley::test
