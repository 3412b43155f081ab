// Checks whether a file can be written without writing it, so that `parley check` leaves nothing behind.
#pragma once

#include "schemas/error.hpp"

namespace parley::config {

/// made: missing folders of the path will be made. there: the folder must exist.
enum class Folders : std::uint8_t { made, there };

/// Succeeds if a file at `path` can be written or made. Error: unavailable, with the reason in `message`. Leaves no file behind. Does not
/// open an existing file, because closing it would release locks that this process may hold on it.
[[nodiscard]] Result<void> check_writable(const String& path, Folders folders);

}  // namespace parley::config
