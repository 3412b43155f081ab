// See contacts.hpp.
#include "adapters/store/rules/contacts.hpp"

#include <algorithm>

#include "adapters/store/attributes.hpp"
#include "adapters/store/contacts.hpp"
#include "adapters/store/rules/sent_members.hpp"

namespace parley::store {
namespace {

Error no_contact() { return refusal(Code::no_such_contact, "no contact has this id"); }
Error too_many() {
  return refusal(Code::invalid_field, "a contact has at most " + std::to_string(most_identities) + " identities",
                 "identities");
}
Error taken(std::string_view value) {
  return refusal(Code::identity_taken, "another contact is known by " + String(value), "value");
}

std::size_t identities_in(const PutContact& operation) noexcept {
  return (operation.identities ? operation.identities->size() : 0) + (operation.emails ? operation.emails->size() : 0) +
         (operation.phones ? operation.phones->size() : 0);
}

/// Calls `visit(kind, value)` for each identity of the operation, in the order of PutContactRecords::said.
template <class Visit>
void each_said(const PutContact& operation, const Visit& visit) {
  if (operation.identities) {
    for (const Identity& one : *operation.identities) visit(one.kind, one.value);
  }
  if (operation.emails) {
    for (const Text& one : *operation.emails) visit(IdentityKind::email, one);
  }
  if (operation.phones) {
    for (const Text& one : *operation.phones) visit(IdentityKind::phone, one);
  }
}

SaidIdentity gather_said(IdentityKind kind, const Text& value, bool unique, Gathered& gathered) {
  SaidIdentity said;
  if (kind == IdentityKind::visitor) said.visitor = gathered.find(visitor_by_id(value));
  const Text& stored = said.visitor == nullptr ? value : said.visitor->value.id.text;
  if (unique && !value.empty() && kind != IdentityKind::unknown) said.known = gathered.find(KnownByKey{kind, stored});
  return said;
}

bool is_taken(const SaidIdentity& said, const Stored<Contact>* by) noexcept {
  return said.known != nullptr && std::any_of(said.known->begin(), said.known->end(), [by](const Stored<Contact>& one) {
           return by == nullptr || one.number != by->number;
         });
}

/// The stored identity that a sent one means: that with its id, or else with its kind and value.
const Identity* meant(const Identity& sent, const Contact& contact) noexcept {
  const auto same_id = std::find_if(contact.identities.begin(), contact.identities.end(),
                                    [&sent](const Identity& one) { return one.id == sent.id; });
  if (!sent.id.empty() && same_id != contact.identities.end()) return &*same_id;
  return find_identity(contact, sent.kind, sent.value);
}

/// The identities of the contact after all were sent: `said` are those of `sent`.
List<Identity> replaced(const List<Identity>& sent, const List<SaidIdentity>& said, const Contact& contact,
                        const IdSource& ids) {
  Contact made;
  for (std::size_t at = 0; at < sent.size(); ++at) {
    Identity one = sent[at];
    if (said[at].visitor != nullptr) one.value = said[at].visitor->value.id.text;
    const Identity* before = meant(one, contact);
    one.id.text = before != nullptr ? before->id.text.str() : ids.object24();
    if (before != nullptr && one.extensions.empty()) one.extensions = before->extensions;
    if (find_identity(made, one.kind, one.value) == nullptr) made.identities.push_back(std::move(one));
  }
  return std::move(made.identities);
}

/// Replaces the identities of a kind by these values; a value that was there keeps its identity.
void replace_kind(Contact& contact, IdentityKind kind, const List<Text>& values, const IdSource& ids) {
  Contact made;
  for (const Text& value : values) {
    const Identity* before = find_identity(contact, kind, value);
    if (before == nullptr) {
      add_identity(made, kind, value, ids.object24);
    } else if (find_identity(made, kind, value) == nullptr) {
      made.identities.push_back(*before);
      made.identities.back().value = value;  // its spelling may have changed
    }
  }
  std::erase_if(contact.identities, [kind](const Identity& one) { return one.kind == kind; });
  contact.identities.insert(contact.identities.end(), made.identities.begin(), made.identities.end());
}

/// Returns whether there were not too many.
Result<void> set_fields(Contact& contact, const Attributes& sent) {
  List<CustomField> texts;
  for (const Attribute& field : sent) texts.push_back({.name = field.name, .value = field.value, .overwrite = true});
  store::set_fields(contact.fields, texts);
  if (auto checked = check_attributes(contact.fields); !checked) return checked;
  for (const Attribute& field : sent) {
    const auto kept = std::find_if(contact.fields.begin(), contact.fields.end(), [&field](const Attribute& one) {
      return one.kind == AttributeKind::field && one.name == field.name;
    });
    if (kept != contact.fields.end()) kept->literal = field.literal;
  }
  return {};
}

/// Ends the conflicts of the members that the operation gives.
void resolve(const PutContact& operation, Contact& contact) {
  std::erase_if(contact.conflicts, [&operation](const ContactConflict& conflict) {
    const std::string_view field = conflict.field;
    if (field == "name") return operation.name.has_value();
    if (field == "manager") return operation.manager.has_value();
    constexpr std::string_view prefix = "customFields.";
    return field.starts_with(prefix) && find(operation.fields, field.substr(prefix.size())) != nullptr;
  });
}

Result<void> check(const PutContact& operation, const PutContactRecords& found) {
  if (identities_in(operation) > most_identities) return too_many();
  if (!operation.create && found.contact == nullptr) return no_contact();
  if (operation.create && found.contact != nullptr) {
    return refusal(Code::invalid_field, "another contact has this id", "id");
  }
  if (operation.manager && !operation.manager->empty() && found.manager == nullptr) {
    return refusal(Code::no_such_agent, "no agent has this id", "manager");
  }
  if (operation.resolves && (found.contact == nullptr || found.contact->value.conflicts.empty())) {
    return refusal(Code::no_contact_conflicts, "the contact has no conflicts");
  }
  std::size_t at = 0;
  const Text* other = nullptr;
  each_said(operation, [&](IdentityKind, const Text& value) {
    if (is_taken(found.said[at++], found.contact)) other = &value;
  });
  if (other != nullptr) return taken(*other);
  return {};
}

Decision stored(const Stored<Contact>* before, Contact after, const DecisionContext& context) {
  after.updated_at = context.now;
  settle(after);
  const Ref<Contact> made(std::move(after));
  Decision decision;
  decision.changes.push_back(Put<Contact>{before, made});
  decision.outcome = made;
  return decision;
}

}  // namespace

const Stored<Contact>* gather(const GetContact& operation, Gathered& gathered) {
  const ContactRef& wanted = operation.contact;
  if (!wanted.id.empty()) return gathered.find(ContactKey{wanted.id.text});
  if (!wanted.identity.empty()) return gathered.find(IdentityKey{wanted.identity.text});
  const bool by_email = !wanted.email.empty();
  const Text& value = by_email ? wanted.email : wanted.phone;
  if (value.empty()) return nullptr;
  const auto* known = gathered.find(KnownByKey{by_email ? IdentityKind::email : IdentityKind::phone, value});
  return known == nullptr || known->empty() ? nullptr : &known->front();
}

Result<Outcome> decide(const GetContact&, const Stored<Contact>* contact) {
  if (contact == nullptr) return no_contact();
  return Outcome(Ref<Contact>(contact->value));
}

PutContactRecords gather(const PutContact& operation, Gathered& gathered) {
  PutContactRecords found;
  if (!operation.contact.empty()) found.contact = gathered.find(ContactKey{operation.contact.text});
  if (operation.manager && !operation.manager->empty())
    found.manager = gathered.find(AgentKey{operation.manager->text});
  if (identities_in(operation) > most_identities) return found;
  each_said(operation, [&](IdentityKind kind, const Text& value) {
    found.said.push_back(gather_said(kind, value, operation.unique, gathered));
  });
  return found;
}

Result<Decision> decide(const PutContact& operation, const PutContactRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation, found); !checked) return std::move(checked).error();
  Contact after = found.contact == nullptr ? Contact{} : found.contact->value;
  if (found.contact == nullptr) {
    after.id = operation.contact;
    if (after.id.empty()) after.id.text = context.ids.object24();
    after.created_at = context.now;
  }
  set_if_sent(operation.name, after.name);
  set_if_sent(operation.first_name, after.first_name);
  set_if_sent(operation.last_name, after.last_name);
  if (operation.identities) {
    after.identities = replaced(*operation.identities, found.said, after, context.ids);
  }
  if (operation.emails) replace_kind(after, IdentityKind::email, *operation.emails, context.ids);
  if (operation.phones) replace_kind(after, IdentityKind::phone, *operation.phones, context.ids);
  if (after.identities.size() > most_identities) return too_many();
  if (operation.manager) after.manager = found.manager == nullptr ? AgentId{} : found.manager->value.id;
  if (auto done = set_fields(after, operation.fields); !done) return std::move(done).error();
  after.unknown = false;
  if (operation.resolves) resolve(operation, after);
  if (operation.wipes_conflicts) after.conflicts.clear();
  merge(operation.extensions, after.extensions);
  return stored(found.contact, std::move(after), context);
}

PutIdentityRecords gather(const PutIdentity& operation, Gathered& gathered) {
  PutIdentityRecords found;
  if (operation.create) {
    found.contact = gathered.find(ContactKey{operation.contact.text});
  } else {
    found.contact = gathered.find(IdentityKey{operation.identity.text});
    if (found.contact != nullptr) found.identity = find_by_id(found.contact->value, operation.identity);
  }
  const IdentityKind kind =
      operation.kind.value_or(found.identity == nullptr ? IdentityKind::unknown : found.identity->kind);
  const Text* value = operation.value             ? &*operation.value
                      : found.identity == nullptr ? nullptr
                                                  : &found.identity->value;
  if (value != nullptr) found.said = gather_said(kind, *value, true, gathered);
  return found;
}

Result<Decision> decide(const PutIdentity& operation, const PutIdentityRecords& found, const DecisionContext& context) {
  if (found.contact == nullptr) return no_contact();
  Contact after = found.contact->value;
  Identity* changed = nullptr;
  if (operation.create) {
    if (after.identities.size() >= most_identities) return too_many();
    changed = &after.identities.emplace_back();
    changed->id.text = context.ids.object24();
  } else {
    if (found.identity == nullptr) return no_contact();
    changed = &after.identities[static_cast<std::size_t>(found.identity - found.contact->value.identities.data())];
  }
  set_if_sent(operation.kind, changed->kind);
  set_if_sent(operation.value, changed->value);
  set_if_sent(operation.name, changed->name);
  set_if_sent(operation.avatar, changed->avatar);
  set_if_sent(operation.info_url, changed->info_url);
  set_if_sent(operation.page_url, changed->page_url);
  if (changed->kind == IdentityKind::unknown) return refusal(Code::invalid_field, "an identity has a kind", "kind");
  if (changed->value.empty()) return refusal(Code::invalid_field, "an identity has a value", "value");
  if (found.said.visitor != nullptr) changed->value = found.said.visitor->value.id.text;
  const bool twice = std::count_if(after.identities.begin(), after.identities.end(), [changed](const Identity& one) {
                       return one.kind == changed->kind && same_value(one.kind, one.value, changed->value);
                     }) > 1;
  if (twice || is_taken(found.said, found.contact)) return taken(changed->value);
  return stored(found.contact, std::move(after), context);
}

const Stored<Contact>* gather(const DeleteIdentity& operation, Gathered& gathered) {
  return gathered.find(IdentityKey{operation.identity.text});
}

Result<Decision> decide(const DeleteIdentity& operation, const Stored<Contact>* contact,
                        const DecisionContext& context) {
  const Identity* gone = contact == nullptr ? nullptr : find_by_id(contact->value, operation.identity);
  if (gone == nullptr) return no_contact();
  Contact after = contact->value;
  after.identities.erase(after.identities.begin() + (gone - contact->value.identities.data()));
  return stored(contact, std::move(after), context);
}

}  // namespace parley::store
