// The answers of the calls about contacts; see contacts.hpp.
#include <algorithm>

#include "adapters/comm100/errors.hpp"
#include "adapters/comm100/facade/contacts.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/contract/own_counts.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {

using http::Reply;

namespace {

/// Whether two canonical ids are the same, or one is the guid that stands for the other.
bool same_id(const IdentityId& stored, const IdentityId& asked) {
  if (stored == asked) return true;
  const std::optional<ids::Guid> guid = ids::parse_guid(asked.text);
  return guid && ids::to_guid(stored.text) == *guid;
}

const Identity* by_id(const Contact& contact, const IdentityId& id) {
  for (const Identity& one : contact.identities) {
    if (same_id(one.id, id)) return &one;
  }
  return nullptr;
}

Error no_identity() { return fault(Code::no_such_contact, "The contact has no such identity."); }

bool is_asked_for(const Identity& one, const ContactFilter& filter) {
  if (!filter.identities.empty()) {
    return std::any_of(filter.identities.begin(), filter.identities.end(),
                       [&one](const IdentityId& id) { return same_id(one.id, id); });
  }
  if (one.deleted || (filter.kind != IdentityKind::unknown && filter.kind != one.kind)) return false;
  if (one.kind == IdentityKind::visitor) return same_id({one.value}, {filter.value});
  return one.kind == IdentityKind::email ? ascii::same_ignoring_case(one.value, filter.value)
                                         : one.value == filter.value;
}

void write_one(const Facade& facade, const Identity& identity, Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::Writer writer(reply.body);
  shape::write_object(shape::view<contact_identity>, &identity, writer);
  writer.finish();
  if (facade.reports_losses()) shape::find_losses(shape::view<contact_identity>, &identity, reply.losses);
}

}  // namespace

Result<void> write_contact(const Facade& facade, const Ref<Contact>& answer, Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::Writer writer(reply.body);
  answer.write(shape::view<contact>, writer, facade.reports_losses() ? &reply.losses : nullptr);
  writer.finish();
  contract::forgive_own_counts(reply.losses);
  return {};
}

Result<void> write_contacts(const Facade& facade, const AskedPage& page, const Page<Contact>& answer, Reply& reply) {
  write_envelope(facade, "\"contacts\":", shape::view<contact>, page, answer, reply);
  contract::forgive_own_counts(reply.losses);
  return {};
}

Result<void> write_new_contact(const Facade& facade, const Ref<Contact>& answer, Reply& reply) {
  Result<void> written = write_contact(facade, answer, reply);
  reply.status = 201;
  return written;
}

Result<void> write_no_contacts(const Facade&, const DeletedContacts&, Reply& reply) {
  reply.status = 204;
  return {};
}

Result<void> write_no_identity(const Facade&, const Ref<Contact>&, Reply& reply) {
  reply.status = 204;
  return {};
}

Result<void> write_identity(const Facade& facade, const GetContact& asked, const Ref<Contact>& answer, Reply& reply) {
  const Identity* found = by_id(*answer, asked.contact.identity);
  if (found == nullptr) return no_identity();
  write_one(facade, *found, reply);
  return {};
}

Result<void> write_put_identity(const Facade& facade, const PutIdentity& put, const Ref<Contact>& answer,
                                Reply& reply) {
  // A new one is the last, and its id is the store's.
  const Identity* found =
      put.create && !answer->identities.empty() ? &answer->identities.back() : by_id(*answer, put.identity);
  if (found == nullptr) return no_identity();
  write_one(facade, *found, reply);
  if (put.create) reply.status = 201;
  return {};
}

Result<void> write_identities(const Facade& facade, const ListContacts& asked, const Page<Contact>& answer,
                              Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::DistinctLosses told(reply.losses);
  shape::Writer writer(reply.body);
  std::size_t shown = 0;
  writer.begin_object();
  writer.quoted_key("\"contactIdentities\":");
  writer.begin_array();
  for (const Ref<Contact>& contact : answer.records) {
    if (writer.out().overflowed()) break;
    for (const Identity& one : contact->identities) {
      if (!is_asked_for(one, asked.filter)) continue;
      shape::write_object(shape::view<contact_identity>, &one, writer);
      if (facade.reports_losses()) told.find(shape::view<contact_identity>, &one);
      ++shown;
    }
  }
  writer.end_array();
  write_pages({}, shown, writer);
  writer.end_object();
  writer.finish();
  return {};
}

Result<void> Facade::show(const Ref<Contact>& answer, Reply& reply) const {
  return write_contact(*this, answer, reply);
}
Result<void> Facade::show(const Page<Contact>& answer, Reply& reply) const {
  return write_contacts(*this, {}, answer, reply);
}

}  // namespace parley::comm100
