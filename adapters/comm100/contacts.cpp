// Identities as channels; see contacts.hpp.
#include "adapters/comm100/contacts.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

/// The types that have a meaning of their own. Every other type is a messenger.
struct Known {
  std::string_view type;
  std::string_view source;
  std::string_view field;  ///< Channel::field: what the value is
};
constexpr std::array<Known, 4> known_types = {{
    {"Visitor", "widget", ""},
    {"Email", "email", "email"},
    {"SMS", "sms", "phone"},
    {"WhatsApp", "app", "phone"},
}};

const Known* find_known(std::string_view type) noexcept {
  for (const Known& one : known_types) {
    if (ascii::same_ignoring_case(one.type, type)) return &one;
  }
  return nullptr;
}

void take_type(Channel& channel, std::string_view type) {
  const Known* known = find_known(type);
  channel.name.assign(known != nullptr ? known->type : type);
  channel.source.assign(known != nullptr ? known->source : "app");
  if (channel.source != "app") return;
  channel.source_id = ascii::lower(channel.name);
}

/// The JSON text of a member that has no row; empty = there is none.
std::string_view extension(const Channel& channel, std::string_view key) noexcept {
  for (const shape::Extension& one : channel.extensions) {
    if (one.key == key) return one.json;
  }
  return {};
}

}  // namespace

shape::Fit IdentityType::read(const shape::Node& node, Channel& channel, shape::Reading& reading) {
  if (!node.is_text() || node.text.empty()) return reading.refuse(node, "a type of identity");
  take_type(channel, node.text);
  return channel.name == node.text ? shape::Fit::exact : shape::Fit::respelt;
}

void IdentityType::write(const Channel& channel, shape::Writer& writer) { writer.string(channel.name); }

void finish_identity(Channel& channel) {
  // The vendor's table calls this member `type`; its examples call it `contactIdentityType`.
  if (const std::string_view other = extension(channel, "type"); channel.source.empty() && other.size() > 2) {
    take_type(channel, other.substr(1, other.size() - 2));
  }
  const Known* known = find_known(channel.name);
  if (known == nullptr) return;
  channel.field.assign(known->field);
  if (const auto guid = ids::parse_guid(channel.value); guid && known == &known_types.front()) {
    channel.visitor.text = ids::from_guid(*guid);
  }
}

bool is_deleted(const Channel& channel) noexcept { return extension(channel, "isDeleted") == "true"; }

}  // namespace parley::comm100
