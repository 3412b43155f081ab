// The canonical requests about contacts. operation.hpp lists them.
#pragma once

#include <optional>

#include "schemas/answer.hpp"
#include "schemas/list_query.hpp"
#include "schemas/operation_list.hpp"

namespace parley {

/// Which contacts. Members that are empty do not matter; all others must fit.
struct ContactFilter {
  IdentityKind kind = IdentityKind::unknown;  ///< of an identity with exactly `value`; unknown: of any kind
  Text value{};                   ///< of an identity that is not deleted. In e-mail addresses ASCII case is ignored
  List<IdentityId> identities{};  ///< the contact has one of them
};

/// The contacts of a filter, the oldest first unless the query has an order.
struct ListContacts {
  static constexpr OperationFacts facts = reading("ListContacts");
  using Answer = Page<Contact>;

  ListQuery query{};
  ContactFilter filter{};
};

/// A contact by the first of its members that is not empty. An e-mail address or a number names the oldest contact with it.
struct ContactRef {
  ContactId id{};
  IdentityId identity{};
  Text email{};
  Text phone{};
};

/// Error: no_such_contact.
struct GetContact {
  static constexpr OperationFacts facts = reading("GetContact");
  using Answer = Ref<Contact>;

  ContactRef contact{};
};

/// Adds a contact (`create`; an empty id = a new id), or changes one. Absent members stay unchanged. The contact is known from then on.
/// Errors: no_such_contact (nothing to change); no_such_agent (the manager); invalid_field (`create`, and the id is another contact's; too
/// many fields); identity_taken; no_contact_conflicts.
struct PutContact {
  static constexpr OperationFacts facts = writing("PutContact");
  using Answer = Ref<Contact>;

  ContactId contact{};
  bool create = false;
  std::optional<Text> name{};
  std::optional<Text> first_name{};
  std::optional<Text> last_name{};
  std::optional<List<Text>> emails{};          ///< all addresses
  std::optional<List<Text>> phones{};          ///< all numbers
  std::optional<List<Identity>> identities{};  ///< all of them. One with the kind and value of a stored one is that one
  std::optional<AgentId> manager{};            ///< an empty one: nobody
  Attributes fields{};                         ///< are set; the others stay
  bool unique = false;                         ///< refuses a value that another contact has
  bool resolves = false;           ///< the contact must have conflicts; those of the members that are given end
  bool wipes_conflicts = false;    ///< all conflicts end
  shape::Extensions extensions{};  ///< replace those of the same shape and key
};

/// Adds an identity to a contact (`create`), or changes one. Absent members stay unchanged. Errors: no_such_contact (or no such identity);
/// identity_taken; invalid_field (`create` without kind or value).
struct PutIdentity {
  static constexpr OperationFacts facts = writing("PutIdentity");
  using Answer = Ref<Contact>;

  IdentityId identity{};  ///< unless `create`
  ContactId contact{};    ///< if `create`
  bool create = false;
  std::optional<IdentityKind> kind{};
  std::optional<Text> value{};
  std::optional<Text> name{};
  std::optional<Text> avatar{};
  std::optional<Text> info_url{};
  std::optional<Text> page_url{};
};

/// Removes an identity from its contact. Error: no_such_contact (no such identity).
struct DeleteIdentity {
  static constexpr OperationFacts facts = writing("DeleteIdentity");
  using Answer = Ref<Contact>;

  IdentityId identity{};
};

/// Makes one contact of two: `other` ends, and its identities, channels and chats become those of `contact`. A value that both have stays,
/// and that of `other` becomes a conflict. Errors: no_such_contact; invalid_field (both are the same).
struct MergeContacts {
  static constexpr OperationFacts facts = writing("MergeContacts");
  using Answer = Ref<Contact>;

  ContactId contact{};
  ContactId other{};
};

/// Removes contacts, and their visitors with all personal data as DeleteVisitor does. Unknown ones are passed over, unless
/// `must_exist`. Errors: contact_has_open_chat; no_such_contact.
struct DeleteContacts {
  static constexpr OperationFacts facts = writing("DeleteContacts");
  using Answer = DeletedContacts;

  List<ContactId> contacts{};
  bool must_exist = false;
};

}  // namespace parley
