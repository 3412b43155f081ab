// Decompresses gzip and deflate within a limit: a few packed bytes can become very many.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "schemas/buffer.hpp"

namespace parley::http {

/// HTTP content codings (RFC 9110, 8.4.1). deflate: accepted in the zlib format, and raw, as some clients send it.
enum class Packing : std::uint8_t { gzip, deflate };

enum class Unpacked : std::uint8_t {
  good,
  not_packed,  ///< the bytes are in another format
  damaged,     ///< begins correctly, but is cut off or corrupt later
  too_large,   ///< the text is larger than the limit
  no_room,     ///< `may_hold` returned false, or zlib found no memory
};

/// Allocates zlib's tables at its first use and keeps them, because they are large. For one thread.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Replaces the content of `text` with the unpacked text, which is complete only after `good`. Calls `may_hold` each
  /// time `text` has grown; an empty `may_hold` allows every growth.
  [[nodiscard]] Unpacked unpack(Packing packing, std::string_view packed, std::uint64_t limit, Buffer& text,
                                const std::function<bool()>& may_hold = {});

 private:
  struct State;
  struct Task;
  Unpacked run(int format, const Task& task);
  std::unique_ptr<State> state_;
};

}  // namespace parley::http
