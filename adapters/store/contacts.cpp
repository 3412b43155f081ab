// See contacts.hpp.
#include "adapters/store/contacts.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::store {
namespace {

bool has(const List<Text>& values, IdentityKind kind, const Text& value) noexcept {
  return std::any_of(values.begin(), values.end(), [&](const Text& one) { return same_value(kind, one, value); });
}

bool is_of(const Identity& identity, const Visitor& visitor) noexcept {
  switch (identity.kind) {
    case IdentityKind::visitor:
      return identity.value == visitor.id.text;
    case IdentityKind::email:
      return has(visitor.emails, identity.kind, identity.value);
    case IdentityKind::phone:
      return has(visitor.phones, identity.kind, identity.value);
    default:
      return false;
  }
}

}  // namespace

bool same_value(IdentityKind kind, std::string_view a, std::string_view b) noexcept {
  return kind == IdentityKind::email ? ascii::same_ignoring_case(a, b) : a == b;
}

const Identity* find_identity(const Contact& contact, IdentityKind kind, std::string_view value) noexcept {
  const auto found = std::find_if(contact.identities.begin(), contact.identities.end(), [&](const Identity& one) {
    return !one.deleted && one.kind == kind && same_value(kind, one.value, value);
  });
  return found == contact.identities.end() ? nullptr : &*found;
}

const Identity* find_by_id(const Contact& contact, const IdentityId& id) noexcept {
  const std::optional<ids::Guid> guid = ids::parse_guid(id.text);
  for (const Identity& one : contact.identities) {
    if (one.id == id) return &one;
    if (guid && ids::kind_of(one.id.text) == ids::Kind::free_text && ids::to_guid(one.id.text) == *guid) return &one;
  }
  return nullptr;
}

void add_identity(Contact& contact, IdentityKind kind, std::string_view value, String (*new_id)()) {
  if (value.empty() || find_identity(contact, kind, value) != nullptr) return;
  Identity& made = contact.identities.emplace_back();
  made.id.text = new_id();
  made.kind = kind;
  made.value = value;
}

void settle(Contact& contact) {
  for (Identity& one : contact.identities) {
    one.contact = contact.id;
    if (!one.id.empty()) continue;
    const std::string_view kind = shape::words_of<IdentityKind>[static_cast<std::size_t>(one.kind)];
    // A guid by the hash of this text, as no id has such a form.
    one.id.text =
        ids::format(ids::to_guid(contact.id.text.str().append("/").append(kind).append("/").append(one.value)));
  }
}

List<Text> visitors_of(const Contact& contact) {
  List<Text> visitors;
  const auto add = [&visitors](const Text& id) {
    if (!id.empty() && std::find(visitors.begin(), visitors.end(), id) == visitors.end()) visitors.push_back(id);
  };
  for (const Channel& channel : contact.channels) add(channel.visitor.text);
  for (const Identity& identity : contact.identities) {
    if (identity.kind == IdentityKind::visitor) add(identity.value);
  }
  return visitors;
}

void remove_visitor(Contact& contact, const Visitor& visitor) {
  std::erase_if(contact.channels, [&visitor](const Channel& channel) { return channel.visitor == visitor.id; });
  std::erase_if(contact.identities, [&visitor](const Identity& identity) { return is_of(identity, visitor); });
  contact.conflicts.clear();  // values of records that were merged, perhaps of the visitor's
  std::erase_if(contact.fields, [&visitor](const Attribute& field) {
    const Attribute* same = find(visitor.attributes, field.name);
    return same != nullptr && same->value == field.value;
  });
}

}  // namespace parley::store
