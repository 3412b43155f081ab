// Writes JSON as JSON.stringify does: without blanks, with only the necessary escapes. Tests compare it with rapidjson::Writer.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/time.hpp"

namespace parley::shape {

/// Appends to a buffer that it does not own. Each value is followed by a comma; the end of an object or array removes the last one.
class Writer {
 public:
  explicit Writer(Buffer& out) noexcept : out_(out) {}

  void begin_object() { out_.append('{'); }
  void end_object() { close('}'); }
  void begin_array() { out_.append('['); }
  void end_array() { close(']'); }
  /// A member name. Escapes it where needed.
  void key(std::string_view name);
  /// A member name that is already escaped, with its quotes and colon: `"name":`.
  void quoted_key(std::string_view quoted) { out_.append(quoted); }
  void string(std::string_view text);
  void integer(std::int64_t value);
  void boolean(bool value) { value ? out_.append("true,") : out_.append("false,"); }
  void null() { out_.append("null,"); }
  /// JSON text, unchanged.
  void raw(std::string_view json) {
    out_.append(json);
    out_.append(',');
  }
  /// An ISO 8601 string, or null if the time is not known.
  void iso(Time time);
  /// Removes the comma after the last value. Call it at the end of the document.
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
