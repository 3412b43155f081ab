// Strong types for ids, and how an id of one vendor is shown in another's style without a table.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley {

/// An id in its canonical text: a guid as 36 lower-case characters, an id of 17 random characters or 24 hex digits as it is, anything else
/// as the free text it came as. Empty = unknown. Case-sensitive.
template <class Tag>
struct Id {
  String text;
  [[nodiscard]] bool empty() const noexcept { return text.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using VisitorId = Id<struct VisitorTag>;
using ChatId = Id<struct ChatTag>;
using AgentId = Id<struct AgentTag>;
using ContactId = Id<struct ContactTag>;
using DepartmentId = Id<struct DepartmentTag>;

namespace ids {

using Guid = std::array<std::uint8_t, 16>;

/// What a canonical id text is made of.
enum class Kind : std::uint8_t { guid, random17, object24, free_text };

[[nodiscard]] Kind kind_of(std::string_view canonical) noexcept;

/// 36 characters, either case, any version and variant bits (some vendors have ids that fail RFC 4122). nullopt: no guid.
[[nodiscard]] std::optional<Guid> parse_guid(std::string_view text) noexcept;
[[nodiscard]] String format(const Guid& guid);

/// The guid under which a canonical id is shown in a guid-only style. A guid is itself; 17 characters of the
/// alphabet without look-alikes and 24 lower-case hex digits are packed into a version-8 UUID (reversible); free text becomes a version-5
/// UUID of a fixed namespace, which only an id map can turn back.
[[nodiscard]] Guid to_guid(std::string_view canonical);

/// The canonical text of a guid met in a guid-only style: unpacks a version-8 UUID that `to_guid` made, else the guid
/// itself. A version-5 UUID stays a guid: the backend's id map knows more.
[[nodiscard]] String from_guid(const Guid& guid);

/// True where `from_guid` cannot know: the guid may stand for free text, and an id map has to be asked.
[[nodiscard]] bool may_be_mapped(const Guid& guid) noexcept;

/// A new random id of 17 characters of the alphabet without look-alikes (98 bits from the system's source).
[[nodiscard]] String new_random17();
/// A new 24-hex-digit id: four bytes of time, eight random ones.
[[nodiscard]] String new_object24();
/// A new version-4 guid in canonical text.
[[nodiscard]] String new_guid();

}  // namespace ids
}  // namespace parley
