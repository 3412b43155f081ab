// The bytes of a file, as a backend hands them to facades.
#pragma once

#include <cstdint>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"

namespace parley {

/// Reads a file in pieces, so that none is whole in memory. Used on the session's thread.
class FileBytes {
 public:
  virtual ~FileBytes() = default;
  /// Appends the part with this number to `out`. Must not block for long. Errors: no_such_file (removed meanwhile), unavailable.
  virtual Result<void> read(std::int64_t part, Buffer& out) = 0;
};

}  // namespace parley
