// RFC 4648, 4: base64 with padding.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::http {

/// nullopt: not valid base64. White space, missing padding and bytes after the padding are refused. Unused bits in the
/// last digit are ignored.
[[nodiscard]] std::optional<String> base64_decode(std::string_view text);
[[nodiscard]] String base64_encode(std::string_view bytes);

}  // namespace parley::http
