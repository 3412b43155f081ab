// Checks on chunked bodies (RFC 9112, 7.1) that both sides of the gateway make beyond those of Beast.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace parley::http {

/// The most bytes that a body's chunk extensions and trailers may have together. They are dropped, but still limited.
inline constexpr std::size_t max_chunk_overhead = 16 * 1024;

/// Whether a chunk's extensions contain no control bytes. Beast accepts any byte inside their quotes (RFC 9110, 5.6.4),
/// but a reader that goes by lines would see different chunks.
[[nodiscard]] inline bool are_extensions(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) < ' ' && byte != '\t') || byte == '\x7f';
  });
}

}  // namespace parley::http
