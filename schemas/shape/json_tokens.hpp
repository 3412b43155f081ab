// Reads the tokens of JSON without a fault, for the fast readers. What has a fault, or something unusual, is refused without a message:
// whoever uses this has RapidJSON for that.
#pragma once

#include <string_view>

#include "schemas/shape/arena.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/special_bytes.hpp"

namespace parley::shape {

/// A position in a JSON text. Every function returns false if the text does not go on in that way; then the position has no meaning.
class JsonTokens {
 public:
  /// Views that it returns refer to `json`, or to `texts` if a string has escapes.
  JsonTokens(std::string_view json, Arena& texts) noexcept
      : at_(json.data()), end_(json.data() + json.size()), texts_(texts) {}

  [[nodiscard]] const char* at() const noexcept { return at_; }
  /// Skips blanks and returns the next byte without taking it; NUL at the end.
  char next() noexcept {
    while (at_ != end_ && is_blank(*at_)) skip_blanks();
    return at_ == end_ ? '\0' : *at_;
  }
  /// Takes the byte that `next` returned. Not at the end.
  void take() noexcept { ++at_; }
  /// Whether nothing but blanks follows.
  bool is_end() noexcept { return next() == '\0' && at_ == end_; }

  /// Takes `text` if it is next, and leaves the position as it is if not.
  bool take_text(std::string_view text) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < text.size() || std::memcmp(at_, text.data(), text.size()) != 0)
      return false;
    at_ += text.size();
    return true;
  }
  /// Reads a string, which begins here.
  bool string(std::string_view& text) {
    const char* const begin = ++at_;
    bool beyond = false;
    bool escaped = false;
    for (;;) {
      skip_plain(beyond);
      if (at_ == end_) return false;
      if (*at_ == '"') break;
      if (*at_ != '\\' || end_ - at_ < 2) return false;
      escaped = true;
      at_ += 2;
    }
    text = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    return !(beyond || escaped) || complete(text, escaped);
  }
  /// Reads a value that is no object or array. Sets kind, text and raw of `node`.
  bool scalar(Node& node) {
    const char* const begin = at_;
    node.kind = NodeKind::string;
    if (*at_ == '"' ? !string(node.text) : !other_scalar(node)) return false;
    node.raw = {begin, static_cast<std::size_t>(at_ - begin)};
    if (node.kind == NodeKind::number) node.text = node.raw;
    return true;
  }

 private:
  static bool is_blank(char byte) noexcept { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }
  static bool is_digit(char byte) noexcept { return byte >= '0' && byte <= '9'; }

  /// Skips at least one blank; indented documents have long rows of them.
  void skip_blanks() noexcept {
    constexpr std::uint64_t blanks = 0x2020202020202020ULL;
    ++at_;
    for (std::uint64_t word = 0; end_ - at_ >= 8; at_ += 8) {
      std::memcpy(&word, at_, 8);
      if (word != blanks) return;
    }
  }
  /// Moves to the next quote, backslash or control byte. Sets `beyond` if it passed a byte above 0x7f, and perhaps if one follows soon.
  void skip_plain(bool& beyond) noexcept {
    for (; static_cast<std::size_t>(end_ - at_) >= Chunk::size; at_ += Chunk::size) {
      const Chunk chunk(at_);
      beyond = beyond || chunk.beyond_ascii();
      if (const std::uint64_t special = chunk.special(); special != 0) {
        at_ += Chunk::first(special);
        return;
      }
    }
    for (; at_ != end_ && *at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= ' '; ++at_)
      beyond = beyond || static_cast<unsigned char>(*at_) > 0x7f;
  }

  /// Checks the UTF-8 of a string, and unescapes it.
  bool complete(std::string_view& text, bool escaped);
  /// Reads true, false, null or a number.
  bool other_scalar(Node& node);
  bool digits() noexcept;
  bool number();

  const char* at_;
  const char* const end_;
  Arena& texts_;
};

}  // namespace parley::shape
