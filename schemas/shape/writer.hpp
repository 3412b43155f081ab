// Writes JSON as JSON.stringify does: no blanks, only what must be escaped is. rapidjson::Writer is its oracle in the tests.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/time.hpp"

namespace parley::shape {

/// Appends to a buffer it does not own. A value is followed by a comma; whatever closes eats the last one.
class Writer {
 public:
  explicit Writer(Buffer& out) noexcept : out_(out) {}

  void begin_object() { out_.append('{'); }
  void end_object() { close('}'); }
  void begin_array() { out_.append('['); }
  void end_array() { close(']'); }
  /// A member name that needs escaping perhaps.
  void key(std::string_view name);
  /// A member name with its quotes and colon: `"name":`.
  void quoted_key(std::string_view quoted) { out_.append(quoted); }
  void string(std::string_view text);
  void integer(std::int64_t value);
  void boolean(bool value) { value ? out_.append("true,") : out_.append("false,"); }
  void null() { out_.append("null,"); }
  /// JSON text as it is.
  void raw(std::string_view json) {
    out_.append(json);
    out_.append(',');
  }
  /// An ISO-8601 string, or null where the time is not known.
  void iso(Time time);
  /// Takes the comma behind the last value away: the document is complete.
  void finish() noexcept {
    if (!out_.empty() && out_.view().back() == ',') out_.truncate(out_.size() - 1);
  }
  [[nodiscard]] Buffer& out() noexcept { return out_; }

 private:
  void close(char bracket) {
    finish();
    char* at = out_.prepare(2);
    at[0] = bracket;
    at[1] = ',';
    out_.commit(2);
  }
  Buffer& out_;
};

}  // namespace parley::shape
