// See merge_contacts.hpp.
#include "adapters/store/rules/merge_contacts.hpp"

#include <algorithm>

#include "adapters/store/attributes.hpp"
#include "adapters/store/contacts.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::store {
namespace {

Json text_json(std::string_view text) {
  Buffer out;
  shape::Writer writer(out);
  writer.string(text);
  writer.finish();
  return {Text(out.view())};
}

void add_conflict(Contact& contact, String field, Json value) {
  const bool known = std::any_of(contact.conflicts.begin(), contact.conflicts.end(),
                                 [&](const ContactConflict& one) { return one.field == field && one.value == value; });
  if (known) return;
  ContactConflict& made = contact.conflicts.emplace_back();
  made.field = std::move(field);
  made.value = std::move(value);
}

/// Takes the other's text where there is none. Where both have one and they differ, the other becomes a conflict, if those have a name.
void merge_text(Contact& contact, Text& kept, const Text& other, const char* conflict = nullptr) {
  if (other.empty() || kept == other) return;
  if (kept.empty()) {
    kept = other;
  } else if (conflict != nullptr) {
    add_conflict(contact, conflict, text_json(other));
  }
}

void merge_fields(Contact& contact, const Attributes& other) {
  for (const Attribute& field : other) {
    const Attribute* same = find(contact.fields, field.name);
    if (same == nullptr) {
      contact.fields.push_back(field);
    } else if (same->value != field.value || same->literal != field.literal) {
      add_conflict(contact, "customFields." + field.name, field.literal ? Json{field.value} : text_json(field.value));
    }
  }
}

void merge_identities(Contact& contact, const List<Identity>& other) {
  for (const Identity& one : other) {
    if (one.deleted || find_identity(contact, one.kind, one.value) == nullptr) contact.identities.push_back(one);
  }
}

void merge_extensions(shape::Extensions& kept, const shape::Extensions& other) {
  for (const shape::Extension& one : other) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&one](const shape::Extension& have) {
      return have.shape == one.shape && have.key == one.key;
    });
    if (!known) kept.push_back(one);
  }
}

Contact merged(const Contact& contact, const Contact& other) {
  Contact made = contact;
  merge_text(made, made.name, other.name, "name");
  merge_text(made, made.first_name, other.first_name);
  merge_text(made, made.last_name, other.last_name);
  merge_text(made, made.manager.text, other.manager.text, "manager");
  merge_identities(made, other.identities);
  made.channels.insert(made.channels.end(), other.channels.begin(), other.channels.end());
  made.unknown = contact.unknown && other.unknown;
  merge_fields(made, other.fields);
  for (const ContactConflict& one : other.conflicts) add_conflict(made, one.field.str(), one.value);
  if (other.last_chat_at > made.last_chat_at) {
    made.last_chat = other.last_chat;
    made.last_chat_at = other.last_chat_at;
  }
  if (other.created_at.known() && (!made.created_at.known() || other.created_at < made.created_at)) {
    made.created_at = other.created_at;
  }
  merge_extensions(made.extensions, other.extensions);
  return made;
}

}  // namespace

MergeContactsRecords gather(const MergeContacts& operation, Gathered& gathered) {
  MergeContactsRecords found;
  found.contact = gathered.find(ContactKey{operation.contact.text});
  found.other = gathered.find(ContactKey{operation.other.text});
  if (found.contact == nullptr || found.other == nullptr) return found;
  for (const Channel& channel : found.other->value.channels) {
    if (!channel.visitor.empty()) found.chats.push_back(gathered.find(ChatsOfKey{channel.visitor.text}));
  }
  return found;
}

Result<Decision> decide(const MergeContacts&, const MergeContactsRecords& found, const DecisionContext& context) {
  if (found.contact == nullptr || found.other == nullptr) {
    return refusal(Code::no_such_contact, "no contact has this id");
  }
  if (found.contact->number == found.other->number) {
    return refusal(Code::invalid_field, "a contact is not merged with itself", "contactId");
  }
  const Contact& other = found.other->value;
  Contact after = merged(found.contact->value, other);
  if (after.identities.size() > most_identities) {
    return refusal(Code::invalid_field, "together they have too many identities", "contactId");
  }
  if (auto checked = check_attributes(after.fields); !checked) return std::move(checked).error();
  after.updated_at = context.now;
  settle(after);
  Decision decision;
  List<std::int64_t> moved;
  for (const List<Stored<Chat>>* chats : found.chats) {
    if (chats == nullptr) continue;
    for (const Stored<Chat>& chat : *chats) {
      if (chat.value.contact != other.id) continue;
      if (std::find(moved.begin(), moved.end(), chat.number) != moved.end()) continue;
      moved.push_back(chat.number);
      Chat changed = chat.value;
      changed.contact = after.id;
      decision.changes.push_back(Put<Chat>{&chat, Ref<Chat>(std::move(changed))});
    }
  }
  decision.changes.push_back(Remove<Contact>{found.other});
  const Ref<Contact> made(std::move(after));
  decision.changes.push_back(Put<Contact>{found.contact, made});
  decision.outcome = made;
  return decision;
}

}  // namespace parley::store
