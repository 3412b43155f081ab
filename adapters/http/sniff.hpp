// What the bytes of a file are, whatever its sender says.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley::http {

/// How many bytes of a file's begin `sniff` wants to see.
inline constexpr std::size_t sniffed_bytes = 1024;

/// The media type of a file that begins with these bytes: an image, a sound, a film, an archive or a document by its signature; text/html
/// and image/svg+xml if the text looks like one; text/plain; else application/octet-stream. A literal.
[[nodiscard]] std::string_view sniff(std::string_view begin) noexcept;

/// Whether a browser may show a file of that sniffed type in the page: pixels only, which cannot run anything.
[[nodiscard]] bool may_be_inline(std::string_view type) noexcept;

/// The media type under which a file of that sniffed type is sent, as a literal: what a browser could run is sent as bytes.
[[nodiscard]] std::string_view type_to_send(std::string_view type) noexcept;

}  // namespace parley::http
