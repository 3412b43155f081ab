// What both sides of the gateway ask of a chunked body (RFC 9112, 7.1) beyond what Beast does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace parley::http {

/// Bytes of a body's extensions and trailers together: they are dropped, but not without limit.
inline constexpr std::size_t max_chunk_overhead = 16 * 1024;

/// Whether a chunk's extensions are free of control bytes. Beast takes anything between their quotes (RFC 9110, 5.6.4), and
/// one who reads lines would see other chunks.
[[nodiscard]] inline bool are_extensions(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) < ' ' && byte != '\t') || byte == '\x7f';
  });
}

}  // namespace parley::http
