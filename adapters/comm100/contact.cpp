// See contact.hpp.
#include "adapters/comm100/contact.hpp"

#include "schemas/ascii.hpp"
#include "schemas/id.hpp"

namespace parley::comm100 {

using shape::Fit;

IdentityKind identity_kind(std::string_view type) noexcept {
  for (std::size_t at = 0; at < identity_types.size(); ++at) {
    if (ascii::same_ignoring_case(identity_types[at], type)) return static_cast<IdentityKind>(at + 1);
  }
  return IdentityKind::unknown;
}

Fit IdentityTypeWord::read(const shape::Node& node, IdentityKind& kind, shape::Reading& reading) {
  if (node.is_text() && node.text.empty()) return Fit::exact;
  kind = node.is_text() ? identity_kind(node.text) : IdentityKind::unknown;
  if (kind == IdentityKind::unknown) return reading.refuse(node, shape::list_words(identity_types));
  return identity_types[static_cast<std::size_t>(kind) - 1] == node.text ? Fit::exact : Fit::respelt;
}

void IdentityTypeWord::write(IdentityKind kind, shape::Writer& writer) {
  writer.string(kind == IdentityKind::unknown ? std::string_view()
                                              : identity_types[static_cast<std::size_t>(kind) - 1]);
}

Fit IdentityValue::read(const shape::Node& node, Identity& identity, shape::Reading& reading) {
  const Fit fit = LooseText::read(node, identity.value, reading);
  // Whether it is written as it came depends on the type, which may come later. Only a guid is changed.
  const bool changes = ids::parse_guid(identity.value).has_value() || identity.kind == IdentityKind::visitor ||
                       identity.kind == IdentityKind::unknown;
  return fit == Fit::exact && changes ? Fit::respelt : fit;
}

void IdentityValue::write(const Identity& identity, shape::Writer& writer) {
  if (identity.kind != IdentityKind::visitor || identity.value.empty()) return writer.string(identity.value);
  GuidId::write(identity.value, writer);
}

void finish_value(Identity& identity) {
  if (identity.kind != IdentityKind::visitor) return;
  if (const auto guid = ids::parse_guid(identity.value)) identity.value = ids::from_guid(*guid);
}

}  // namespace parley::comm100
