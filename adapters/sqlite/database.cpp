// The calls of SQLite, and the errors that its result codes become.
#include "adapters/sqlite/database.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "adapters/store/errors.hpp"

namespace parley::sqlite {
namespace {

bool passing(int code) {
  switch (code & 0xff) {  // the primary code; extended codes only add detail
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return true;
    default:
      return false;
  }
}

Error error_of(int code, String detail) {
  Error error = passing(code) ? store::refusal(Code::unavailable, "the store does not answer; try again")
                              : store::refusal(Code::internal, "the store has failed");
  error.detail = std::move(detail);
  error.retryable = error.code == Code::unavailable;
  return error;
}

/// A URI that tells SQLite that nobody changes the file.
String unchanging(const String& path) {
  String uri = "file:";
  for (const char byte : path) {
    if (byte == '%') {
      uri += "%25";
    } else if (byte == '?') {
      uri += "%3f";
    } else if (byte == '#') {
      uri += "%23";
    } else {
      uri += byte;
    }
  }
  return uri + "?immutable=1";
}

int note_log_size(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const String& path, Mode mode) {
  // Memory statistics take a lock for each allocation, and nobody reads them. Can only be switched off before the first connection.
  static const int quiet = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(quiet);
  sqlite3* handle = nullptr;
  const int access = mode == Mode::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  const bool looks = mode == Mode::look;
  const int code = sqlite3_open_v2(looks ? unchanging(path).c_str() : path.c_str(), &handle,
                                   access | SQLITE_OPEN_NOMUTEX | (looks ? SQLITE_OPEN_URI : 0), nullptr);
  std::unique_ptr<Connection> connection(new Connection(handle));
  if (code != SQLITE_OK) {
    Error error = error_of(SQLITE_CANTOPEN, handle == nullptr ? "out of memory" : sqlite3_errmsg(handle));
    error.retryable = false;
    return error;
  }
  sqlite3_extended_result_codes(handle, 1);
  // SQL comes only from this program, and texts only as bound values. So SQL inside the schema of a foreign file must not run.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_wal_autocheckpoint(handle, 0);
  if (mode == Mode::write) {
    sqlite3_wal_hook(handle, note_log_size, &connection->log_pages_);
  } else if (mode == Mode::read) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    connection->run("pragma query_only = 1");
    // This read opens the log now. Later, a flood of clients may have used up all descriptors.
    connection->number("pragma schema_version");
  }
  if (auto fault = connection->take_fault()) return *std::move(fault);
  return connection;
}

Connection::~Connection() { sqlite3_close(handle_); }

void Connection::note(int code) {
  if (code_ != 0) return;
  code_ = code;
  text_ = sqlite3_errmsg(handle_);
}

void Connection::damaged(String detail) {
  if (code_ != 0) return;
  code_ = SQLITE_CORRUPT;
  text_ = std::move(detail);
}

void Connection::run(const char* sql) {
  if (faulty()) return;
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) note(code);
}

std::int64_t Connection::number(const char* sql) {
  Statement statement(*this, sql);
  Rows rows = statement.rows();
  return rows.next() ? rows.number(0) : 0;
}

Result<void> Connection::check() const {
  if (code_ == 0) return {};
  return error_of(code_, text_ + " (" + std::to_string(code_) + ')');
}

std::optional<Error> Connection::take_fault() {
  Result<void> checked = check();
  code_ = 0;
  if (checked) return std::nullopt;
  return std::move(checked).error();
}

std::int64_t Connection::last_row() const noexcept { return sqlite3_last_insert_rowid(handle_); }

bool Connection::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

int Connection::checkpoint() {
  int moved = 0;
  sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, &moved);
  return std::max(moved, 0);
}

Rows::~Rows() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

bool Rows::next() {
  if (statement_ == nullptr || connection_.faulty()) return false;
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.note(code);
  return code == SQLITE_ROW;
}

std::int64_t Rows::number(int column) const noexcept { return sqlite3_column_int64(statement_, column); }

std::string_view Rows::text(int column) const noexcept {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Rows::bytes(int column) const noexcept {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Statement::~Statement() { sqlite3_finalize(statement_); }

sqlite3_stmt* Statement::ready() {
  if (connection_.faulty()) return nullptr;
  if (statement_ == nullptr) {
    const int code = sqlite3_prepare_v3(connection_.handle_, sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) connection_.note(code);
  }
  return statement_;
}

// A fault of binding (out of memory, a text above SQLite's limit) stays like any other.
void Statement::bind(int at, std::string_view text) {
  const char* bytes = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  const int code = sqlite3_bind_text64(statement_, at, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) connection_.note(code);
}

void Statement::bind(int at, std::int64_t number) {
  const int code = sqlite3_bind_int64(statement_, at, number);
  if (code != SQLITE_OK) connection_.note(code);
}

void Statement::bind(int at, Bytes bytes) {
  const int code = sqlite3_bind_blob64(statement_, at, bytes.bytes.data(), bytes.bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) connection_.note(code);
}

}  // namespace parley::sqlite
