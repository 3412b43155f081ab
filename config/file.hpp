// Reads small files that people write: the configuration, a secret, a certificate.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// The first `most` bytes of a file. Error: unavailable, with the reason in `message`. Refuses a named pipe, because opening it would
/// block: a reload that blocks here would block all later reloads and the stop. Reads an unnamed pipe, as of `<(command)`, to its end.
[[nodiscard]] Result<String> read_file(const String& path, std::size_t most);

/// Whether the file can be read only once, because it is an unnamed pipe, as of `<(command)`. Does not open it.
[[nodiscard]] bool can_be_read_once(const String& path) noexcept;

}  // namespace parley::config
