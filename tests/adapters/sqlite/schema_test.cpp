// Who may open the file, which files are refused, and migrations.
#include "adapters/sqlite/schema.hpp"

#include <sys/stat.h>

#include <array>
#include <fstream>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/support/contains.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::test::contains;

namespace {

unsigned mode_of(const String& path) {
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777U;
}

String refusal_of(const String& path) {
  const auto store = Store::open(settings_for(path));
  REQUIRE(store.has_error());
  CHECK(store.error().code == Code::unavailable);
  return store.error().message;
}

std::unique_ptr<Connection> raw(const String& path) {
  auto connection = Connection::open(path, Connection::Mode::write);
  REQUIRE(connection.has_value());
  return *std::move(connection);
}

}  // namespace

TEST_CASE("the directory and the file are made, readable only by their owner") {
  const Folder folder;
  const String path = folder.file("a/b/parley.db");
  const auto store = open(path);
  Worker worker(*store);
  worker.visitor(registration("t"));
  for (const char* end : {"", "-wal", "-shm", ".lock"}) {
    CAPTURE(end);
    CHECK(mode_of(path + end) == 0600U);
  }
}

TEST_CASE("only one backend of one process can have a store open") {
  const Folder folder;
  {
    const auto first = open(folder.file());
    CHECK(contains(refusal_of(folder.file()), "in use by another"));
  }
  const auto again = open(folder.file());
  CHECK(again != nullptr);
}

TEST_CASE("a file that is not a Parley store is refused and not changed") {
  const Folder folder;
  SUBCASE("text") {
    std::ofstream(folder.file()) << String(5000, 'x');
    CHECK(contains(refusal_of(folder.file()), "not a database"));
    CHECK(std::filesystem::file_size(folder.file()) == 5000);
  }
  SUBCASE("a damaged header") {
    { const auto store = open(folder.file()); }
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(0);
    file << "SQLite format 9";
    file.close();
    CHECK(contains(refusal_of(folder.file()), "not a database"));
  }
  SUBCASE("another program's database") {
    std::ofstream(folder.file()).close();
    raw(folder.file())->run("create table theirs (a integer)");
    CHECK(contains(refusal_of(folder.file()), "another program's"));
    CHECK(raw(folder.file())->number("select count(*) from sqlite_schema") == 1);
  }
  SUBCASE("a store of a newer version") {
    { const auto store = open(folder.file()); }
    raw(folder.file())->run("pragma user_version = 99");
    const String message = refusal_of(folder.file());
    CHECK(contains(message, "newer"));
    CHECK(contains(message, "99"));
    CHECK(contains(message, folder.file()));
  }
  SUBCASE("a directory that cannot be made") {
    std::ofstream(folder.file("plain")).close();
    CHECK(contains(refusal_of(folder.file("plain/parley.db")), "cannot be made"));
  }
}

TEST_CASE("an empty file becomes a store") {
  const Folder folder;
  std::ofstream(folder.file()).close();
  CHECK(open(folder.file())->empty());
}

TEST_CASE("a damaged body is an error of that record, not a crash") {
  World world;
  const Visitor kept = world->visitor(registration("whole"));
  const Visitor visitor = world->visitor(registration("torn"));
  world.worker.reset();
  world.backend.reset();
  raw(world.folder.file())->run("update visitors set body = '{\"id\":' where token = 'torn'");
  world.backend = open(world.folder.file());
  world.worker.emplace(*world.backend);
  CHECK(world->refused(by_token("torn")) == Code::internal);
  CHECK(world->refused(registration("torn")) == Code::internal);
  CHECK(world->refused(Operation(ListVisitors{})) == Code::internal);
  CHECK(world->visitor(by_token("whole")) == kept);
}

TEST_CASE("migrations run from the present version, each completely or not at all") {
  const Folder folder;
  std::ofstream(folder.file()).close();
  const auto connection = raw(folder.file());
  const char* first = "create table a (x integer); pragma application_id = 0x50524C59;";
  const std::array<const char*, 1> one = {first};
  REQUIRE(migrate(*connection, one).has_value());
  connection->run("insert into a values (5)");

  const std::array<const char*, 3> broken = {first, "create table b as select x from a;",
                                             "create table c (y); broken;"};
  const auto refused = migrate(*connection, broken);
  REQUIRE(refused.has_error());
  CHECK(contains(refused.error().message, "schema 3"));
  CHECK(connection->number("pragma user_version") == 2);
  CHECK(connection->number("select x from b") == 5);
  CHECK(connection->number("select count(*) from sqlite_schema where name = 'c'") == 0);

  const std::array<const char*, 3> whole = {first, "no longer run", "create table c (y);"};
  REQUIRE(migrate(*connection, whole).has_value());
  CHECK(connection->number("pragma user_version") == 3);
  REQUIRE(migrate(*connection, whole).has_value());  // nothing left to do
}

TEST_CASE("the tables of version 1 do not change") {
  // Later versions will read such files, so a change here must be a new migration.
  const Folder folder;
  std::ofstream(folder.file()).close();
  const auto connection = raw(folder.file());
  REQUIRE(migrate(*connection, migrations().first(1)).has_value());
  CHECK(connection->number("pragma user_version") == 1);
  CHECK(connection->number("pragma application_id") == 0x50524C59);
  CHECK(connection->number("select count(*) from sqlite_schema where type = 'table' and name in ('visitors', 'phones', "
                           "'emails', 'agents', 'chats', 'contacts', 'contact_visitors', 'id_map', 'counters', "
                           "'page_visits')") == 10);
}
