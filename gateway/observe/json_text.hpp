// Writes untrusted text as a member of a JSON line: of limited length, and always UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

#include "schemas/shape/repair.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::observe {

/// Writes `quoted` (`"name":`) and the first `most` bytes of `text`. Each byte that is not UTF-8 becomes U+FFFD. Writes nothing
/// if the text is empty.
inline void put_text(shape::Writer& writer, std::string_view quoted, std::string_view text, std::size_t most) {
  if (text.empty()) return;
  text = text.substr(0, most);
  writer.quoted_key(quoted);
  if (shape::find_bad_utf8(text) == std::string_view::npos) return writer.string(text);
  writer.string(shape::replace_bad_utf8(text));
}

}  // namespace parley::gateway::observe
