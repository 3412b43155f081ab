// The text of a YAML file by line and column, to find what yaml-cpp does not report: a missing colon, an unclosed quote.
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

/// The text without a byte order mark at its start, which some editors write.
[[nodiscard]] std::string_view without_mark(std::string_view text) noexcept;
/// Whether the text is UTF-16 or UTF-32. It looks at the byte order mark and at NUL bytes among the first four bytes.
[[nodiscard]] bool is_wide(std::string_view text) noexcept;

/// Does not own the text. Columns count characters, so `offset` and `mark` need valid UTF-8.
class YamlSource {
 public:
  explicit YamlSource(std::string_view text);

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::uint32_t lines() const noexcept { return static_cast<std::uint32_t>(starts_.size()); }
  /// The line of that number, counted from 1, without its line break. Empty if there is no such line.
  [[nodiscard]] std::string_view line(std::uint32_t number) const noexcept;
  /// The offset of a mark in bytes. The size of the text if there is no such line.
  [[nodiscard]] std::size_t offset(Mark mark) const noexcept;
  /// The mark of an offset in bytes.
  [[nodiscard]] Mark mark(std::size_t offset) const noexcept;
  /// The mark of a place `bytes` bytes after the start of a line.
  [[nodiscard]] Mark mark(std::uint32_t line, std::size_t bytes) const noexcept;
  /// The byte at an offset; NUL after the end.
  [[nodiscard]] char at(std::size_t offset) const noexcept { return offset < text_.size() ? text_[offset] : '\0'; }
  /// The first invalid byte of each line (not UTF-8, or a control character), of at most `most` lines. yaml-cpp would guess another
  /// encoding, and drop a lone carriage return.
  [[nodiscard]] List<BadByte> bad_bytes(std::size_t most) const;
  /// The offset after the blanks and tabs at `offset`.
  [[nodiscard]] std::size_t skip_blanks(std::size_t offset) const noexcept;
  /// The offset after the quoted text that begins at `offset`. npos: the quote is not closed.
  [[nodiscard]] std::size_t skip_quoted(std::size_t offset) const noexcept;
  /// The place of the dash of an empty list entry that ends right before `next`. Returns `next` if there is no such dash.
  [[nodiscard]] Mark empty_entry(Mark next) const noexcept;

 private:
  std::string_view text_;
  List<std::size_t> starts_;
};

/// The offset of the first control character that text must not have, even escaped: C0 except tab and line feed, DEL, C1. npos: none.
[[nodiscard]] std::size_t find_control(std::string_view text) noexcept;
/// The text without one line end at its end: a line feed, a carriage return, or both.
[[nodiscard]] std::string_view without_line_end(std::string_view text) noexcept;

}  // namespace parley::shape
