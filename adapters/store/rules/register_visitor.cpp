// Finds or makes the visitor, then sets the given values.
#include "adapters/store/rules/register_visitor.hpp"

#include <algorithm>

#include "adapters/store/attributes.hpp"
#include "adapters/store/presence.hpp"
#include "adapters/store/rules/guests.hpp"
#include "adapters/store/rules/sent_members.hpp"

namespace parley::store {
namespace {

bool given(const std::optional<Text>& value) { return value && !value->empty(); }

VisitorKey recognition(const RegisterVisitor& operation) {
  VisitorKey key;
  if (!operation.token.empty()) key = visitor_by_token(operation.token);
  if (operation.identity == IdentityRule::token_phone_email && given(operation.phone)) {
    key.add(VisitorHandle::Kind::phone, *operation.phone);
  }
  if (given(operation.email)) key.add(VisitorHandle::Kind::email, *operation.email);
  return key;
}

Visitor new_visitor(const RegisterVisitor& operation, const DecisionContext& context) {
  Visitor visitor;
  visitor.id = operation.id;
  if (visitor.id.empty()) {
    const bool old_ids = operation.identity == IdentityRule::token_email && !operation.by_agent;
    visitor.id.text = old_ids ? context.ids.random17() : context.ids.object24();
  }
  visitor.token = operation.token;
  visitor.username = operation.username;
  visitor.created_at = context.now;
  if (operation.by_agent) {
    visitor.status = VisitorStatus::out_of_site;
    return visitor;
  }
  visitor.status = VisitorStatus::in_site;
  visitor.visits = 1;
  visitor.first_visit_at = visitor.visit_at = context.now;
  visitor.ip = operation.ip;
  visitor.user_agent = operation.user_agent;
  visitor.host = operation.host;
  visitor.channel = "web";
  return visitor;
}

/// Gives a new visitor without a username the next guest name. A chosen guest name raises the counter.
void name_guest(Visitor& visitor, const std::int64_t* guests, Changes& changes) {
  const std::int64_t before = guests == nullptr ? 0 : *guests;
  std::int64_t after = before;
  if (visitor.username.empty()) {
    visitor.username = next_guest(after);
  } else {
    after = std::max(before, guest_number(visitor.username).value_or(0));
  }
  if (after != before) changes.push_back(SetCounter{guest_counter, after});
}

bool has_username(const List<Stored<Agent>>* agents, const Text& name) noexcept {
  return agents != nullptr && std::any_of(agents->begin(), agents->end(),
                                          [&name](const Stored<Agent>& one) { return one.value.username == name; });
}

/// Sets the only value of a list. An empty one removes all, if an agent says it.
void set_only(const std::optional<Text>& sent, bool by_agent, List<Text>& values) {
  if (given(sent)) values = {*sent};
  if (sent && sent->empty() && by_agent) values.clear();
}

}  // namespace

RegisterVisitorRecords gather(const RegisterVisitor& operation, Gathered& gathered) {
  RegisterVisitorRecords found;
  const VisitorKey key = recognition(operation);
  if (!operation.manager.empty()) found.agents = gathered.find(AgentsKey{});
  if (!key.handles().empty()) found.known = gathered.find(key);
  if (found.known != nullptr || gathered.wants()) return found;
  if (!operation.id.empty()) found.same_id = gathered.find(visitor_by_id(operation.id.text));
  if (operation.username.empty() || guest_number(operation.username)) {
    found.guests = gathered.find(CounterKey{guest_counter});
  }
  return found;
}

Result<Decision> decide(const RegisterVisitor& operation, const RegisterVisitorRecords& found,
                        const DecisionContext& context) {
  if (found.same_id != nullptr) return refusal(Code::invalid_field, "this id is another visitor's", "id");
  if (!operation.manager.empty() && !has_username(found.agents, operation.manager)) {
    return refusal(Code::no_such_agent, "no agent has this username", "manager");
  }
  Decision decision;
  Visitor visitor = found.known != nullptr ? found.known->value : new_visitor(operation, context);
  if (found.known == nullptr) {
    name_guest(visitor, found.guests, decision.changes);
  } else if (found.known->handle == VisitorHandle::Kind::email && !operation.token.empty()) {
    visitor.token = operation.token;
  }
  if (given(operation.name)) visitor.name = *operation.name;
  set_only(operation.email, operation.by_agent, visitor.emails);
  set_only(operation.phone, operation.by_agent, visitor.phones);
  if (given(operation.department)) visitor.department.text = *operation.department;
  if (!operation.fields.empty()) {
    set_fields(visitor.attributes, operation.fields);
    if (auto checked = check_attributes(visitor.attributes); !checked) return std::move(checked).error();
  }
  merge(operation.extensions, visitor.extensions);
  visitor.updated_at = context.now;
  if (!operation.by_agent) {
    visitor.presence = Presence::online;
    come_back(visitor, context.now);
  }
  const Ref<Visitor> after(std::move(visitor));
  decision.changes.push_back(Put<Visitor>{found.known, after, operation.by_agent ? Time{} : context.now});
  decision.outcome = after;
  return decision;
}

}  // namespace parley::store
