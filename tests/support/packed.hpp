// Compresses text with zlib, for tests of code that decompresses it.
#pragma once

#include <string>
#include <string_view>

namespace parley::test {

/// gzip; zlib: HTTP's `deflate` (RFC 1950); raw: deflate data without a frame (RFC 1951).
enum class PackFormat { gzip, zlib, raw };

[[nodiscard]] std::string packed(std::string_view text, PackFormat format = PackFormat::gzip);

}  // namespace parley::test
