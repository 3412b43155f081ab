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

/// The first and the last bytes of a text, which may overlap, copied to `at`.
template <class Word>
struct Ends {
  Ends(std::string_view text, char* at) noexcept {
    const std::size_t second = text.size() - sizeof(Word);
    std::memcpy(&first, text.data(), sizeof(Word));
    std::memcpy(&last, text.data() + second, sizeof(Word));
    std::memcpy(at, &first, sizeof(Word));
    std::memcpy(at + second, &last, sizeof(Word));
  }
  Word first;
  Word last;
};

/// Copies text that needs no escapes to `at`. Returns false if it needs one; then it may have copied a part. It checks and copies in one
/// pass, because most of the time of writing a document is spent here.
bool copy_plain(std::string_view text, char* at) noexcept {
  if (text.size() >= Chunk::size) {
    const auto copy_chunk = [text, at](std::size_t offset) {
      const Chunk chunk(text.data() + offset);
      chunk.store(at + offset);
      return chunk;
    };
    SpecialBytes special;
    special.add(copy_chunk(text.size() - Chunk::size));  // the last one, which may overlap the others
    for (std::size_t offset = 0; offset + Chunk::size < text.size(); offset += Chunk::size)
      special.add(copy_chunk(offset));
    return !special.found();
  }
  if (text.size() >= 8) {
    const Ends<std::uint64_t> ends(text, at);
    SpecialBytes special;
    special.add(ends.first, ends.last);
    return !special.found();
  }
  if (text.size() >= 4) {
    const Ends<std::uint32_t> ends(text, at);
    return special_bytes(std::uint64_t{ends.last} << 32U | ends.first) == 0;
  }
  if (text.empty()) return true;
  // Up to three bytes: the first, the middle and the last.
  std::uint64_t word = 0x2020202020202020ULL;  // blanks need no escape
  for (const std::size_t place : {std::size_t{0}, text.size() / 2, text.size() - 1}) {
    word = word << 8U | static_cast<unsigned char>(text[place]);
    at[place] = text[place];
  }
  return special_bytes(word) == 0;
}

/// Writes a number below 10^8 with leading zeros.
void put_eight_digits(std::uint32_t value, char* at) noexcept {
  for (int place = 6; place >= 0; place -= 2) {
    const std::uint32_t two = value % 100;
    value /= 100;
    at[place] = static_cast<char>('0' + two / 10);
    at[place + 1] = static_cast<char>('0' + two % 10);
  }
}

[[gnu::noinline]] void append_escaped(std::string_view text, char behind, Buffer& out) {
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

inline void append_quoted(std::string_view text, char behind, Buffer& out) {
  char* const at = out.prepare(text.size() + 3);
  *at = '"';
  if (!copy_plain(text, at + 1)) [[unlikely]]
    return append_escaped(text, behind, out);
  at[text.size() + 1] = '"';
  at[text.size() + 2] = behind;
  out.commit(text.size() + 3);
}

}  // namespace

void Writer::key(std::string_view name) { append_quoted(name, ':', out_); }

void Writer::string(std::string_view text) { append_quoted(text, ',', out_); }

void Writer::integer(std::int64_t value) {
  constexpr std::int64_t eight_digits = 100'000'000;
  char* const at = out_.prepare(24);
  char* end = at;
  if (value >= eight_digits && value < eight_digits * eight_digits) {  // times: much faster in two parts
    end = std::to_chars(at, at + 8, static_cast<std::uint32_t>(value / eight_digits)).ptr;
    put_eight_digits(static_cast<std::uint32_t>(value % eight_digits), end);
    end += 8;
  } else {
    end = std::to_chars(at, at + 24, value).ptr;
  }
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
