// The text of a YAML file by line and column: what yaml-cpp does not tell (a missing colon, a quote that is never closed)
// is looked up here.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/shape/node.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

struct BadByte {
  Mark mark;
  std::string_view what;
};

/// The text behind a byte order mark, which some editors put there.
[[nodiscard]] std::string_view without_mark(std::string_view text) noexcept;
/// Whether the text is UTF-16 or UTF-32, by its mark or by the NUL bytes beside its first characters.
[[nodiscard]] bool is_wide(std::string_view text) noexcept;

/// Does not own the text. Columns count characters, so the text must be UTF-8 where `offset` is asked.
class YamlSource {
 public:
  explicit YamlSource(std::string_view text);

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::uint32_t lines() const noexcept { return static_cast<std::uint32_t>(starts_.size()); }
  /// A line from 1, without its break; empty where there is none.
  [[nodiscard]] std::string_view line(std::uint32_t number) const noexcept;
  /// The byte at a mark; the end of the text where there is none.
  [[nodiscard]] std::size_t offset(Mark mark) const noexcept;
  [[nodiscard]] Mark mark(std::size_t offset) const noexcept;
  /// The same from a line and the bytes before the place in it.
  [[nodiscard]] Mark mark(std::uint32_t line, std::size_t bytes) const noexcept;
  /// The byte at an offset, or NUL at the end.
  [[nodiscard]] char at(std::size_t offset) const noexcept { return offset < text_.size() ? text_[offset] : '\0'; }
  /// The first byte of each line that no text may have: not UTF-8, or a control character. yaml-cpp would guess at another
  /// encoding, and drop a lone carriage return.
  [[nodiscard]] List<BadByte> bad_bytes(std::size_t most) const;
  /// Behind blanks and tabs.
  [[nodiscard]] std::size_t skip_blanks(std::size_t offset) const noexcept;
  /// Behind the quoted text that begins at `offset`; npos: its quote is never closed.
  [[nodiscard]] std::size_t skip_quoted(std::size_t offset) const noexcept;
  /// The dash of an empty entry of a block list, given where the next thing stands; that place where there is none.
  [[nodiscard]] Mark empty_entry(Mark next) const noexcept;

 private:
  std::string_view text_;
  List<std::size_t> starts_;
};

/// A character that text may not hold, even escaped: C0 except tab and line feed, DEL, C1. npos: none.
[[nodiscard]] std::size_t find_control(std::string_view text) noexcept;

}  // namespace parley::shape
