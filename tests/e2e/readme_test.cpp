// Runs every command of README.md and of the folders' READMEs unchanged, with the shipped demo. Checks that the tests in
// SECURITY.md and the sources in the folders' READMEs exist.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/reserved_port.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

namespace fs = std::filesystem;

struct Block {
  std::string file;
  std::size_t line = 0;
  std::string text;
};

/// The fenced blocks with that language in a Markdown file.
std::vector<Block> blocks(const fs::path& file, std::string_view language) {
  std::vector<Block> found;
  const std::string text = read_file(file);
  bool inside = false;
  bool wanted = false;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.substr(0, 3) == "```") {
      wanted = !inside && line.substr(3) == language;
      inside = !inside;
      if (wanted) found.push_back({file.string(), number, ""});
    } else if (inside && wanted) {
      found.back().text += line + '\n';
    }
  }
  return found;
}

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The project as a reader sees it, with a running demo: a directory with the same files, and in PATH `parley` and a `curl`
/// that fails on an error status.
struct Reader {
  Scratch scratch;
  fs::path home = scratch.path() / "parley";
  std::string path;
  ReservedPort admin;
  Served served{prepare(), project_file("config/gateway.yaml"), 1, {"--listen", "127.0.0.1:0"}};

  std::string prepare() {
    fs::create_directory(home);
    for (const char* name : {"adapters", "config", "schemas", "scripts", "tests", "README.md"}) {
      fs::create_symlink(project_file(name), home / name);
    }
    fs::create_directory(scratch.path() / "bin");
    fs::create_symlink(program(), scratch.path() / "bin/parley");
    const std::string real = run({.command = {"sh", "-c", "command -v curl"}}).out;
    const fs::path curl = scratch.write(
        "bin/curl", "#!/bin/sh\nexec " + real.substr(0, real.find('\n')) + " --fail-with-body -m 10 \"$@\"\n");
    fs::permissions(curl, fs::perms::owner_all);
    path = (scratch.path() / "bin").string() + ":" + std::getenv("PATH");
    ::setenv("PARLEY_DATA", (scratch / "data").c_str(), 1);
    ::setenv("PARLEY_ADMIN", ("127.0.0.1:" + std::to_string(admin.number())).c_str(), 1);
    fs::create_directory(scratch.path() / "data");
    return program();
  }

  Finished run_block(std::string text) const {
    replace_all(text, "127.0.0.1:8080", "127.0.0.1:" + std::to_string(served.port()));
    replace_all(text, "127.0.0.1:9090", "127.0.0.1:" + std::to_string(admin.number()));
    const ReservedPort second;
    replace_all(text, "127.0.0.1:8090", "127.0.0.1:" + std::to_string(second.number()));
    return run({.command = {"sh", "-e", "-c", text}, .directory = home.string(), .environment = {"PATH=" + path}});
  }
};

const bool whole = built_with({"enghouse", "comm100", "rocketchat"});

}  // namespace

TEST_CASE("every shell command of README.md works on the demo" * doctest::skip(!whole)) {
  const Reader reader;
  const std::vector<Block> commands = blocks(project_file("README.md"), "sh");
  CHECK(commands.size() >= 4);
  for (const Block& block : commands) {
    CAPTURE(block.line);
    CAPTURE(block.text);
    const Finished finished = reader.run_block(block.text);
    CAPTURE(finished.err);
    CAPTURE(finished.out);
    CHECK(finished.code == 0);
    CHECK(finished.out.find("\"result\":false") == std::string::npos);  // Enghouse refuses with 200
    CHECK(finished.out.find("\"success\":false") == std::string::npos);
  }
}

TEST_CASE("README.md has at most 200 lines") {
  const std::string text = read_file(project_file("README.md"));
  CHECK(std::count(text.begin(), text.end(), '\n') <= 200);
}

TEST_CASE("every configuration in README.md passes `parley check`" * doctest::skip(!whole)) {
  const Scratch scratch;
  const std::vector<Block> files = blocks(project_file("README.md"), "yaml");
  CHECK(!files.empty());
  for (const Block& block : files) {
    CAPTURE(block.line);
    const Finished checked =
        run({.command = {program(), "check", "--config", scratch.write("readme.yaml", block.text)}});
    CAPTURE(checked.err);
    CHECK(checked.code == 0);
  }
}

TEST_CASE("every shell command of the folders' READMEs works" * doctest::skip(!whole)) {
  const Reader reader;
  for (const char* folder : {"schemas", "config", "adapters", "gateway"}) {
    for (const auto& entry : fs::recursive_directory_iterator(project_file(folder))) {
      if (entry.path().extension() != ".md") continue;
      for (const Block& block : blocks(entry.path(), "sh")) {
        CAPTURE(block.file);
        CAPTURE(block.line);
        const Finished finished = reader.run_block(block.text);
        CAPTURE(finished.err);
        CHECK(finished.code == 0);
      }
    }
  }
}

TEST_CASE("every source that a folder's README names exists") {
  std::vector<std::string> sources;  // paths within the project, without their endings
  for (const char* floor : {"schemas", "config", "adapters", "gateway", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(project_file(floor))) {
      if (!entry.is_regular_file() || entry.path().extension() == ".md") continue;
      sources.push_back(fs::relative(entry.path(), project_file("")).replace_extension().string());
    }
  }
  // `name.cpp`, `name.hpp` and `name.*`; in the first column of a table of files also `name`.
  const std::regex with_ending(R"(`([a-z_/]+)\.(cpp|hpp|\*)`)");
  const std::regex alone(R"(`([a-z_]+)`)");
  std::size_t names = 0;
  for (const char* floor : {"schemas", "config", "adapters", "gateway"}) {
    for (const auto& entry : fs::recursive_directory_iterator(project_file(floor))) {
      if (entry.path().filename() != "README.md") continue;
      const std::string folder = fs::relative(entry.path().parent_path(), project_file("")).string();
      CAPTURE(folder);
      const auto check = [&](const std::string& text, const std::regex& form) {
        for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at) {
          const std::string name = (*at)[1];
          CAPTURE(name);
          CHECK(std::any_of(sources.begin(), sources.end(), [&](const std::string& path) {
            const bool near = path.starts_with(folder + '/') || path.starts_with("tests/" + folder + '/');
            return path == name || (near && path.ends_with('/' + name));
          }));
          ++names;
        }
      };
      const std::string text = read_file(entry.path());
      check(text, with_ending);
      std::istringstream lines(text);
      bool of_files = false;
      for (std::string line; std::getline(lines, line);) {
        of_files = line.starts_with("| file |") || (of_files && line.starts_with('|'));
        if (of_files) check(line.substr(0, line.find('|', 1)), alone);
      }
    }
  }
  CHECK(names >= 100);
}

TEST_CASE("every test that SECURITY.md names exists") {
  std::string text = read_file(project_file("SECURITY.md"));
  replace_all(text, "\n", " ");
  for (const char* twice = "  "; text.find(twice) != std::string::npos;) replace_all(text, twice, " ");
  std::string file;
  std::string code;
  std::size_t names = 0;
  // A file in backquotes, then names in quotes: each name must be in the last file.
  for (std::size_t at = text.find("## Promises"); (at = text.find_first_of("`\"", at)) != std::string::npos;) {
    const std::size_t end = text.find(text[at], at + 1);
    REQUIRE(end != std::string::npos);
    const std::string inside = text.substr(at + 1, end - at - 1);
    if (text[at] == '`' && inside.ends_with(".cpp")) {
      file = inside;
      code = read_file(project_file(file));
    } else if (text[at] == '"' && inside != "its name") {
      CAPTURE(file);
      CAPTURE(inside);
      const bool single = code.find("TEST_CASE(\"" + inside + '"') != std::string::npos;
      CHECK((single || code.find("EVERY_STORE(\"" + inside + '"') != std::string::npos));
      ++names;
    }
    at = end + 1;
  }
  CHECK(names >= 30);
}

TEST_CASE("the first test of each promise of SECURITY.md starts a gateway") {
  const std::regex test_file(R"(`tests/([a-z0-9]+)/[a-z0-9_/]+\.cpp`)");
  std::istringstream lines(read_file(project_file("SECURITY.md")));
  std::size_t promises = 0;
  bool named = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("- ")) named = false;
    std::smatch found;
    if (named || !std::regex_search(line, found, test_file)) continue;
    CAPTURE(line);
    CHECK((found[1] == "e2e" || found[1] == "conformance" || found[1] == "gateway"));
    named = true;
    ++promises;
  }
  CHECK(promises >= 40);
}

}  // namespace parley::test
