// The bodies of the calls about contacts: a struct and a table for each, as in bodies.hpp.
#pragma once

#include "adapters/rocketchat/site_bodies.hpp"

namespace parley::rocketchat {

/// `contactManager` of POST omnichannel/contact.
struct VisitorManagerBody {
  Text username;
  friend bool operator==(const VisitorManagerBody&, const VisitorManagerBody&) = default;
};
/// POST omnichannel/contact, the older call: the contact is a visitor. `id` is accepted without an effect, as the vendor's server does.
struct VisitorContactBody {
  Text id;
  Text token;
  Text name;
  std::optional<Text> email;
  std::optional<Text> phone;
  Text username;
  Attributes fields;
  VisitorManagerBody manager;
};
/// POST omnichannel/contacts.
struct NewContactBody {
  Text name;
  List<Text> emails;
  List<Text> phones;
  Attributes fields;
  Text manager;
};
/// POST omnichannel/contacts.update.
struct ChangedContactBody {
  Text id;
  std::optional<Text> name;
  std::optional<List<Text>> emails;
  std::optional<List<Text>> phones;
  Attributes fields;
  std::optional<Text> manager;
  bool wipe_conflicts = false;
};
/// POST omnichannel/contacts.conflicts.
struct ContactConflictsBody {
  Text id;
  std::optional<Text> name;
  Attributes fields;
  std::optional<Text> manager;
  bool wipe_conflicts = false;
};
/// POST omnichannel/contacts.delete.
struct DeletedContactBody {
  Text id;
};

namespace body_rows {
inline constexpr std::string_view contact_note = "Id of the contact.";
inline constexpr std::string_view contact_name_note = "Display name.";
inline constexpr std::string_view emails_note = "All e-mail addresses; each once.";
inline constexpr std::string_view phones_note = "All phone numbers; each once.";
inline constexpr std::string_view fields_note = "Custom fields to be set.";
inline constexpr std::string_view manager_note = "Id of the agent who looks after the contact; empty = nobody.";
inline constexpr std::string_view wipe_note = "true: all conflicting values are forgotten.";
}  // namespace body_rows

inline constexpr auto visitor_manager_body = shape::fields<VisitorManagerBody, "rocketchat.visitor_manager">(
    shape::row<&VisitorManagerBody::username>("username", shape::Need::required, "Login name of an agent."),
    shape::closed());
inline constexpr auto visitor_contact_body = shape::fields<VisitorContactBody, "rocketchat.visitor_contact">(
    shape::row<&VisitorContactBody::id, NullableText>("_id", shape::Need::optional, "Accepted without an effect."),
    shape::row<&VisitorContactBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&VisitorContactBody::name>("name", shape::Need::required, body_rows::contact_name_note),
    shape::row<&VisitorContactBody::email, GivenText>("email", shape::Need::optional,
                                                      "The only address; empty = none."),
    shape::row<&VisitorContactBody::phone, GivenText>("phone", shape::Need::optional, "The only number; empty = none."),
    shape::row<&VisitorContactBody::username, NullableText>("username", shape::Need::optional,
                                                            "Of a new visitor; absent = the next guest-N."),
    shape::row<&VisitorContactBody::fields, shape::Nullable<ValueMap>>("customFields", shape::Need::optional,
                                                                       body_rows::fields_note),
    shape::row<&VisitorContactBody::manager, shape::Nullable<shape::Object<visitor_manager_body>>>(
        "contactManager", shape::Need::optional, "The agent who looks after the visitor."),
    shape::closed());
inline constexpr auto new_contact_body = shape::fields<NewContactBody, "rocketchat.new_contact">(
    shape::row<&NewContactBody::name>("name", shape::Need::required, body_rows::contact_name_note),
    shape::row<&NewContactBody::emails>("emails", shape::Need::required, body_rows::emails_note),
    shape::row<&NewContactBody::phones>("phones", shape::Need::required, body_rows::phones_note),
    shape::row<&NewContactBody::fields, shape::Nullable<ValueMap>>("customFields", shape::Need::optional,
                                                                   body_rows::fields_note),
    shape::row<&NewContactBody::manager, NullableText>("contactManager", shape::Need::optional,
                                                       body_rows::manager_note),
    shape::closed());
inline constexpr auto changed_contact_body = shape::fields<ChangedContactBody, "rocketchat.changed_contact">(
    shape::row<&ChangedContactBody::id>("contactId", shape::Need::required, body_rows::contact_note),
    shape::row<&ChangedContactBody::name, GivenText>("name", shape::Need::optional, body_rows::contact_name_note),
    shape::row<&ChangedContactBody::emails, GivenTexts>("emails", shape::Need::optional, body_rows::emails_note),
    shape::row<&ChangedContactBody::phones, GivenTexts>("phones", shape::Need::optional, body_rows::phones_note),
    shape::row<&ChangedContactBody::fields, shape::Nullable<ValueMap>>("customFields", shape::Need::optional,
                                                                       body_rows::fields_note),
    shape::row<&ChangedContactBody::manager, GivenText>("contactManager", shape::Need::optional,
                                                        body_rows::manager_note),
    shape::row<&ChangedContactBody::wipe_conflicts, shape::Nullable<shape::BooleanCodec>>(
        "wipeConflicts", shape::Need::optional, body_rows::wipe_note),
    shape::closed());
inline constexpr auto contact_conflicts_body = shape::fields<ContactConflictsBody, "rocketchat.contact_conflicts">(
    shape::row<&ContactConflictsBody::id>("contactId", shape::Need::required, body_rows::contact_note),
    shape::row<&ContactConflictsBody::name, GivenText>("name", shape::Need::optional, body_rows::contact_name_note),
    shape::row<&ContactConflictsBody::fields, shape::Nullable<ValueMap>>("customFields", shape::Need::optional,
                                                                         body_rows::fields_note),
    shape::row<&ContactConflictsBody::manager, GivenText>("contactManager", shape::Need::optional,
                                                          body_rows::manager_note),
    shape::row<&ContactConflictsBody::wipe_conflicts, shape::Nullable<shape::BooleanCodec>>(
        "wipeConflicts", shape::Need::optional, body_rows::wipe_note),
    shape::closed());
inline constexpr auto deleted_contact_body = shape::fields<DeletedContactBody, "rocketchat.deleted_contact">(
    shape::row<&DeletedContactBody::id>("contactId", shape::Need::required, body_rows::contact_note), shape::closed());

}  // namespace parley::rocketchat
