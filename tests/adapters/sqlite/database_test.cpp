// A connection that keeps its first fault, and statements on it.
#include "adapters/sqlite/database.hpp"

#include <fstream>

#include "adapters/sqlite/schema.hpp"
#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite;
using parley::sqlite::test::Folder;

namespace {

std::unique_ptr<Connection> fresh(const String& path) {
  std::ofstream(path).close();
  auto connection = Connection::open(path, Connection::Mode::write);
  REQUIRE(connection.has_value());
  return *std::move(connection);
}

}  // namespace

TEST_CASE("statements bind texts, numbers and blobs as they are") {
  const Folder folder;
  const auto connection = fresh(folder.file());
  connection->run("create table t (a text, b integer, c blob)");
  const String text("a\0b\xE2\x80\xA8\xF0\x9F\x98\x80", 10);
  Statement add(*connection, "insert into t values (?1, ?2, ?3)");
  add.run(text, INT64_MIN, Bytes{std::string_view("\0\xFF", 2)});
  add.run(String(), std::int64_t{0}, Bytes{});
  Statement all(*connection, "select a, b, c, typeof(a) from t order by rowid");
  {
    Rows rows = all.rows();
    REQUIRE(rows.next());
    CHECK(rows.text(0) == text);
    CHECK(rows.number(1) == INT64_MIN);
    CHECK(rows.text(2).size() == 2);
    REQUIRE(rows.next());
    CHECK(rows.text(0).empty());
    CHECK(rows.text(3) == "text");  // an empty string is not NULL
    CHECK_FALSE(rows.next());
  }
  CHECK_FALSE(connection->take_fault().has_value());
}

TEST_CASE("a fault stays until it is taken") {
  const Folder folder;
  const auto connection = fresh(folder.file());
  connection->run("create table t (a integer primary key)");
  connection->run("insert into nowhere values (1)");
  CHECK(connection->faulty());
  connection->run("insert into t values (1)");  // has no effect
  Statement count(*connection, "select count(*) from t");
  CHECK_FALSE(count.rows().next());
  const auto fault = connection->take_fault();
  REQUIRE(fault.has_value());
  CHECK(fault->code == Code::internal);
  CHECK(fault->detail.find("nowhere") != String::npos);
  CHECK(connection->number("select count(*) from t") == 0);
  CHECK_FALSE(connection->faulty());
}

TEST_CASE("a reading connection cannot write") {
  const Folder folder;
  const auto writing = fresh(folder.file());
  writing->run("pragma journal_mode = wal");
  writing->run("create table t (a integer)");
  auto reading = Connection::open(folder.file(), Connection::Mode::read);
  REQUIRE(reading.has_value());
  (*reading)->run("insert into t values (1)");
  const auto fault = (*reading)->take_fault();
  REQUIRE(fault.has_value());
  CHECK(fault->code == Code::unavailable);
  CHECK(writing->number("select count(*) from t") == 0);
}

TEST_CASE("a missing file is unavailable, and not retryable") {
  const Folder folder;
  const auto connection = Connection::open(folder.file("none.db"), Connection::Mode::write);
  REQUIRE(connection.has_error());
  CHECK(connection.error().code == Code::unavailable);
  CHECK_FALSE(connection.error().retryable);
}
