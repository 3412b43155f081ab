// Types for ids, and the conversion of an id of one vendor to another vendor's form without a table.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley {

/// An id as its canonical text. A guid is 36 lower-case characters. Other ids (17 random characters, 24 hex digits, free text) are kept
/// unchanged. Empty = unknown. Case-sensitive.
template <class Tag>
struct Id {
  Text text;
  [[nodiscard]] bool empty() const noexcept { return text.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using VisitorId = Id<struct VisitorTag>;
using ChatId = Id<struct ChatTag>;
using AgentId = Id<struct AgentTag>;
using MessageId = Id<struct MessageTag>;
using ContactId = Id<struct ContactTag>;
using IdentityId = Id<struct IdentityTag>;
using DepartmentId = Id<struct DepartmentTag>;
using OfflineMessageId = Id<struct OfflineMessageTag>;
using FileId = Id<struct FileTag>;

namespace ids {

using Guid = std::array<std::uint8_t, 16>;

/// The form of a canonical id.
enum class Kind : std::uint8_t { guid, random17, object24, free_text };

[[nodiscard]] Kind kind_of(std::string_view canonical) noexcept;

/// Takes 36 characters in either case, with any version and variant bits: some vendors' ids violate RFC 4122. nullopt: not a guid.
[[nodiscard]] std::optional<Guid> parse_guid(std::string_view text) noexcept;
[[nodiscard]] String format(const Guid& guid);

/// The text of the guid that has no bit set.
inline constexpr std::string_view zero_guid = "00000000-0000-0000-0000-000000000000";

/// Whether the text is a guid as `format` writes it: without capitals. Cheaper than parse_guid.
[[nodiscard]] bool is_lower_guid(std::string_view text) noexcept;

/// The guid that stands for a canonical id in a style whose ids are guids. A guid stays as it is. A `random17` or `object24` id is packed
/// into a version-8 UUID, which `from_guid` unpacks. Free text becomes a version-5 UUID, which only an id map can turn back.
[[nodiscard]] Guid to_guid(std::string_view canonical);

/// The canonical id that a client's guid stands for: unpacks a version-8 UUID that `to_guid` made; any other guid stays a guid, also the
/// version-5 UUID of a free text (see `may_be_mapped`).
[[nodiscard]] String from_guid(const Guid& guid);
/// Whether this is a guid in lower case that stands for itself: not packed, and not all zeros. Then `text` is the canonical id.
[[nodiscard]] bool is_own_guid(std::string_view text) noexcept;

/// Whether the guid may stand for free text, so that the caller must look it up in an id map (it is a version-5 UUID).
[[nodiscard]] bool may_be_mapped(const Guid& guid) noexcept;

/// A new random id of 17 characters without look-alikes: 98 bits from the system's random source.
[[nodiscard]] String new_random17();
/// A new id of 24 hex digits: four bytes of time in seconds, then eight random bytes.
[[nodiscard]] String new_object24();
/// A new version-4 guid in canonical text.
[[nodiscard]] String new_guid();

}  // namespace ids
}  // namespace parley
