// Packed bytes for tests of what unpacks them, made by zlib.
#pragma once

#include <string>
#include <string_view>

namespace parley::test {

/// gzip, deflate as HTTP has it (RFC 1950), and deflate without that frame (RFC 1951).
enum class PackFormat { gzip, zlib, raw };

[[nodiscard]] std::string packed(std::string_view text, PackFormat format = PackFormat::gzip);

}  // namespace parley::test
