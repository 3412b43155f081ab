// A contact is a person: by what the person is known, and the channels by which the person came.
#pragma once

#include "schemas/canonical/channel.hpp"

namespace parley {

/// What an identity's value is.
enum class IdentityKind : std::uint8_t {
  unknown,
  visitor,  ///< the id of a visitor
  email,
  phone,
  facebook,
  twitter,
  whatsapp,
  instagram,
  telegram,
  wechat,
  line,
  sso_id,
  external_id,
  secure_messaging,
  inphase,
};
template <>
inline constexpr auto shape::words_of<IdentityKind> = shape::words("", "visitor", "email", "phone", "facebook",
                                                                   "twitter", "whatsapp", "instagram", "telegram",
                                                                   "wechat", "line", "sso_id", "external_id",
                                                                   "secure_messaging", "inphase");

/// One thing by which a person is known: an address, a number, an account. A store gives it an id, and the id of its contact.
struct Identity {
  IdentityId id;
  ContactId contact;
  IdentityKind kind = IdentityKind::unknown;
  Text value;
  Text name;
  Text avatar;
  Text info_url;
  Text page_url;
  bool deleted = false;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// A value that a merged record had for a member, where the contact has another one.
struct ContactConflict {
  Text field;
  Json value;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const ContactConflict&, const ContactConflict&) = default;
};

/// What vendors call custom fields, system fields such as `company` and `timeZone` among them, are `fields`.
struct Contact {
  ContactId id;
  Text name;
  Text first_name;
  Text last_name;
  List<Identity> identities;
  List<Channel> channels;
  AgentId manager;
  bool unknown = false;
  Attributes fields;
  List<ContactConflict> conflicts;
  ChatId last_chat;
  Time last_chat_at;
  ContactId merged_into;
  Time created_at;
  Time updated_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Contact&, const Contact&) = default;
};

template <>
inline constexpr auto shape::fields_of<Identity> = shape::fields<Identity, "identity">(
    shape::row<&Identity::id>("id", shape::Need::optional, "Stable id of the identity."),
    shape::row<&Identity::contact>("contact", shape::Need::optional, "The contact that it belongs to."),
    shape::row<&Identity::kind>("kind", shape::Need::optional, "visitor, email, phone, external_id, …"),
    shape::row<&Identity::value>("value", shape::Need::optional, "The address, number or id."),
    shape::row<&Identity::name>("name", shape::Need::optional, "How the person is called there."),
    shape::row<&Identity::avatar>("avatar", shape::Need::optional, "Address of a picture."),
    shape::row<&Identity::info_url>("info_url", shape::Need::optional, "A page about the person, for agents."),
    shape::row<&Identity::page_url>("page_url", shape::Need::optional, "The person's own page there."),
    shape::row<&Identity::deleted>("deleted", shape::Need::optional, "Counts no longer."));

template <>
inline constexpr auto shape::fields_of<ContactConflict> = shape::fields<ContactConflict, "contact_conflict">(
    shape::row<&ContactConflict::field>("field", shape::Need::required, "name, manager, or customFields.<key>."),
    shape::row<&ContactConflict::value>("value", shape::Need::optional, "The other value."));

template <>
inline constexpr auto shape::fields_of<Contact> = shape::fields<Contact, "contact">(
    shape::row<&Contact::id>("id", shape::Need::required, "Stable id of the person."),
    shape::row<&Contact::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Contact::first_name>("first_name", shape::Need::optional, "Given name."),
    shape::row<&Contact::last_name>("last_name", shape::Need::optional, "Family name."),
    shape::row<&Contact::identities>("identities", shape::Need::optional, "By what the person is known."),
    shape::row<&Contact::channels>("channels", shape::Need::optional, "The channels through which the person came."),
    shape::row<&Contact::manager>("manager", shape::Need::optional, "The agent who looks after the person."),
    shape::row<&Contact::unknown>("unknown", shape::Need::optional, "Nobody has said yet who it is."),
    shape::row<&Contact::fields>("fields", shape::Need::optional, "Custom fields: company, timeZone, …"),
    shape::row<&Contact::conflicts>("conflicts", shape::Need::optional,
                                    "Other values that merged records had, for somebody to decide."),
    shape::row<&Contact::last_chat>("last_chat", shape::Need::optional, "The latest chat."),
    shape::row<&Contact::last_chat_at>("last_chat_at", shape::Need::optional, "When the latest chat began."),
    shape::row<&Contact::merged_into>("merged_into", shape::Need::optional, "The contact that it became part of."),
    shape::row<&Contact::created_at>("created_at", shape::Need::optional, "When the record was made."),
    shape::row<&Contact::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
