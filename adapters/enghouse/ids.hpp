// How Enghouse spells ids: CHAT_ or USER_ before a guid; any other id unchanged.
#pragma once

#include <array>
#include <string_view>

#include "schemas/id.hpp"
#include "schemas/shape/view.hpp"

namespace parley::enghouse {

inline constexpr std::string_view chat_prefix = "CHAT_";
inline constexpr std::string_view user_prefix = "USER_";

/// Room for a prefix and a guid.
using IdScratch = std::array<char, 48>;

/// The id on the wire. A guid, or an id that fits into a guid, is written as prefix and guid; free text is unchanged. The view
/// points into `canonical` or `scratch`.
[[nodiscard]] std::string_view write_id(std::string_view prefix, std::string_view canonical, IdScratch& scratch);

/// The canonical id of an id on the wire. Ids are opaque and case-sensitive here: `CHAT_` before a guid in capitals, or before a
/// domain, is free text.
[[nodiscard]] Text read_id(std::string_view prefix, std::string_view wire);
/// The same for a member of a record; `wire` is a text of the document that is read.
[[nodiscard]] Text read_id(std::string_view prefix, std::string_view wire, const shape::Reading& reading);

/// Whether the text can be an id of this vendor at all. False: it is empty, `.`, `..` or longer than 256 bytes, or has a control
/// character or one of / \ ? # %.
[[nodiscard]] bool may_be_id(std::string_view wire) noexcept;

}  // namespace parley::enghouse
