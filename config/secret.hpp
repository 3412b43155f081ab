// What a secret cannot be: what editors, mail programs and shells leave around one that was copied.
#pragma once

#include <string_view>

namespace parley::config {

/// Why that text is most likely not the secret that was meant, in words that do not show it; empty where nothing speaks against it.
/// Looked for: line breaks and control characters; a byte order mark and characters that nobody sees; blanks at either end; quotes
/// around it, typographic ones at either end; a header's name or scheme in front; the placeholder of listings. The text is UTF-8.
[[nodiscard]] std::string_view fault_of_secret(std::string_view text) noexcept;

/// The same for what goes with a secret and is copied the same way: a user's name or id.
[[nodiscard]] std::string_view fault_of_name(std::string_view text) noexcept;

}  // namespace parley::config
