// Unpacks gzip and deflate, within a limit: a few packed bytes can become very many.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "schemas/buffer.hpp"

namespace parley::http {

/// The codings of HTTP (RFC 9110, 8.4.1). deflate: in the zlib format, or without it as some clients send it.
enum class Packing : std::uint8_t { gzip, deflate };

enum class Unpacked : std::uint8_t {
  good,
  not_packed,  ///< something else
  damaged,     ///< begins as it should, and then is cut off or wrong
  too_large,   ///< more than the limit
  no_room,     ///< `may_hold` said no
};

/// Makes its tables when it is first used and keeps them, as they are large. One thread.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Puts the text in place of what `text` held; only after `good` is it whole. `may_hold` is asked each time that `text`
  /// has grown; empty: it may.
  [[nodiscard]] Unpacked unpack(Packing packing, std::string_view packed, std::uint64_t limit, Buffer& text,
                                const std::function<bool()>& may_hold = {});

 private:
  struct State;
  struct Task;
  Unpacked run(int format, const Task& task);
  std::unique_ptr<State> state_;
};

}  // namespace parley::http
