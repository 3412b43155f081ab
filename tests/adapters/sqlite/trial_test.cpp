// The trial checks a store without leaving a trace, also while the store is open.
#include "adapters/sqlite/trial.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;

namespace {

namespace fs = std::filesystem;

/// Why the store cannot be opened, as far as it can be foreseen; empty if it can.
String why(const String& path) {
  const fs::path folder = fs::path(path).parent_path();
  const auto entries = [&folder] {
    return fs::exists(folder) ? std::distance(fs::directory_iterator(folder), fs::directory_iterator()) : -1;
  };
  const auto before = entries();
  const Result<void> opens = try_open(settings_for(path));
  CHECK(entries() == before);
  if (opens) return {};
  CHECK(opens.error().field == "path");
  return opens.error().message;
}

std::unique_ptr<Connection> raw(const String& path) {
  std::ofstream(path).close();
  auto connection = Connection::open(path, Connection::Mode::write);
  REQUIRE(connection.has_value());
  return *std::move(connection);
}

}  // namespace

TEST_CASE("a usable store passes the trial: new, empty, closed, open, with a log left behind") {
  const Folder folder;
  CHECK(why(folder.file()) == "");
  CHECK(why(folder.file("a/b/new.db")) == "");
  CHECK_FALSE(fs::exists(folder.file("a")));
  std::ofstream(folder.file("empty.db")).close();
  CHECK(why(folder.file("empty.db")) == "");
  CHECK(why(folder.file("per%cent ?#.db")) == "");
  for (const char* name : {"parley.db", "per%cent ?#.db"}) {
    CAPTURE(name);
    {
      const auto store = open(folder.file(name));
      Worker worker(*store);
      worker.visitor(registration("t"));
      CHECK(why(folder.file(name)) == "");
      worker.visitor(registration("u"));
      // Like a process that ended without closing the store: the log is still there.
      for (const char* end : {"", "-wal"}) {
        fs::copy_file(folder.file(name) + end, folder.file("left.db") + end, fs::copy_options::overwrite_existing);
      }
    }
    CHECK(why(folder.file(name)) == "");
    CHECK(why(folder.file("left.db")) == "");
  }
}

TEST_CASE("an unusable store fails the trial with the message of opening it") {
  const Folder folder;
  raw(folder.file("foreign.db"))->run("create table t (a)");
  raw(folder.file("newer.db"))->run("pragma application_id = 0x50524C59; create table t (a); pragma user_version = 99");
  std::ofstream(folder.file("text.db")) << String(5000, 'x');
  struct Case {
    const char* name;
    const char* words;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"foreign.db", ": the file is another program's database"},
           {"newer.db", ": the store was written by a newer Parley: its schema is 99, this program knows up to "},
           {"text.db", ": the file is not a database"}}) {
    CAPTURE(one.name);
    const String path = folder.file(one.name);
    CHECK(why(path).starts_with(path + one.words));
    const auto opened = Store::open(settings_for(path));
    REQUIRE(opened.has_error());
    CHECK(opened.error().message.starts_with(path + one.words));
  }
}
