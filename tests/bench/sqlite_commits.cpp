// A bare loop of gathered SQLite commits, to measure registrations against: rows of the size given into a table with the
// two indexes that finding a visitor by id and by token takes, GATHER rows a commit, on disk before the next.
// `sqlite_commits FILE SECONDS GATHER BODY_BYTES`; prints rows a second.
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** arguments) {
  if (count != 5) return 64;
  const double seconds = std::atof(arguments[2]);
  const int gather = std::atoi(arguments[3]);
  const std::string body(static_cast<std::size_t>(std::atoi(arguments[4])), 'x');
  sqlite3* database = nullptr;
  const auto run = [&database](const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
    std::fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
    std::exit(1);
  };
  if (sqlite3_open(arguments[1], &database) != SQLITE_OK) return 1;
  run("pragma journal_mode = wal");
  run("pragma synchronous = full");
  run("create table visitors (number integer primary key, id text not null unique, token text not null, body text not "
      "null) strict");
  run("create index visitors_token on visitors (token)");
  sqlite3_stmt* insert = nullptr;
  if (sqlite3_prepare_v2(database, "insert into visitors (id, token, body) values (?, ?, ?)", -1, &insert, nullptr) !=
      SQLITE_OK)
    return 1;
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&begin] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::srand(1);
  long rows = 0;
  while (passed() < seconds) {
    run("begin immediate");
    for (int i = 0; i < gather; ++i, ++rows) {
      // 24 hex digits, four bytes of which grow with time, as a visitor's id; a token of the client's.
      char id[40];
      std::snprintf(id, sizeof id, "%08lx%08x%08x", 0x67000000 + rows / 20000, static_cast<unsigned>(std::rand()),
                    static_cast<unsigned>(std::rand()));
      const std::string token = "bench-" + std::to_string(std::rand()) + "-" + std::to_string(rows);
      sqlite3_bind_text(insert, 1, id, 24, SQLITE_TRANSIENT);
      sqlite3_bind_text(insert, 2, token.c_str(), static_cast<int>(token.size()), SQLITE_TRANSIENT);
      sqlite3_bind_text(insert, 3, body.c_str(), static_cast<int>(body.size()), SQLITE_STATIC);
      if (sqlite3_step(insert) != SQLITE_DONE) return 1;
      sqlite3_reset(insert);
    }
    run("commit");
  }
  std::printf("%.0f\n", static_cast<double>(rows) / passed());
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return 0;
}
