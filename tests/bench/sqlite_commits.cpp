// A bare loop of gathered SQLite commits, to measure writes against: GATHER writes a commit, on disk before the next.
// `sqlite_commits FILE SECONDS GATHER BODY_BYTES`: registrations: rows of that size into a table with the two indexes that finding a visitor
// by id and by token takes. With CHAT_BYTES as well: messages: a row into a table by chat and time, with an index by id, and the row of
// its chat again, which has CHAT_BYTES; GATHER chats in turn. Prints writes a second.
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** arguments) {
  if (count != 5 && count != 6) return 64;
  const bool messages = count == 6;
  const double seconds = std::atof(arguments[2]);
  const int gather = std::atoi(arguments[3]);
  const std::string body(static_cast<std::size_t>(std::atoi(arguments[4])), 'x');
  const std::string chat(static_cast<std::size_t>(messages ? std::atoi(arguments[5]) : 0), 'y');
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
  run("create table chats (number integer primary key, body text not null) strict");
  run("create table messages (chat integer not null, shown_at integer not null, id text not null unique, body text not "
      "null, "
      "primary key (chat, shown_at)) strict, without rowid");
  const auto prepare = [&database](const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) std::exit(1);
    return statement;
  };
  sqlite3_stmt* const insert = prepare("insert into visitors (id, token, body) values (?, ?, ?)");
  sqlite3_stmt* const add = prepare("insert into messages (chat, shown_at, id, body) values (?, ?, ?, ?)");
  sqlite3_stmt* const replace = prepare("insert or replace into chats (number, body) values (?, ?)");
  const auto step = [](sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) std::exit(1);
    sqlite3_reset(statement);
  };
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
      if (messages) {
        sqlite3_bind_int64(add, 1, i);
        sqlite3_bind_int64(add, 2, rows);
        sqlite3_bind_text(add, 3, id, 17, SQLITE_TRANSIENT);
        sqlite3_bind_text(add, 4, body.c_str(), static_cast<int>(body.size()), SQLITE_STATIC);
        step(add);
        sqlite3_bind_int64(replace, 1, i);
        sqlite3_bind_text(replace, 2, chat.c_str(), static_cast<int>(chat.size()), SQLITE_STATIC);
        step(replace);
        continue;
      }
      const std::string token = "bench-" + std::to_string(std::rand()) + "-" + std::to_string(rows);
      sqlite3_bind_text(insert, 1, id, 24, SQLITE_TRANSIENT);
      sqlite3_bind_text(insert, 2, token.c_str(), static_cast<int>(token.size()), SQLITE_TRANSIENT);
      sqlite3_bind_text(insert, 3, body.c_str(), static_cast<int>(body.size()), SQLITE_STATIC);
      step(insert);
    }
    run("commit");
  }
  std::printf("%.0f\n", static_cast<double>(rows) / passed());
  for (sqlite3_stmt* statement : {insert, add, replace}) sqlite3_finalize(statement);
  sqlite3_close(database);
  return 0;
}
