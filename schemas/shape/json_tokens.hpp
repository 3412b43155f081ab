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
  /// Views that it returns refer to `json`, or to `texts` if a string has escapes. `trees` is memory for values that are read as a tree.
  JsonTokens(std::string_view json, Arena& texts, List<Node>& trees) noexcept
      : trees(trees), at_(json.data()), end_(json.data() + json.size()), texts_(texts) {}
  JsonTokens(const JsonTokens&) = delete;
  JsonTokens& operator=(const JsonTokens&) = delete;

  /// The number of objects and arrays that the next token is in, as far as whoever reads them tells it.
  std::size_t depth = 0;
  List<Node>& trees;

  [[nodiscard]] const char* at() const noexcept { return at_; }
  /// Skips blanks and returns the next byte without taking it; NUL at the end.
  char next() noexcept {
    const char* at = at_;
    if (at != end_ && *at == ' ') ++at;  // compact documents have at most one blank
    if (at != end_ && static_cast<unsigned char>(*at) > ' ') [[likely]] {
      at_ = at;
      return *at;
    }
    at_ = at;
    return next_behind_blanks();
  }
  /// Takes the byte that `next` returned. Not at the end.
  void take() noexcept { ++at_; }
  /// Takes `byte` if it is next, after blanks.
  bool take_if(char byte) noexcept {
    if (next() != byte) return false;
    take();
    return true;
  }
  /// Goes back to a position that `at` returned.
  void back_to(const char* at) noexcept { at_ = at; }
  /// Whether nothing but blanks follows.
  bool is_end() noexcept { return next() == '\0' && at_ == end_; }

  /// Takes `text` if it is next, and leaves the position as it is if not.
  bool take_text(std::string_view text) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < text.size() || !is_same(at_, text.data(), text.size())) return false;
    at_ += text.size();
    return true;
  }
  /// Reads a string, which begins here.
  bool string(std::string_view& text) {
    const char* const begin = at_ + 1;
    bool beyond = false;
    bool escaped = false;
    const char* at = begin;
    for (;;) {
      at = skip_plain(at, beyond);
      if (at == end_) return false;
      if (*at == '"') [[likely]]
        break;
      if (*at != '\\' || end_ - at < 2) return false;
      escaped = true;
      at += 2;
    }
    text = {begin, static_cast<std::size_t>(at - begin)};
    at_ = at + 1;
    return !(beyond || escaped) || complete(text, escaped);
  }
  /// Reads an array, with `bool read_element()` for each element. Returns false if that does, or if the array has a fault.
  template <class ReadElement>
  bool elements(const ReadElement& read_element) {
    return parts('[', read_element, ']');
  }
  /// The same for an object, with `bool read_member()`, which also reads the name.
  template <class ReadMember>
  bool members(const ReadMember& read_member) {
    return parts('{', read_member, '}');
  }
  /// Reads a member of this name, `"name":`, whose value is a string.
  bool text_member(std::string_view quoted, std::string_view& text) {
    return next() == '"' && take_text(quoted) && next() == '"' && string(text);
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
  template <class ReadPart>
  bool parts(char begin, const ReadPart& read_part, char end) {
    if (!take_if(begin)) return false;
    if (take_if(end)) return true;
    ++depth;
    do {
      if (!read_part()) return false;
    } while (take_if(','));
    --depth;
    return take_if(end);
  }
  static bool is_digit(char byte) noexcept { return byte >= '0' && byte <= '9'; }
  /// Compares `size` bytes. Keys are short, and a call of memcmp costs more than this.
  static bool is_same(const char* one, const char* other, std::size_t size) noexcept {
    const auto differ = [one, other]<class Word>(std::size_t at, Word first) {
      Word second;
      std::memcpy(&first, one + at, sizeof first);
      std::memcpy(&second, other + at, sizeof second);
      return first ^ second;
    };
    if (size >= 8) {
      std::uint64_t difference = differ(size - 8, std::uint64_t{});  // the last word may overlap the one before
      for (std::size_t at = 0; at + 8 < size; at += 8) difference |= differ(at, std::uint64_t{});
      return difference == 0;
    }
    if (size >= 4) return (differ(0, std::uint32_t{}) | differ(size - 4, std::uint32_t{})) == 0;
    return std::memcmp(one, other, size) == 0;
  }

  /// `next` where more blanks come. Indented documents have long rows of them.
  char next_behind_blanks() noexcept {
    while (static_cast<std::size_t>(end_ - at_) >= Chunk::size) {
      const std::size_t blanks = Chunk(at_).blanks();
      at_ += blanks;
      if (blanks != Chunk::size) return *at_;
    }
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    return at_ == end_ ? '\0' : *at_;
  }
  /// The next quote, backslash or control byte from `at` on, or the end. Sets `beyond` if there is a byte above 0x7f before it, and perhaps
  /// if one follows soon.
  const char* skip_plain(const char* at, bool& beyond) const noexcept {
    for (; static_cast<std::size_t>(end_ - at) >= Chunk::size; at += Chunk::size) {
      const Chunk chunk(at);
      beyond |= chunk.beyond_ascii();
      if (const std::uint64_t special = chunk.special(); special != 0) return at + Chunk::first(special);
    }
    for (; at != end_ && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= ' '; ++at)
      beyond |= static_cast<unsigned char>(*at) > 0x7f;
    return at;
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
