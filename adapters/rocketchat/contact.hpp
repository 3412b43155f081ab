// A channel and a contact as Rocket.Chat 7 and later show them. Addresses and numbers stand in lists of their own.
#pragma once

#include "adapters/rocketchat/codecs.hpp"
#include "adapters/rocketchat/nested.hpp"
#include "schemas/canonical/contact.hpp"

namespace parley::rocketchat {

// --- channel ---------------------------------------------------------------------------------------------------------

using ChannelSource =
    Nested<"rocketchat.channel.visitor.source", Part<"type", &Channel::source>, Part<"id", &Channel::source_id>>;
using ChannelVisitor =
    Nested<"rocketchat.channel.visitor", Part<"visitorId", &Channel::visitor>, PartObject<"source", ChannelSource>>;
using ChannelDetails = Nested<"rocketchat.channel.details", Part<"type", &Channel::detail_source>,
                              Part<"destination", &Channel::destination>>;
using ChannelLastChat =
    Nested<"rocketchat.channel.lastChat", Part<"_id", &Channel::last_chat>, Part<"ts", &Channel::last_chat_at>>;

inline constexpr auto channel = shape::shape<Channel, "rocketchat.channel">(
    shape::row<&Channel::name>("name", shape::Need::required, "Label of the source, or its type."),
    shape::group<ChannelVisitor, &Channel::visitor, &Channel::source, &Channel::source_id>(
        "visitor", shape::Need::always, "The visitor, and where he or she came from."),
    shape::row<&Channel::blocked>("blocked", shape::Need::always, "Blocked by an agent."),
    shape::row<&Channel::verified>("verified", shape::Need::always, "Verified to be this person's."),
    shape::group<ChannelDetails, &Channel::detail_source, &Channel::destination>(
        "details", shape::Need::always, "Source of the room that made the channel."),
    shape::group<ChannelLastChat, &Channel::last_chat, &Channel::last_chat_at>("lastChat", shape::Need::optional,
                                                                               "The latest room on it."),
    shape::row<&Channel::field>("field", shape::Need::optional, "What was verified: email, phone."),
    shape::row<&Channel::value>("value", shape::Need::optional, "The verified value."),
    shape::row<&Channel::verified_at>("verifiedAt", shape::Need::optional, "When it was verified."));

// --- contact ---------------------------------------------------------------------------------------------------------

/// Reports what no list of a contact shows of its identities.
void find_identity_losses(const Contact& contact, shape::Losses& losses);

/// Says of the identities that were read whose they are.
void finish_identities(Contact& contact);

/// The values of the identities of one kind, `[{"address": "…"}]`. Deleted ones are left out.
template <IdentityKind Kind, shape::Literal Key>
struct IdentityList {
  using All = shape::ListOf<shape::Wrapped<Key>>;
  static constexpr shape::Type type = All::type;
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;

  static shape::Fit read(const shape::Node& node, Contact& contact, shape::Reading& reading) {
    List<Text> values;
    const shape::Fit fit = All::read(node, values, reading);
    for (Text& value : values) {
      Identity& made = contact.identities.emplace_back();
      made.kind = Kind;
      made.value = std::move(value);
    }
    return fit;
  }
  static void write(const Contact& contact, shape::Writer& writer) {
    writer.begin_array();
    for (const Identity& one : contact.identities) {
      if (is_shown(one)) shape::Wrapped<Key>::write(one.value, writer);
    }
    writer.end_array();
  }
  static bool empty(const Contact& contact) {
    return std::none_of(contact.identities.begin(), contact.identities.end(), is_shown);
  }
  static void losses(const Contact& contact, std::string_view, shape::Losses& losses) {
    if constexpr (Kind == IdentityKind::email) find_identity_losses(contact, losses);  // once for all lists
  }

 private:
  static bool is_shown(const Identity& one) { return one.kind == Kind && !one.deleted; }
};

/// `preRegistration`: the person has not come yet. Reading takes nothing from it: the channels say it.
struct PreRegistration {
  static constexpr shape::Type type{.form = shape::Form::boolean};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node&, Contact&, shape::Reading&) { return shape::Fit::respelt; }
  static void write(const Contact& contact, shape::Writer& writer) { writer.boolean(contact.channels.empty()); }
  static bool empty(const Contact& contact) { return !contact.channels.empty() || is_ours(contact.wire); }
};

inline constexpr auto contact_conflict = shape::shape<ContactConflict, "rocketchat.contact.conflict">(
    shape::row<&ContactConflict::field>("field", shape::Need::required, "name, manager, or customFields.<key>."),
    shape::row<&ContactConflict::value>("value", shape::Need::always, "The other value."));

using ContactLastChat =
    Nested<"rocketchat.contact.lastChat", Part<"_id", &Contact::last_chat>, Part<"ts", &Contact::last_chat_at>>;

inline constexpr auto contact = shape::shape<Contact, "rocketchat.contact">(
    shape::row<&Contact::id>("_id", shape::Need::required, "Id of the contact."),
    shape::row<&Contact::name>("name", shape::Need::always, "Display name."),
    shape::group<IdentityList<IdentityKind::email, "address">, &Contact::identities>("emails", shape::Need::optional,
                                                                                     "E-mail addresses."),
    shape::group<IdentityList<IdentityKind::phone, "phoneNumber">, &Contact::identities>(
        "phones", shape::Need::optional, "Phone numbers."),
    shape::row<&Contact::manager>("contactManager", shape::Need::optional, "Id of the agent who looks after it."),
    shape::row<&Contact::unknown>("unknown", shape::Need::always, "Nobody has said yet who it is."),
    shape::row<&Contact::conflicts, shape::ListOf<shape::Object<contact_conflict>>>(
        "conflictingFields", shape::Need::optional, "Other values that merged records had."),
    shape::row<&Contact::fields, shape::ValueMap>("customFields", shape::Need::optional, "Custom fields."),
    shape::row<&Contact::channels, shape::ListOf<shape::Object<channel>>>("channels", shape::Need::always,
                                                                          "How the person came."),
    shape::row<&Contact::created_at>("createdAt", shape::Need::optional, "Made."),
    shape::group<ContactLastChat, &Contact::last_chat, &Contact::last_chat_at>("lastChat", shape::Need::optional,
                                                                               "The latest room."),
    shape::group<PreRegistration, &Contact::channels>("preRegistration", shape::Need::optional,
                                                      "true: the person has not come yet."),
    shape::row<&Contact::updated_at>("_updatedAt", shape::Need::optional, "Latest change."),
    shape::finish<&finish_identities>(),
    shape::dropped<&Contact::first_name, &Contact::last_name>("Rocket.Chat has one name of a contact."),
    shape::dropped<&Contact::merged_into>("Rocket.Chat keeps no contact that became part of another."));

}  // namespace parley::rocketchat
