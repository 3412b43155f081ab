// Texts that others sent, as members of a JSON line: bounded, and UTF-8 whatever they hold.
#pragma once

#include <cstddef>
#include <string_view>

#include "schemas/shape/repair.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::observe {

/// Writes `quoted` (`"name":`) and the first `most` bytes of `text`, with U+FFFD for each byte that is no UTF-8; nothing where
/// the text is empty.
inline void put_text(shape::Writer& writer, std::string_view quoted, std::string_view text, std::size_t most) {
  if (text.empty()) return;
  text = text.substr(0, most);
  writer.quoted_key(quoted);
  if (shape::find_bad_utf8(text) == std::string_view::npos) return writer.string(text);
  writer.string(shape::replace_bad_utf8(text));
}

}  // namespace parley::gateway::observe
