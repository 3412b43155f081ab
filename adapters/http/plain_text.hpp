// Checks of the bytes of header values, eight at a time: each request has a dozen such texts.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::http {

namespace detail {

/// Whether all eight bytes are from 0x20 to 0x7E.
[[nodiscard]] inline bool is_plain_word(const char* bytes) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  // Without a byte of 0x80 or more, no sum below carries into the next byte.
  const std::uint64_t too_high = word | (word + each);      // 0x7F + 1 sets the top bit
  const std::uint64_t high_enough = word + (0x60U * each);  // 0x20 + 0x60 sets it, too
  return (too_high & (0x80U * each)) == 0 && (high_enough & (0x80U * each)) == 0x80U * each;
}

}  // namespace detail

/// Whether the text has visible ASCII and blanks only.
[[nodiscard]] inline bool is_plain_text(std::string_view text) noexcept {
  const auto is_plain = [](char byte) { return byte >= ' ' && byte <= '~'; };
  constexpr std::size_t word = 8;
  if (text.size() < word) return std::all_of(text.begin(), text.end(), is_plain);
  const std::size_t last = text.size() - word;  // the last word may overlap the one before
  for (std::size_t at = 0; at < last; at += word) {
    if (!detail::is_plain_word(text.data() + at)) return false;
  }
  return detail::is_plain_word(text.data() + last);
}

/// The number of visible ASCII characters and blanks that the text begins with.
[[nodiscard]] inline std::size_t plain_length(std::string_view text) noexcept {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));  // signed: bytes above 0x7F, too
    const __m128i others = _mm_or_si128(low, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
    if (const int places = _mm_movemask_epi8(others); places != 0)
      return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(places)));
  }
#endif
  while (at < text.size() && text[at] >= ' ' && text[at] <= '~') ++at;
  return at;
}

/// Whether the text can be sent as the value of a header: visible ASCII, blanks and tabs.
[[nodiscard]] inline bool is_header_value(std::string_view text) noexcept {
  if (is_plain_text(text)) return true;
  return std::all_of(text.begin(), text.end(), [](char byte) { return (byte >= ' ' && byte <= '~') || byte == '\t'; });
}

}  // namespace parley::http
