// Reading of small files that people write: the configuration, a secret, a certificate.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// The bytes of a file, at most `most` of them. Opening waits for nobody: a reload that hung here would hold up all later
/// ones, and the stop. A named pipe is refused; one without a name, `<(command)`, is read to its end. Errors: unavailable,
/// `message` is the reason.
[[nodiscard]] Result<String> read_file(const String& path, std::size_t most);

/// Whether a second reading would find nothing: a pipe without a name, as of `<(command)`. Opens nothing.
[[nodiscard]] bool can_be_read_once(const String& path) noexcept;

}  // namespace parley::config
