// A worker's own read-only connection.
#pragma once

#include <memory>

#include "adapters/sqlite/tables.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::sqlite {

/// Used on one thread.
class Reader {
 public:
  /// A writer must have opened the file before. Errors: unavailable, with `detail`.
  static Result<std::unique_ptr<Reader>> open(const String& path);

  /// Executes a reading operation, as of one commit. Afterwards `gathered` holds the records that the outcome was made
  /// of. Errors: the rule's; unavailable; internal (a damaged row).
  Result<Outcome> read(const Operation& operation, store::Gathered& gathered);
  /// Appends the bytes of a part of a file. Errors: no_such_file; unavailable.
  Result<void> read_part(std::string_view file, std::int64_t part, Buffer& out);

 private:
  explicit Reader(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
  Tables tables_;
  Statement begin_, commit_;
};

}  // namespace parley::sqlite
