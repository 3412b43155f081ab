// A digest that identifies a text: the state page shows the digest of the configuration file.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::io {

/// SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it. Empty if OpenSSL has no SHA-256.
[[nodiscard]] String sha256(std::string_view text);

}  // namespace parley::io
