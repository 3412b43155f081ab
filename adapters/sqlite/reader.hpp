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

 private:
  explicit Reader(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
  Tables tables_;
  Statement begin_, commit_;
};

}  // namespace parley::sqlite
