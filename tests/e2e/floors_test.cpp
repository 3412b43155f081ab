// scripts/check-floors finds every breach: each is made once in a separate tree.
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

TEST_CASE("check-floors finds no fault in a good tree, and in this one") {
  const Scratch tree;
  lay(tree, "schemas/a.hpp", "#include <string>\n");
  lay(tree, "config/b.hpp", "#include \"schemas/a.hpp\"\n");
  lay(tree, "adapters/one/c.cpp", "#include \"adapters/one/c.hpp\"\n#include \"config/b.hpp\"\n");
  lay(tree, "gateway/net/d.cpp", "#include <boost/beast/http.hpp>\n#include \"adapters/contract/adapter.hpp\"\n");
  lay(tree, "schemas/shape/read_json.cpp", "#include <rapidjson/reader.h>\n");
  lay(tree, "schemas/operation.hpp", "#include \"schemas/canonical/a.hpp\"\nnamespace parley {\n");
  lay(tree, "schemas/canonical/a.hpp", "#include \"schemas/shape/a.hpp\"\n#include \"schemas/text.hpp\"\n");
  lay(tree, "adapters/one/facade/e.hpp",
      "namespace parley {\n// of a type of ours\ntemplate <>\nint shape::a<one::B>;\n}  // namespace parley\n\n"
      "namespace parley::one {\nnamespace {\nnamespace c {\nint d;\n}\n}  // namespace\nnamespace detail {\n");
  lay(tree, "adapters/contract/registry.cpp.in", "namespace parley::@name@ {\n");
  lay(tree, "gateway/net/e.cpp", "#include \"gateway/pipeline/e.hpp\"\nnamespace parley::gateway::net {\n");
  lay(tree, "gateway/main.cpp", "#include \"gateway/cli/cli.hpp\"\n");
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
           Case{"config/a.cpp", "\n#include \"adapters/http/request.hpp\"\n",
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
           Case{"schemas/text.hpp", "#include \"schemas/shape/a.hpp\"\n",
                "schemas/text.hpp:1: stands on a folder above its own: schemas/shape/a.hpp"},
           Case{"schemas/shape/a.hpp", "#include \"schemas/canonical/a.hpp\"\n",
                "schemas/shape/a.hpp:1: stands on a folder above its own"},
           Case{"schemas/canonical/a.hpp", "#include \"schemas/operation.hpp\"\n",
                "schemas/canonical/a.hpp:1: stands on a folder above its own"},
           Case{"adapters/http/a.hpp", "\n#include \"adapters/contract/a.hpp\"\n",
                "adapters/http/a.hpp:2: stands on a folder above its own: adapters/contract/a.hpp"},
           Case{"adapters/contract/a.cpp", "#include \"adapters/login/a.hpp\"\n",
                "adapters/contract/a.cpp:1: stands on a folder above its own"},
           Case{"adapters/login/a.cpp", "#include \"adapters/upstream/a.hpp\"\n",
                "adapters/login/a.cpp:1: stands on a folder above its own"},
           Case{"gateway/pipeline/a.hpp", "#include \"gateway/net/a.hpp\"\n",
                "gateway/pipeline/a.hpp:1: stands on a folder above its own: gateway/net/a.hpp"},
           Case{"gateway/observe/a.cpp", "#include \"gateway/route/a.hpp\"\n",
                "gateway/observe/a.cpp:1: stands on a folder above its own"},
           Case{"gateway/translate/a.cpp", "#include \"gateway/runtime/a.hpp\"\n",
                "gateway/translate/a.cpp:1: stands on a folder above its own"},
           Case{"gateway/cli/a.cpp", "#include \"gateway/unlisted/a.hpp\"\n",
                "gateway/cli/a.cpp:1: stands on a folder above its own"},
           Case{"schemas/canonical/a.hpp", "namespace parley::shape {\n",
                "schemas/canonical/a.hpp:1: opens a namespace that is not its folder's, parley: parley::shape"},
           Case{"schemas/shape/a.hpp", "namespace parley {\nint a;\n",
                "schemas/shape/a.hpp:2: opens a namespace that is not its folder's, parley::shape: parley"},
           Case{"config/a.hpp", "namespace parley {\ntemplate <>\nint a;\nnamespace shape {\n",
                "config/a.hpp:4: opens a namespace that is not its folder's, parley::config: parley::shape"},
           Case{"adapters/one/a.hpp", "\nnamespace parley::two {\nclass A;\n}\n",
                "adapters/one/a.hpp:2: opens a namespace that is not its folder's, parley::one: parley::two"},
           Case{"adapters/one/a.cpp", "namespace one {\n",
                "adapters/one/a.cpp:1: opens a namespace that is not its folder's, parley::one: one"},
           Case{"gateway/net/a.hpp", "namespace parley::gateway::route {\n",
                "gateway/net/a.hpp:1: opens a namespace that is not its folder's, parley::gateway::net: "
                "parley::gateway::route"},
           Case{"gateway/net/a.hpp",
                "namespace parley::gateway::net {\n}  // namespace parley::gateway::net\nnamespace b {\n",
                "gateway/net/a.hpp:3: opens a namespace that is not its folder's, parley::gateway::net: b"},
           Case{"notes.md", "see " + machine + "\n", "notes.md:1: names a path of a machine"},
           Case{"gateway/a.cpp", "\n// As Two has it.\n", "gateway/a.cpp:2: names a vendor"},
           Case{"config/a.hpp", "// twofold\n", "config/a.hpp:1: names a vendor"},
           Case{"schemas/a.in", "rocket.chat\n", "schemas/a.in:1: names a vendor"},
           Case{"gateway/long.cpp", std::string(401, '\n'), "gateway/long.cpp:401: longer than 400 lines"},
       }) {
    CAPTURE(one.found);
    const Scratch tree;
    lay(tree, "adapters/two/x.hpp", "\n");
    lay(tree, "adapters/two/adapter.cpp", "\n");
    lay(tree, one.file, one.text);
    const Finished checked = check(tree);
    CAPTURE(checked.out);
    CHECK(checked.code == 1);
    CHECK(checked.out.find(one.found) != std::string::npos);
  }
}

}  // namespace parley::test
