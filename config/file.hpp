// Reading of small files that people write: the configuration, a secret.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// The bytes of a file, at most `most` of them. Errors: unavailable, `message` is the system's reason.
[[nodiscard]] Result<String> read_file(const String& path, std::size_t most);

}  // namespace parley::config
