// What the rules of contacts share: how a person is known, and whose data a contact is.
#pragma once

#include "schemas/canonical/contact.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::store {

/// The most identities of a contact. Each costs an index entry, and a search among the others.
inline constexpr std::size_t most_identities = 200;

/// Whether two values of this kind are the same: in e-mail addresses ASCII case is ignored.
[[nodiscard]] bool same_value(IdentityKind kind, std::string_view a, std::string_view b) noexcept;
/// The identity of this kind and value that is not deleted, or nullptr.
[[nodiscard]] const Identity* find_identity(const Contact& contact, IdentityKind kind, std::string_view value) noexcept;
/// The identity with this id, as for an agent, or nullptr.
[[nodiscard]] const Identity* find_by_id(const Contact& contact, const IdentityId& id) noexcept;
/// Adds an identity with a new id, unless the contact is known by the value already, or the value is empty.
void add_identity(Contact& contact, IdentityKind kind, std::string_view value, String (*new_id)());

/// Gives each identity the contact's id. One without an id of its own gets one that follows from contact, kind and value.
void settle(Contact& contact);

/// The visitors that a contact has channels of or is known by, each once.
[[nodiscard]] List<Text> visitors_of(const Contact& contact);
/// Removes what a contact has of a visitor: channels, identities with the visitor's id, addresses or numbers, equal fields, and all
/// conflicts.
void remove_visitor(Contact& contact, const Visitor& visitor);

}  // namespace parley::store
