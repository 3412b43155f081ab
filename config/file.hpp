// Reads small files that people write: the configuration, a secret, a certificate. Compares the paths of files.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// The first `most` bytes of a file. Error: unavailable, with the reason in `message`. Refuses a named pipe, because opening it would
/// block: a reload that blocks here would block all later reloads and the stop. Reads an unnamed pipe, as of `<(command)`, to its end.
[[nodiscard]] Result<String> read_file(const String& path, std::size_t most);

/// Whether the file can be read only once, because it is an unnamed pipe, as of `<(command)`. Does not open it.
[[nodiscard]] bool can_be_read_once(const String& path) noexcept;

/// The absolute path of a file that need not exist, without links: also a link to a file that does not exist is followed.
[[nodiscard]] String resolved(const String& path);

/// Whether both paths name one file, in any spelling, through links, or as two names of one inode. The file need not exist. An empty path
/// names no file.
[[nodiscard]] bool same_file(const String& a, const String& b);

}  // namespace parley::config
