// See offline_messages.hpp.
#include "adapters/store/rules/offline_messages.hpp"

#include <algorithm>

#include "adapters/store/rules/sent_members.hpp"

namespace parley::store {
namespace {

const Stored<OfflineMessage>* find(const OfflineMessageRef& message, Gathered& gathered) {
  if (!message.id.empty()) return gathered.find(OfflineMessageKey{message.id.text});
  return message.number > 0 ? gathered.find(OfflineNumberKey{message.number}) : nullptr;
}

Error no_message() { return refusal(Code::no_such_offline_message, "there is no such offline message"); }

}  // namespace

LeaveOfflineMessageRecords gather(const LeaveOfflineMessage& operation, Gathered& gathered) {
  LeaveOfflineMessageRecords found;
  const OfflineMessage& message = operation.message;
  if (!message.id.empty()) found.same_id = gathered.find(OfflineMessageKey{message.id.text});
  if (!message.department.empty()) found.department = gathered.find(DepartmentKey{message.department.text});
  found.messages = gathered.find(CounterKey{offline_message_counter});
  return found;
}

const Stored<OfflineMessage>* gather(const GetOfflineMessage& operation, Gathered& gathered) {
  return find(operation.message, gathered);
}

const Stored<OfflineMessage>* gather(const ChangeOfflineMessage& operation, Gathered& gathered) {
  return find(operation.message, gathered);
}

List<const Stored<OfflineMessage>*> gather(const DeleteOfflineMessages& operation, Gathered& gathered) {
  List<const Stored<OfflineMessage>*> found;
  for (const OfflineMessageRef& message : operation.messages) found.push_back(find(message, gathered));
  return found;
}

Result<Decision> decide(const LeaveOfflineMessage& operation, const LeaveOfflineMessageRecords& found,
                        const DecisionContext& context) {
  if (found.same_id != nullptr) return refusal(Code::invalid_field, "another offline message has this id", "id");
  OfflineMessage message = operation.message;
  if (message.id.empty()) message.id.text = ids::new_guid();
  // The id under which the store has the department, whichever form the client used.
  if (found.department != nullptr) message.department = found.department->value.id;
  message.number = (found.messages == nullptr ? 0 : *found.messages) + 1;
  message.at = message.updated_at = context.now;
  const std::int64_t number = message.number;
  const Ref<OfflineMessage> stored(std::move(message));
  return Decision{stored, {SetCounter{offline_message_counter, number}, Put<OfflineMessage>{nullptr, stored}}};
}

Result<Outcome> decide(const GetOfflineMessage&, const Stored<OfflineMessage>* message) {
  if (message == nullptr) return no_message();
  return Outcome(Ref<OfflineMessage>(message->value));
}

Result<Decision> decide(const ChangeOfflineMessage& operation, const Stored<OfflineMessage>* message,
                        const DecisionContext& context) {
  if (message == nullptr) return no_message();
  OfflineMessage after = message->value;
  set_if_sent(operation.name, after.name);
  set_if_sent(operation.email, after.email);
  set_if_sent(operation.phone, after.phone);
  set_if_sent(operation.company, after.company);
  set_if_sent(operation.subject, after.subject);
  set_if_sent(operation.text, after.text);
  set_if_sent(operation.department, after.department);
  set_if_sent(operation.agent, after.agent);
  set_if_sent(operation.ticket, after.ticket);
  after.updated_at = context.now;
  const Ref<OfflineMessage> stored(std::move(after));
  return Decision{stored, {Put<OfflineMessage>{message, stored}}};
}

Result<Decision> decide(const DeleteOfflineMessages&, const List<const Stored<OfflineMessage>*>& found,
                        const DecisionContext&) {
  Decision decision;
  List<std::int64_t> removed;
  for (const Stored<OfflineMessage>* message : found) {
    if (message == nullptr) continue;
    if (std::find(removed.begin(), removed.end(), message->number) != removed.end()) continue;
    removed.push_back(message->number);
    decision.changes.push_back(Remove<OfflineMessage>{message});
  }
  if (found.size() == 1 && removed.empty()) return no_message();
  decision.outcome = DeletedOfflineMessages{removed.size()};
  return decision;
}

}  // namespace parley::store
