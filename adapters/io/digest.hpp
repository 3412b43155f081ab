// What tells one text from another: the state page shows it of the configuration file.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::io {

/// SHA-256 in 64 lower-case hexadecimal digits, as `sha256sum` prints it; empty where OpenSSL has none.
[[nodiscard]] String sha256(std::string_view text);

}  // namespace parley::io
