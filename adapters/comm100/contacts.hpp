// The identities of a Comm100 contact, read as channels: the connector answers ListContactChannels so. contact.hpp has the contact itself.
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/contact.hpp"

namespace parley::comm100 {

/// The type of an identity: `Visitor`, `Email`, `SMS`, … in any case. Any other type is a messenger: the source is `app`, and the
/// source id is the type in lower case.
struct IdentityType {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Channel& channel, shape::Reading& reading);
  static void write(const Channel& channel, shape::Writer& writer);
  static bool empty(const Channel& channel) { return channel.source.empty(); }
};

/// Sets what follows from type and value together: `field`, and `visitor` where the type is `Visitor` and the value a guid.
void finish_identity(Channel& channel);

inline constexpr auto identity_as_channel = shape::shape<Channel, "comm100.contactIdentity_as_channel">(
    shape::group<IdentityType, &Channel::name, &Channel::source, &Channel::source_id>(
        "contactIdentityType", shape::Need::required, "Visitor, Email, SMS, Facebook, …"),
    shape::row<&Channel::value, LooseText>("value", shape::Need::required, "Address or id, unique within the type."),
    shape::finish<&finish_identity>(), shape::elsewhere<&Channel::visitor>("value of an identity of the type Visitor"),
    shape::elsewhere<&Channel::field>("contactIdentityType"),
    shape::dropped<&Channel::blocked>("Comm100 bans visitors and addresses, not identities."),
    shape::dropped<&Channel::verified, &Channel::verified_at>("Comm100 does not say whether an identity was verified."),
    shape::dropped<&Channel::detail_source, &Channel::destination>("An identity does not tell of its chats."),
    shape::dropped<&Channel::last_chat, &Channel::last_chat_at>("An identity does not tell of its chats."));

inline constexpr auto contact_with_channels = shape::shape<Contact, "comm100.contact_with_channels">(
    shape::row<&Contact::id, GuidId>("id", shape::Need::required, "Id of the contact."),
    shape::row<&Contact::name, LooseText>("name", shape::Need::always, "Display name."),
    shape::row<&Contact::channels, shape::ListOf<shape::Object<identity_as_channel>>>(
        "contactIdentities", shape::Need::always, "By what the contact is known."),
    shape::dropped<&Contact::first_name, &Contact::last_name, &Contact::identities, &Contact::manager,
                   &Contact::unknown, &Contact::fields, &Contact::conflicts, &Contact::last_chat,
                   &Contact::last_chat_at, &Contact::merged_into, &Contact::created_at, &Contact::updated_at>(
        "Only the channels are asked for."));

/// Whether the vendor marks the identity as deleted.
[[nodiscard]] bool is_deleted(const Channel& channel) noexcept;

}  // namespace parley::comm100
