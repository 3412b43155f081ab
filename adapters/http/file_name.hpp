// Names of files that strangers chose, made harmless.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::http {

/// `name` as the name of a file in a folder: valid UTF-8 without control characters, marks that turn the direction of text, separators of
/// paths, and characters that some systems do not allow; at most 120 bytes, and never empty, `.` or `..`. The ending stays where it is
/// short.
[[nodiscard]] String safe_file_name(std::string_view name);

/// The value of a Content-Disposition header (RFC 6266): `type` is `inline` or `attachment`. Has only visible ASCII and blanks.
[[nodiscard]] String content_disposition(std::string_view type, std::string_view name);

}  // namespace parley::http
