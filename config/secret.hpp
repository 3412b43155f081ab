// Finds what editors, mail programs and shells add to a secret when somebody copies it.
#pragma once

#include <string_view>

namespace parley::config {

/// Why the text is probably not the intended secret, in words that do not show it. Empty if no reason is found. `text` must be UTF-8.
/// It looks for line breaks and control characters; a byte order mark and invisible characters; blanks at either end; quotes around the
/// text; a typographic quote at either end; a header name or an authentication scheme at the start; placeholders.
[[nodiscard]] std::string_view fault_of_secret(std::string_view text) noexcept;

/// The same for a user's name or id, which people copy along with a secret. Does not look for headers, schemes and placeholders.
[[nodiscard]] std::string_view fault_of_name(std::string_view text) noexcept;

}  // namespace parley::config
