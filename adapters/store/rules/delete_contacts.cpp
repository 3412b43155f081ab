// See delete_contacts.hpp.
#include "adapters/store/rules/delete_contacts.hpp"

#include <algorithm>

#include "adapters/store/contacts.hpp"

namespace parley::store {
namespace {

/// Adds a record that is not in the list yet.
template <class T>
void add_once(const T* record, List<const T*>& all) {
  const bool known = record == nullptr || std::any_of(all.begin(), all.end(),
                                                      [record](const T* one) { return one->number == record->number; });
  if (!known) all.push_back(record);
}

}  // namespace

DeleteContactsRecords gather(const DeleteContacts& operation, Gathered& gathered) {
  DeleteContactsRecords found;
  for (const ContactId& id : operation.contacts) {
    if (!id.empty()) add_once(gathered.find(ContactKey{id.text}), found.contacts);
  }
  List<const FoundVisitor*> visitors;
  const auto add_visitor = [&](std::string_view id) {
    if (!id.empty()) add_once(gathered.find(visitor_by_id(id)), visitors);
  };
  for (const Stored<Contact>* contact : found.contacts) {
    for (const Channel& channel : contact->value.channels) add_visitor(channel.visitor.text);
    for (const Identity& identity : contact->value.identities) {
      if (identity.kind == IdentityKind::visitor) add_visitor(identity.value);
      if (identity.kind == IdentityKind::email && !identity.value.empty())
        found.offline_messages.push_back(gathered.find(OfflineMessagesOfKey{identity.value, {}}));
    }
  }
  for (const FoundVisitor* visitor : visitors) found.visitors.push_back(gather_traces(visitor, gathered));
  return found;
}

Result<Decision> decide(const DeleteContacts& operation, const DeleteContactsRecords& found,
                        const DecisionContext& context) {
  if (operation.must_exist && found.contacts.size() < operation.contacts.size()) {
    return refusal(Code::no_such_contact, "no contact has this id");
  }
  if (std::any_of(found.visitors.begin(), found.visitors.end(), has_open_chat)) {
    return refusal(Code::contact_has_open_chat, "the contact has an open chat; close it first");
  }
  Decision decision;
  erase(found.visitors, found.contacts, found.offline_messages, context, decision.changes);
  decision.outcome = DeletedContacts{found.contacts.size()};
  return decision;
}

}  // namespace parley::store
