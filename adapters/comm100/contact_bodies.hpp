// The bodies of the requests about contacts and their identities.
#pragma once

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/contact.hpp"

namespace parley::comm100 {

/// An identity as a client writes it.
struct IdentityUpdate {
  Text id;
  Text contact;
  std::optional<Text> type;
  std::optional<Text> value;
  std::optional<Text> name;
  std::optional<Text> avatar;
  std::optional<Text> info_url;
  std::optional<Text> page_url;
};

namespace identity_rows {
using shape::Need;
inline constexpr auto id = shape::row<&IdentityUpdate::id, shape::Nullable<LooseText>>(
    "id", Need::optional, "Of an identity that the contact has. Of others it is ignored.");
inline constexpr auto contact = shape::row<&IdentityUpdate::contact, shape::Nullable<LooseText>>(
    "contactId", Need::optional, "The contact; has no effect.");
inline constexpr auto type = shape::row<&IdentityUpdate::type, Optional<LooseText>>(
    "contactIdentityType", Need::required, "Visitor, Email, SMS, Facebook, …");
inline constexpr auto value =
    shape::row<&IdentityUpdate::value, Optional<LooseText>>("value", Need::required, "Address or id.");
inline constexpr auto name = shape::row<&IdentityUpdate::name, Optional<LooseText>>("displayName", Need::optional,
                                                                                    "How the person is called there.");
inline constexpr auto avatar =
    shape::row<&IdentityUpdate::avatar, Optional<LooseText>>("avatarUrl", Need::optional, "Address of a picture.");
inline constexpr auto info_url = shape::row<&IdentityUpdate::info_url, Optional<LooseText>>(
    "infoUrl", Need::optional, "A page about the person, for agents.");
inline constexpr auto page_url = shape::row<&IdentityUpdate::page_url, Optional<LooseText>>(
    "originalContactPageUrl", Need::optional, "The person's own page there.");
}  // namespace identity_rows

/// An element of a contact's list.
inline constexpr auto listed_identity = shape::fields<IdentityUpdate, "comm100.listed_identity">(
    identity_rows::id, identity_rows::contact, identity_rows::type, identity_rows::value, identity_rows::name,
    identity_rows::avatar, identity_rows::info_url, identity_rows::page_url);
/// POST contact/contactIdentities.
inline constexpr auto new_identity = shape::fields<IdentityUpdate, "comm100.new_identity">(
    identity_rows::id,
    shape::row<&IdentityUpdate::contact, shape::Nullable<LooseText>>("contactId", shape::Need::required,
                                                                     "The contact."),
    identity_rows::type, identity_rows::value, identity_rows::name, identity_rows::avatar, identity_rows::info_url,
    identity_rows::page_url);
/// PUT contact/contactIdentities/{id}.
inline constexpr auto changed_identity = shape::fields<IdentityUpdate, "comm100.changed_identity">(
    shape::row<&IdentityUpdate::id, shape::Nullable<LooseText>>("id", shape::Need::optional,
                                                                "The id of the path once more."),
    identity_rows::contact,
    shape::row<&IdentityUpdate::type, Optional<LooseText>>("contactIdentityType", shape::Need::optional,
                                                           "Visitor, Email, SMS, Facebook, …"),
    shape::row<&IdentityUpdate::value, Optional<LooseText>>("value", shape::Need::optional, "Address or id."),
    identity_rows::name, identity_rows::avatar, identity_rows::info_url, identity_rows::page_url);

/// POST contact/contacts and PUT contact/contacts/{id}.
struct ContactUpdate {
  Text id;
  Text name;
  std::optional<Text> first_name;
  std::optional<Text> last_name;
  List<IdentityUpdate> identities;
  Attributes fields;
};

inline constexpr auto contact_update = shape::fields<ContactUpdate, "comm100.contact_update">(
    shape::row<&ContactUpdate::id, shape::Nullable<LooseText>>("id", shape::Need::optional,
                                                               "The id of the path once more. POST ignores it."),
    shape::row<&ContactUpdate::name, LooseText>("name", shape::Need::required, "Display name."),
    shape::row<&ContactUpdate::first_name, Optional<LooseText>>("firstName", shape::Need::optional, "Given name."),
    shape::row<&ContactUpdate::last_name, Optional<LooseText>>("lastName", shape::Need::optional, "Family name."),
    shape::row<&ContactUpdate::identities, shape::ListOf<shape::Object<listed_identity>>>(
        "contactIdentities", shape::Need::required, "All identities of the contact, at most 200."),
    shape::row<&ContactUpdate::fields, shape::Nullable<shape::ValueMap>>("customFields", shape::Need::optional,
                                                                         "Fields to be set; the others stay."));

/// The same fields of both calls. Adds a contact (`replaced` is empty), or changes one. Errors: missing_field, for a blank name, or an
/// identity without type or value; invalid_field, for an unknown type, or an id that is no guid or differs from `replaced`.
[[nodiscard]] Result<PutContact> operation_of(ContactUpdate&& body, ContactId replaced);
/// Adds an identity (`changed` is empty), or changes one. Errors: missing_field, for a new one without contact, type or value;
/// invalid_field, for an unknown type, or an id that is no guid or differs from `changed`.
[[nodiscard]] Result<PutIdentity> operation_of(IdentityUpdate&& body, IdentityId changed);

/// POST contact/contacts/{id}:merge.
struct ContactMerge {
  ContactId contact;
};
inline constexpr auto contact_merge =
    shape::fields<ContactMerge, "comm100.contact_merge">(shape::row<&ContactMerge::contact, GuidId>(
        "contactId", shape::Need::required, "The contact that becomes part of that of the path."));

/// DELETE contact/contacts: an element of the list, if it is an object. The vendor's elements are bare ids.
struct ContactKey {
  ContactId id;
};
inline constexpr auto contact_key =
    shape::fields<ContactKey, "comm100.contact_key">(shape::row<&ContactKey::id, GuidId>(
        "id", shape::Need::required, "Id of the contact. The bare id may stand for the object."));

/// A condition of POST contact/contacts:query.
struct ContactCondition {
  Text field;
  Text op;
  Text value;
  std::optional<std::int64_t> order;
};
inline constexpr auto contact_condition = shape::fields<ContactCondition, "comm100.contact_condition">(
    shape::row<&ContactCondition::field, LooseText>(
        "fieldName", shape::Need::required,
        "A member of a contact, a type of identity, or the name of a custom field."),
    shape::row<&ContactCondition::op, LooseText>(
        "operator", shape::Need::required,
        "Contains, Does Not Contain, Is, Is Not; of a time Before or After; of a type of identity Is."),
    shape::row<&ContactCondition::value, LooseText>("value", shape::Need::required, "What it is compared with."),
    shape::row<&ContactCondition::order, Optional<shape::IntegerCodec>>("order", shape::Need::optional,
                                                                        "Has no effect: all conditions must hold."));

/// The conditions; null counts as none.
struct ContactConditions {
  using Conditions = shape::ListOf<shape::Object<contact_condition>>;
  static constexpr shape::Type type = Conditions::type;
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, List<ContactCondition>& value, shape::Reading& reading) {
    if (node.kind == shape::NodeKind::null) return shape::Fit::respelt;
    return Conditions::read(node, value, reading);
  }
  static void write(const List<ContactCondition>& value, shape::Writer& writer) { Conditions::write(value, writer); }
  static bool empty(const List<ContactCondition>& value) { return value.empty(); }
};

/// POST contact/contacts:query. The vendor does not name the list of conditions.
struct ContactSearch {
  std::optional<std::int64_t> index;
  std::optional<std::int64_t> size;
  List<ContactCondition> conditions;
};
inline constexpr auto contact_search = shape::fields<ContactSearch, "comm100.contact_search">(
    shape::row<&ContactSearch::index, Optional<shape::IntegerCodec>>("pageIndex", shape::Need::optional, "From 1."),
    shape::row<&ContactSearch::size, Optional<shape::IntegerCodec>>("pageSize", shape::Need::optional,
                                                                    "50 if absent; at most 500."),
    shape::row<&ContactSearch::conditions, ContactConditions>("filterConditions", shape::Need::optional,
                                                              "All of them must hold; at most 20."));

/// POST contact/contactIdentities:query.
struct IdentitySearch {
  std::optional<List<IdentityId>> ids;
  Text value;
  Text type;
};
inline constexpr auto identity_search = shape::fields<IdentitySearch, "comm100.contact_identity_search">(
    shape::row<&IdentitySearch::ids, Optional<shape::ListOf<GuidId>>>(
        "ids", shape::Need::optional, "At most 1000. With ids, value and identityType have no effect."),
    shape::row<&IdentitySearch::value, shape::Nullable<LooseText>>("value", shape::Need::optional,
                                                                   "Exactly this value; needed without ids."),
    shape::row<&IdentitySearch::type, shape::Nullable<LooseText>>("identityType", shape::Need::optional,
                                                                  "Only of this type."));

/// The kind of a type that a client named. Errors: invalid_field.
[[nodiscard]] Result<IdentityKind> kind_of(std::string_view type, const char* member);

}  // namespace parley::comm100
