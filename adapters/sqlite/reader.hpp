// A worker's own connection for reading.
#pragma once

#include <memory>

#include "adapters/sqlite/tables.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::sqlite {

/// Used on one thread.
class Reader {
 public:
  /// The file must have been opened by a writer before. Errors: unavailable, with `detail`.
  static Result<std::unique_ptr<Reader>> open(const String& path);

  /// Executes a reading operation; whatever it reads is as of one commit. `gathered` holds what the outcome was made of. Errors: the
  /// rule's; unavailable, internal (a damaged row).
  Result<Outcome> read(const Operation& operation, store::Gathered& gathered);

 private:
  explicit Reader(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
  Tables tables_;
  Statement begin_, commit_;
};

}  // namespace parley::sqlite
