// See contact_bodies.hpp.
#include "adapters/comm100/contact_bodies.hpp"

#include "adapters/comm100/errors.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

Error required(const String& name) { return fault(Code::missing_field, "Parameter '" + name + "' is required.", name); }

/// Checks the id that a body repeats. POST has none to compare with.
Result<void> check_same(std::string_view id, std::string_view path) {
  if (id.empty() || path.empty()) return {};
  const std::optional<ids::Guid> guid = ids::parse_guid(id);
  if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
  if (ids::from_guid(*guid) == path) return {};
  return fault(Code::invalid_field, "Parameter 'id' differs from the id of the path.", "id");
}

/// The type that a body says, if it says one.
Result<std::optional<IdentityKind>> kind_said(const IdentityUpdate& body) {
  if (!body.type) return std::optional<IdentityKind>();
  const Result<IdentityKind> kind = kind_of(*body.type, "contactIdentityType");
  if (!kind) return kind.error();
  return std::optional<IdentityKind>(*kind);
}

bool is_blank(const std::optional<Text>& value) noexcept { return !value || ascii::trim(*value).empty(); }

/// An element of a contact's list.
Result<Identity> identity_of(IdentityUpdate&& body) {
  const Result<std::optional<IdentityKind>> kind = kind_said(body);
  if (!kind) return kind.error();
  if (!*kind) return required("contactIdentityType");
  if (is_blank(body.value)) return required("value");
  Identity made;
  if (!body.id.empty()) {
    const std::optional<ids::Guid> guid = ids::parse_guid(body.id);
    if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
    made.id.text = ids::from_guid(*guid);
  }
  made.kind = **kind;
  made.value = *std::move(body.value);
  made.name = std::move(body.name).value_or(Text());
  made.avatar = std::move(body.avatar).value_or(Text());
  made.info_url = std::move(body.info_url).value_or(Text());
  made.page_url = std::move(body.page_url).value_or(Text());
  finish_value(made);
  return made;
}

}  // namespace

Result<IdentityKind> kind_of(std::string_view type, const char* member) {
  const IdentityKind kind = identity_kind(ascii::trim(type));
  if (kind != IdentityKind::unknown) return kind;
  return fault(Code::invalid_field,
               String("Parameter '") + member + "' must be " + shape::list_words(identity_types) + '.', member);
}

Result<PutContact> operation_of(ContactUpdate&& body, ContactId replaced) {
  if (Result<void> same = check_same(body.id, replaced.text); !same) return std::move(same).error();
  if (ascii::trim(body.name).empty()) return required("name");
  PutContact made{.contact = std::move(replaced)};
  made.create = made.contact.empty();
  made.unique = true;
  made.name = std::move(body.name);
  made.first_name = std::move(body.first_name);
  made.last_name = std::move(body.last_name);
  made.fields = std::move(body.fields);
  List<Identity>& identities = made.identities.emplace();
  identities.reserve(body.identities.size());
  for (IdentityUpdate& one : body.identities) {
    Result<Identity> identity = identity_of(std::move(one));
    if (!identity) {
      return within("contactIdentities[" + std::to_string(identities.size()) + "]", std::move(identity).error());
    }
    identities.push_back(*std::move(identity));
  }
  return made;
}

Result<PutIdentity> operation_of(IdentityUpdate&& body, IdentityId changed) {
  if (Result<void> same = check_same(body.id, changed.text); !same) return std::move(same).error();
  Result<std::optional<IdentityKind>> kind = kind_said(body);
  if (!kind) return std::move(kind).error();
  PutIdentity made{.identity = std::move(changed)};
  made.create = made.identity.empty();
  if (made.create) {
    const std::optional<ids::Guid> contact = ids::parse_guid(body.contact);
    if (body.contact.empty()) return required("contactId");
    if (!contact) return fault(Code::invalid_field, "Parameter 'contactId' must be a guid.", "contactId");
    made.contact.text = ids::from_guid(*contact);
    if (!*kind) return required("contactIdentityType");
  }
  if ((made.create || body.value) && is_blank(body.value)) return required("value");
  made.kind = *kind;
  made.value = std::move(body.value);
  if (made.value && made.kind == IdentityKind::visitor) {
    Identity said;
    said.kind = *made.kind;
    said.value = *std::move(made.value);
    finish_value(said);
    made.value = std::move(said.value);
  }
  made.name = std::move(body.name);
  made.avatar = std::move(body.avatar);
  made.info_url = std::move(body.info_url);
  made.page_url = std::move(body.page_url);
  return made;
}

}  // namespace parley::comm100
