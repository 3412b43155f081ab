// SQLite behind two small classes: a connection that remembers its first fault, and a statement prepared on first use.
// Nothing outside database.cpp and schema.cpp calls SQLite.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "schemas/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace parley::sqlite {

/// One connection: used by one thread at a time. A fault sticks: from then on queries find nothing and commands do nothing, until
/// `take_fault`. So a caller runs through and asks once, before it believes what it found.
class Connection {
 public:
  enum class Mode : std::uint8_t { write, read, look };

  /// Opens an existing file. `write` is the only connection that changes, checkpoints and cleans up; `read` never does. `look` takes
  /// no locks, makes no files beside the database, and sees none that are there: for a file that nobody has open.
  /// Errors: unavailable, with `detail`.
  static Result<std::unique_ptr<Connection>> open(const String& path, Mode mode);

  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs statements without values. Refused while there is a fault.
  void run(const char* sql);
  /// The first integer of a query's first row; 0 where there is none.
  std::int64_t number(const char* sql);

  [[nodiscard]] bool faulty() const noexcept { return code_ != 0; }
  /// Makes a fault of what was read: a row that no version of this program can have written.
  void damaged(String detail);
  /// The row number of the last row added.
  [[nodiscard]] std::int64_t last_row() const noexcept;
  /// The fault as an error, if there is one; it stays.
  [[nodiscard]] Result<void> check() const;
  /// What went wrong first (unavailable, or internal for damage and bugs), and forgets it.
  std::optional<Error> take_fault();

  /// False where SQLite itself has ended the transaction, as it does when the disk is full.
  [[nodiscard]] bool in_transaction() const noexcept;
  /// Pages in the write-ahead log, as of the last commit of this connection.
  [[nodiscard]] int log_pages() const noexcept { return log_pages_; }
  /// Moves what the log holds into the file, as far as readers allow, without waiting for them. Returns how many of its pages have been
  /// moved. Never a fault: what did not work is tried again after a later commit.
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

/// A run of a statement: rows while it lives, the statement is free again when it ends.
class Rows {
 public:
  Rows(Connection& connection, sqlite3_stmt* statement) noexcept : connection_(connection), statement_(statement) {}
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  /// Goes to the next row; false when there is none, or on a fault.
  bool next();
  /// Columns of the present row, from 0. Text is valid until `next` or the end.
  [[nodiscard]] std::int64_t number(int column) const noexcept;
  [[nodiscard]] std::string_view text(int column) const noexcept;

 private:
  Connection& connection_;
  sqlite3_stmt* statement_;  // nullptr: could not be prepared
};

/// A blob as a value: `Bytes{guid}`.
struct Bytes {
  std::string_view bytes;
};

/// One statement of a connection, which must outlive it. `sql` must live as long.
class Statement {
 public:
  Statement(Connection& connection, const char* sql) noexcept : connection_(connection), sql_(sql) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Starts with these values for ?1, ?2, …; texts must outlive the rows.
  template <class... Values>
  [[nodiscard]] Rows rows(const Values&... values) {
    sqlite3_stmt* statement = ready();
    if (statement != nullptr) {
      int at = 0;
      (bind(++at, values), ...);
    }
    return Rows(connection_, statement);
  }
  /// Runs a statement that gives no rows.
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
