// Percent-encoding and percent-decoding (RFC 3986, 2.1).
#pragma once

#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::http {

/// `a%20b` -> `a b`; `+` becomes a blank if `plus` is set. nullopt: a bad escape, or the result is not UTF-8.
[[nodiscard]] std::optional<String> percent_decode(std::string_view text, bool plus);

/// Appends `text`, escaping every byte except letters, digits and `-._~`. The result is safe in any part of a URL and in a form.
void percent_encode(std::string_view text, String& out);

}  // namespace parley::http
