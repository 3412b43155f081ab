// Whether a file could be written, found out without writing: what is checked before serving leaves nothing behind.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// Whether folders on the way to a file are made with it, or have to be there.
enum class Folders : std::uint8_t { made, there };

/// Nothing where a file at `path` can be written to, or made. No file is left behind, and one that exists is not opened: closing it
/// would end locks that this process may hold on it. Errors: unavailable, `message` is the reason.
[[nodiscard]] Result<void> check_writable(const String& path, Folders folders);

}  // namespace parley::config
