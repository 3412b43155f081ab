// Unpacks gzip, within a limit: a few packed bytes can become very many.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::upstream {

/// Kept from answer to answer, as its tables are large. One thread.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Errors: upstream_failed: no gzip, cut off, or more than `limit` bytes.
  Result<String> unpack(std::string_view packed, std::uint64_t limit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parley::upstream
