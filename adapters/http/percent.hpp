// Percent-encoding (RFC 3986, 2.1), both ways.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::http {

/// `a%20b` -> `a b`; `+` becomes a blank where `plus` is set. nullopt: a bad escape, or the result is no UTF-8.
[[nodiscard]] std::optional<String> percent_decode(std::string_view text, bool plus);

/// Appends `text` with every byte escaped but letters, digits and `-._~`: it can stand in any part of a URL and in a form.
void percent_encode(std::string_view text, String& out);

}  // namespace parley::http
