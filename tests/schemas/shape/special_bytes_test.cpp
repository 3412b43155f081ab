// Each byte at each place, and neighbours that could spoil the arithmetic of words.
#include "schemas/shape/special_bytes.hpp"

#include <doctest/doctest.h>

#include <array>

using parley::shape::Chunk;
using parley::shape::special_bytes;

namespace {

bool is_special(int byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

std::uint64_t word_of(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, 8);
  return word;
}

}  // namespace

TEST_CASE("special bytes: each byte at each place, among every kind of neighbours") {
  for (const int around : {0x20, 0x21, 0x23, 0x5b, 0x5d, 0x7f, 0x80, 0xa2, 0xdc, 0xff, 0x78}) {
    for (int byte = 0; byte < 256; ++byte) {
      for (std::size_t at = 0; at < Chunk::size; ++at) {
        std::array<char, Chunk::size> bytes;
        bytes.fill(static_cast<char>(around));
        bytes[at] = static_cast<char>(byte);
        const Chunk chunk(bytes.data());
        const bool found = chunk.special() != 0;
        const bool right = found == is_special(byte) && (!found || Chunk::first(chunk.special()) == at) &&
                           chunk.beyond_ascii() == (byte > 0x7f || around > 0x7f);
        if (!right) FAIL_CHECK("a chunk of ", around, " with ", byte, " at ", at);
        if (at < 8 && (special_bytes(word_of(bytes.data())) != 0) != is_special(byte)) {
          FAIL_CHECK("a word of ", around, " with ", byte, " at ", at);
        }
        std::array<char, Chunk::size> stored{};
        chunk.store(stored.data());
        CHECK(stored == bytes);
      }
    }
  }
}

TEST_CASE("special bytes: the first of two") {
  for (const char one : {'\0', '\x1f', '"', '\\'}) {
    for (int byte = 0; byte < 256; ++byte) {
      for (std::size_t at = 0; at + 1 < Chunk::size; ++at) {
        std::array<char, Chunk::size> bytes;
        bytes.fill('x');
        bytes[at] = one;
        bytes[at + 1] = static_cast<char>(byte);
        const Chunk chunk(bytes.data());
        const bool right = chunk.special() != 0 && Chunk::first(chunk.special()) == at;
        if (!right) FAIL_CHECK("byte ", byte, " after ", static_cast<int>(one), " at ", at);
      }
    }
  }
}
