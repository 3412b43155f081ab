// The part of the JSON writer that escapes text. Most text needs no escapes, so it checks eight bytes at a time.
#include "schemas/shape/writer.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "schemas/shape/special_bytes.hpp"

namespace parley::shape {
namespace {

bool needs_escape(char byte) noexcept { return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\'; }

/// The offset of the first byte from `at` on that needs an escape, or the size of the text.
std::size_t find_special(std::string_view text, std::size_t at) noexcept {
  while (at + 8 <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if (special_bytes(word) != 0) break;
    at += 8;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

void append_escape(char byte, Buffer& out) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (byte) {
    case '"':
      return out.append("\\\"");
    case '\\':
      return out.append("\\\\");
    case '\b':
      return out.append("\\b");
    case '\f':
      return out.append("\\f");
    case '\n':
      return out.append("\\n");
    case '\r':
      return out.append("\\r");
    case '\t':
      return out.append("\\t");
    default:
      out.append("\\u00");
      out.append(digits[static_cast<unsigned char>(byte) >> 4U]);
      out.append(digits[static_cast<unsigned char>(byte) & 15U]);
  }
}

/// Copies text that needs no escapes to `at`. Returns false if it needs one; then it may have copied a
/// part. It checks and copies in one pass, because most of the time of writing a document is spent here.
bool copy_plain(std::string_view text, char* at) noexcept {
  const auto copy_word = [text, at](std::size_t offset) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + offset, 8);
    std::memcpy(at + offset, &word, 8);
    return special_bytes(word);
  };
  if (text.size() < 8) {
    std::uint64_t word = 0x2020202020202020ULL;  // blanks need no escape
    if (text.size() >= 4) {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      std::memcpy(&first, text.data(), 4);
      std::memcpy(&last, text.data() + text.size() - 4, 4);
      std::memcpy(at, &first, 4);
      std::memcpy(at + text.size() - 4, &last, 4);
      return special_bytes(std::uint64_t{last} << 32U | first) == 0;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      word = word << 8U | static_cast<unsigned char>(text[i]);
      at[i] = text[i];
    }
    return special_bytes(word) == 0;
  }
  if (text.size() < Chunk::size) return (copy_word(text.size() - 8) | copy_word(0)) == 0;  // the two words may overlap
  const auto copy_chunk = [text, at](std::size_t offset) {
    const Chunk chunk(text.data() + offset);
    chunk.store(at + offset);
    return chunk.special();
  };
  std::uint64_t special = copy_chunk(text.size() - Chunk::size);  // the last one, which may overlap the others
  for (std::size_t offset = 0; offset + Chunk::size < text.size(); offset += Chunk::size) special |= copy_chunk(offset);
  return special == 0;
}

void append_quoted(std::string_view text, char behind, Buffer& out) {
  char* at = out.prepare(text.size() + 3);
  *at = '"';
  if (copy_plain(text, at + 1)) {
    at[text.size() + 1] = '"';
    at[text.size() + 2] = behind;
    out.commit(text.size() + 3);
    return;
  }
  out.append('"');
  std::size_t from = 0;
  for (std::size_t special = find_special(text, 0); special < text.size(); special = find_special(text, from)) {
    out.append(text.substr(from, special - from));
    append_escape(text[special], out);
    from = special + 1;
  }
  out.append(text.substr(from));
  out.append('"');
  out.append(behind);
}

}  // namespace

void Writer::key(std::string_view name) { append_quoted(name, ':', out_); }

void Writer::string(std::string_view text) { append_quoted(text, ',', out_); }

void Writer::integer(std::int64_t value) {
  char* at = out_.prepare(24);
  char* end = std::to_chars(at, at + 24, value).ptr;
  *end++ = ',';
  out_.commit(static_cast<std::size_t>(end - at));
}

void Writer::iso(Time time) {
  if (!time.known()) return null();
  out_.append('"');
  append_iso(time, out_);
  out_.append("\",");
}

}  // namespace parley::shape
