// Enghouse's spelling of ids: CHAT_ or USER_ before a guid, anything else as it came.
#pragma once

#include <array>
#include <string_view>

#include "schemas/id.hpp"

namespace parley::enghouse {

inline constexpr std::string_view chat_prefix = "CHAT_";
inline constexpr std::string_view user_prefix = "USER_";

/// Room for a prefix and a guid.
using IdScratch = std::array<char, 48>;

/// The id on the wire: the prefix and the guid for guids and packed ids, free text verbatim. The view points into
/// `canonical` or `scratch`.
[[nodiscard]] std::string_view write_id(std::string_view prefix, std::string_view canonical, IdScratch& scratch);

/// The canonical id of one met on the wire. `CHAT_` with a guid in capitals, or with a domain, is free text: ids are
/// opaque and case-sensitive here.
[[nodiscard]] String read_id(std::string_view prefix, std::string_view wire);

/// False where it cannot be an id of this vendor's, and nobody needs to be asked: empty, `.`, `..`, longer than 256 bytes,
/// with control characters or any of / \ ? # %.
[[nodiscard]] bool may_be_id(std::string_view wire) noexcept;

}  // namespace parley::enghouse
