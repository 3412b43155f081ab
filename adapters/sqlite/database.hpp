// Wraps SQLite in small classes: a connection that keeps its first fault, and a statement that is prepared at its first
// use. Only database.cpp calls SQLite.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "schemas/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace parley::sqlite {

/// One connection; used by one thread at a time. A fault stays: until `take_fault`, queries find nothing and commands
/// do nothing. So a caller makes all its calls and checks for a fault once, before it uses the results.
class Connection {
 public:
  enum class Mode : std::uint8_t { write, read, look };

  /// Opens an existing file. `write`: the only connection that changes, checkpoints and cleans up. `read`: never does
  /// any of these. `look`: takes no locks, makes no files beside the database and ignores those that exist; only for a
  /// file that nobody has open. Errors: unavailable, with `detail`.
  static Result<std::unique_ptr<Connection>> open(const String& path, Mode mode);

  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs statements without values. Does nothing while there is a fault.
  void run(const char* sql);
  /// The first integer of a query's first row; 0 if there is none.
  std::int64_t number(const char* sql);

  [[nodiscard]] bool faulty() const noexcept { return code_ != 0; }
  /// Sets a fault for data that no version of this program can have written.
  void damaged(String detail);
  /// The row number of the row that was added last.
  [[nodiscard]] std::int64_t last_row() const noexcept;
  /// The fault as an error, if there is one. It stays.
  [[nodiscard]] Result<void> check() const;
  /// Returns and clears the first fault: unavailable, or internal for damage and bugs.
  std::optional<Error> take_fault();

  /// False if SQLite itself has ended the transaction, for example because the disk is full.
  [[nodiscard]] bool in_transaction() const noexcept;
  /// The number of pages in the write-ahead log, as of this connection's last commit.
  [[nodiscard]] int log_pages() const noexcept { return log_pages_; }
  /// Moves pages from the log into the file, as far as readers allow, without waiting for them. Returns how many pages
  /// of the log are in the file. Sets no fault: pages that remain are moved after a later commit.
  int checkpoint();

 private:
  friend class Rows;
  friend class Statement;
  explicit Connection(sqlite3* handle) noexcept : handle_(handle) {}
  void note(int code);

  sqlite3* handle_;
  int code_ = 0;
  String text_;
  int log_pages_ = 0;
};

/// One run of a statement. The statement can be used again when this object is destroyed.
class Rows {
 public:
  Rows(Connection& connection, sqlite3_stmt* statement) noexcept : connection_(connection), statement_(statement) {}
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  /// Goes to the next row; false if there is none, or on a fault.
  bool next();
  /// Columns of the present row, from 0. Text is valid until the next call of `next`, or the end of this object.
  [[nodiscard]] std::int64_t number(int column) const noexcept;
  [[nodiscard]] std::string_view text(int column) const noexcept;
  /// A blob; valid as a text is.
  [[nodiscard]] std::string_view bytes(int column) const noexcept;

 private:
  Connection& connection_;
  sqlite3_stmt* statement_;  // nullptr: could not be prepared
};

/// A value to be bound as a blob: `Bytes{guid}`.
struct Bytes {
  std::string_view bytes;
};

/// One statement of a connection. The connection and `sql` must outlive it.
class Statement {
 public:
  Statement(Connection& connection, const char* sql) noexcept : connection_(connection), sql_(sql) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Starts the statement with these values for ?1, ?2, …; texts must outlive the rows.
  template <class... Values>
  [[nodiscard]] Rows rows(const Values&... values) {
    sqlite3_stmt* statement = ready();
    if (statement != nullptr) {
      int at = 0;
      (bind(++at, values), ...);
    }
    return Rows(connection_, statement);
  }
  /// Runs a statement that returns no rows.
  template <class... Values>
  void run(const Values&... values) {
    rows(values...).next();
  }

 private:
  sqlite3_stmt* ready();
  void bind(int at, std::string_view text);
  void bind(int at, std::int64_t number);
  void bind(int at, Bytes bytes);

  Connection& connection_;
  const char* sql_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace parley::sqlite
