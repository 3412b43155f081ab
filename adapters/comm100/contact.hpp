// A contact and its identities (contact/contacts, contact/contactIdentities).
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/contact.hpp"

namespace parley::comm100 {

/// The types of identities, in the order of IdentityKind from its second value on.
inline constexpr std::array<std::string_view, 14> identity_types = {
    "Visitor",  "Email",  "SMS",  "Facebook", "Twitter",    "WhatsApp",        "Instagram",
    "Telegram", "Wechat", "Line", "SSOID",    "ExternalID", "SecureMessaging", "inphase"};
static_assert(identity_types.size() + 1 == shape::words_of<IdentityKind>.size());
/// The kind of a type, in any case; unknown: there is no such type.
[[nodiscard]] IdentityKind identity_kind(std::string_view type) noexcept;

/// `contactIdentityType`. An empty text is no type.
struct IdentityTypeWord {
  static constexpr shape::Type type{.form = shape::Form::word, .words = identity_types};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, IdentityKind& kind, shape::Reading& reading);
  static void write(IdentityKind kind, shape::Writer& writer);
  static bool empty(IdentityKind kind) { return kind == IdentityKind::unknown; }
};

/// `value`: the text, or of a visitor the id as a guid.
struct IdentityValue {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Identity& identity, shape::Reading& reading);
  static void write(const Identity& identity, shape::Writer& writer);
  static bool empty(const Identity& identity) { return identity.value.empty(); }
};
/// A visitor's guid becomes the id that it stands for. Behind the type, wherever that stood.
void finish_value(Identity& identity);

inline constexpr auto contact_identity = shape::shape<Identity, "comm100.contactIdentity">(
    shape::row<&Identity::id, GuidId>("id", shape::Need::always, "Id of the identity."),
    shape::row<&Identity::contact, GuidId>("contactId", shape::Need::always, "The contact that it belongs to."),
    shape::row<&Identity::kind, IdentityTypeWord>("contactIdentityType", shape::Need::required,
                                                  "Visitor, Email, SMS, Facebook, …"),
    shape::group<IdentityValue, &Identity::value>("value", shape::Need::required,
                                                  "Address or id, unique within the type."),
    shape::row<&Identity::name, LooseText>("displayName", shape::Need::always, "How the person is called there."),
    shape::row<&Identity::avatar, LooseText>("avatarUrl", shape::Need::always, "Address of a picture."),
    shape::row<&Identity::info_url, LooseText>("infoUrl", shape::Need::always, "A page about the person, for agents."),
    shape::row<&Identity::page_url, LooseText>("originalContactPageUrl", shape::Need::always,
                                               "The person's own page there."),
    shape::row<&Identity::deleted>("isDeleted", shape::Need::always, "Counts no longer."),
    shape::finish<&finish_value>());

inline constexpr auto contact = shape::shape<Contact, "comm100.contact">(
    shape::row<&Contact::id, GuidId>("id", shape::Need::required, "Id of the contact."),
    shape::row<&Contact::name, LooseText>("name", shape::Need::always, "Display name."),
    shape::row<&Contact::first_name, LooseText>("firstName", shape::Need::always, "Given name."),
    shape::row<&Contact::last_name, LooseText>("lastName", shape::Need::always, "Family name."),
    shape::row<&Contact::created_at, VisitTime>("createTime", shape::Need::always, "Made."),
    shape::row<&Contact::updated_at, VisitTime>("lastUpdatedTime", shape::Need::always, "Latest change."),
    shape::row<&Contact::merged_into, GuidId>("mergeToContactId", shape::Need::always,
                                              "The contact that it became part of; zero guid for none."),
    shape::row<&Contact::identities, shape::ListOf<shape::Object<contact_identity>>>(
        "contactIdentities", shape::Need::always, "By what the contact is known."),
    shape::row<&Contact::fields, shape::ValueMap>("customFields", shape::Need::always,
                                                  "System and custom fields: company, timeZone, …"),
    shape::dropped<&Contact::channels>("Comm100 knows visitors by their identities, and not by their chats."),
    shape::dropped<&Contact::manager>("Comm100 has no agent who looks after a contact."),
    shape::dropped<&Contact::unknown>("Comm100 does not tell contacts that somebody made from others."),
    shape::dropped<&Contact::conflicts>("Comm100 keeps one value of each field."),
    shape::dropped<&Contact::last_chat, &Contact::last_chat_at>("Comm100 finds chats by their visitors."));

}  // namespace parley::comm100
