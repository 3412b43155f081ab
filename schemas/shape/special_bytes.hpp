// Looks for the bytes that have a meaning inside a JSON string, several bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::shape {

/// Eight bytes: not zero where a byte is below 0x20, a quote or a backslash. Bytes above 0x7f are none of these.
[[nodiscard]] inline std::uint64_t special_bytes(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  constexpr std::uint64_t tops = 0x8080808080808080ULL;
  const std::uint64_t control = (word - ones * 0x20) & ~word;
  const std::uint64_t quote = word ^ (ones * '"');
  const std::uint64_t backslash = word ^ (ones * '\\');
  return (control | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & tops;
}

#ifdef __SSE2__

/// As many bytes as the machine looks at together.
class Chunk {
 public:
  static constexpr std::size_t size = 16;
  /// Reads `size` bytes.
  explicit Chunk(const char* at) noexcept : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {}
  void store(char* at) const noexcept { _mm_storeu_si128(reinterpret_cast<__m128i*>(at), bytes_); }
  /// Zero if no byte is special. Otherwise `first` has the place of the first.
  [[nodiscard]] std::uint64_t special() const noexcept {
    return static_cast<std::uint64_t>(_mm_movemask_epi8(marks()));
  }
  [[nodiscard]] static std::size_t first(std::uint64_t special) noexcept {
    return static_cast<std::size_t>(std::countr_zero(special));
  }
  /// Whether a byte is above 0x7f.
  [[nodiscard]] bool beyond_ascii() const noexcept { return _mm_movemask_epi8(bytes_) != 0; }
  /// The number of blanks of JSON that it begins with.
  [[nodiscard]] std::size_t blanks() const noexcept {
    const auto are = [this](char byte) { return _mm_cmpeq_epi8(bytes_, _mm_set1_epi8(byte)); };
    const __m128i places = _mm_or_si128(_mm_or_si128(are(' '), are('\n')), _mm_or_si128(are('\r'), are('\t')));
    return static_cast<std::size_t>(std::countr_one(static_cast<unsigned>(_mm_movemask_epi8(places))));
  }
  /// Where a byte is `byte`: a bit for each place, to be combined with those of another chunk.
  [[nodiscard]] std::uint64_t places_of(char byte) const noexcept {
    return static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(byte))));
  }
  /// A chunk with a byte above 0x7f where this one has such a byte, or a backslash, or two underscores in a row.
  [[nodiscard]] Chunk marked_for_script() const noexcept {
    const __m128i underscore = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('_'));
    const __m128i twice = _mm_and_si128(underscore, _mm_srli_si128(underscore, 1));
    const __m128i backslash = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('\\'));
    return Chunk(_mm_or_si128(bytes_, _mm_or_si128(twice, backslash)));
  }
  /// A chunk with a byte above 0x7f where one of the two has such a byte.
  friend Chunk operator|(const Chunk& one, const Chunk& other) noexcept {
    return Chunk(_mm_or_si128(one.bytes_, other.bytes_));
  }

 private:
  friend class SpecialBytes;
  explicit Chunk(__m128i bytes) noexcept : bytes_(bytes) {}
  /// All bits of each special byte are set, and no others.
  [[nodiscard]] __m128i marks() const noexcept {
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes_, _mm_set1_epi8(0x1f)), bytes_);
    const __m128i quote = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('\\'));
    return _mm_or_si128(control, _mm_or_si128(quote, backslash));
  }

  __m128i bytes_;
};

/// Whether one of many bytes is special.
class SpecialBytes {
 public:
  void add(const Chunk& chunk) noexcept { marks_ = _mm_or_si128(marks_, chunk.marks()); }
  /// Twice eight bytes.
  void add(std::uint64_t one, std::uint64_t other) noexcept {
    add(Chunk(_mm_set_epi64x(static_cast<long long>(one), static_cast<long long>(other))));
  }
  [[nodiscard]] bool found() const noexcept { return _mm_movemask_epi8(marks_) != 0; }

 private:
  __m128i marks_ = _mm_setzero_si128();
};

#else

class Chunk {
 public:
  static constexpr std::size_t size = 8;
  explicit Chunk(const char* at) noexcept { std::memcpy(&bytes_, at, size); }
  void store(char* at) const noexcept { std::memcpy(at, &bytes_, size); }
  [[nodiscard]] std::uint64_t special() const noexcept { return special_bytes(bytes_); }
  [[nodiscard]] static std::size_t first(std::uint64_t special) noexcept {
    static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
    return static_cast<std::size_t>(std::countr_zero(special)) / 8;
  }
  [[nodiscard]] bool beyond_ascii() const noexcept { return (bytes_ & 0x8080808080808080ULL) != 0; }
  [[nodiscard]] std::size_t blanks() const noexcept {
    constexpr std::uint64_t tops = 0x8080808080808080ULL;
    const std::uint64_t places = places_of(' ') | places_of('\n') | places_of('\r') | places_of('\t');
    return static_cast<std::size_t>(std::countr_zero(~places & tops)) / 8;
  }
  [[nodiscard]] std::uint64_t places_of(char byte) const noexcept {
    constexpr std::uint64_t lows = 0x7f7f7f7f7f7f7f7fULL;
    const std::uint64_t other = bytes_ ^ (0x0101010101010101ULL * static_cast<unsigned char>(byte));
    return ~(((other & lows) + lows) | other | lows);  // exact: no carry passes from one byte to the next
  }

  [[nodiscard]] Chunk marked_for_script() const noexcept {
    const std::uint64_t underscore = places_of('_');
    return Chunk(bytes_ | (underscore & (underscore >> 8U)) | places_of('\\'));
  }
  friend Chunk operator|(const Chunk& one, const Chunk& other) noexcept { return Chunk(one.bytes_ | other.bytes_); }

 private:
  explicit Chunk(std::uint64_t bytes) noexcept : bytes_(bytes) {}

  std::uint64_t bytes_ = 0;
};

class SpecialBytes {
 public:
  void add(const Chunk& chunk) noexcept { marks_ |= chunk.special(); }
  void add(std::uint64_t one, std::uint64_t other) noexcept { marks_ |= special_bytes(one) | special_bytes(other); }
  [[nodiscard]] bool found() const noexcept { return marks_ != 0; }

 private:
  std::uint64_t marks_ = 0;
};

#endif

}  // namespace parley::shape
