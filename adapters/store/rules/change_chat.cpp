// See change_chat.hpp.
#include "adapters/store/rules/change_chat.hpp"

#include "adapters/store/attributes.hpp"

namespace parley::store {
namespace {

/// Replaces all addresses, or all numbers, by the given one. An empty one removes them.
void replace(List<Text>& all, const std::optional<Text>& given) {
  if (!given) return;
  all.clear();
  if (!given->empty()) all.push_back(*given);
}

bool changes_visitor(const ChangeChat& operation) {
  return operation.name || operation.email || operation.phone || !operation.visitor_fields.empty();
}

Result<Visitor> changed_visitor(const ChangeChat& operation, const Visitor& before, Time now) {
  Visitor visitor = before;
  if (operation.name && !operation.name->empty()) visitor.name = *operation.name;
  replace(visitor.emails, operation.email);
  replace(visitor.phones, operation.phone);
  set_fields(visitor.attributes, operation.visitor_fields);
  if (auto checked = check_attributes(visitor.attributes); !checked) return std::move(checked).error();
  visitor.updated_at = now;
  return visitor;
}

/// The chat with present data of its people as the answer, after its change and those before it.
Decision answered(const Stored<Chat>* before, Chat&& chat, const List<Person>& people, Changes&& changes) {
  Decision decision;
  decision.changes = std::move(changes);
  decision.changes.push_back(Put<Chat>{before, Ref<Chat>(chat)});
  refresh_participants(chat, people, ChatDetail::of_people);
  decision.outcome = Ref<Chat>(std::move(chat));
  return decision;
}

}  // namespace

ChangeChatRecords gather(const ChangeChat& operation, Gathered& gathered) {
  ChangeChatRecords found;
  found.named = gather(operation.chat, gathered);
  if (!operation.visitor.empty()) found.visitor = gathered.find(visitor_by_id(operation.visitor.text));
  if (found.named.chat != nullptr) found.people = gather_people(found.named.chat->value, gathered);
  return found;
}

Result<Decision> decide(const ChangeChat& operation, const ChangeChatRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  if (!operation.visitor.empty() && found.visitor == nullptr) {
    return refusal(Code::no_such_visitor, "no visitor has this id");
  }
  Chat chat = found.named.chat->value;
  if (operation.topic) chat.topic = *operation.topic;
  if (operation.tags) chat.tags = *operation.tags;
  set_fields(chat.call_data, operation.fields);
  if (auto checked = check_attributes(chat.call_data); !checked) return std::move(checked).error();
  chat.updated_at = context.now;

  Changes changes;
  List<Person> people = found.people;
  if (found.visitor != nullptr && changes_visitor(operation)) {
    Result<Visitor> visitor = changed_visitor(operation, found.visitor->value, context.now);
    if (!visitor) return std::move(visitor).error();
    const Ref<Visitor> after(*std::move(visitor));
    changes.push_back(Put<Visitor>{found.visitor, after});
    for (Person& one : people) {
      if (one.visitor != nullptr && one.visitor->id == after->id) one.visitor = after.get();
    }
  }
  return answered(found.named.chat, std::move(chat), people, std::move(changes));
}

RequestTranscriptRecords gather(const RequestTranscript& operation, Gathered& gathered) {
  RequestTranscriptRecords found;
  found.named = gather(operation.chat, gathered);
  found.by = gather_agent(operation.by, gathered);
  if (found.named.chat != nullptr) found.people = gather_people(found.named.chat->value, gathered);
  return found;
}

Result<Decision> decide(const RequestTranscript& operation, const RequestTranscriptRecords& found,
                        const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  Chat chat = found.named.chat->value;
  if (chat.state == ChatState::ended) return refusal(Code::chat_ended, "the chat has ended");
  const bool requested = chat.transcript_request.at.known();
  if (operation.withdraw) {
    if (!requested) return refusal(Code::no_transcript_request, "nobody has asked for a transcript");
    chat.transcript_request = {};
  } else {
    if (requested) return refusal(Code::transcript_requested, "a transcript was requested already");
    chat.transcript_request = {};  // of a vendor's document, a request without its time
    chat.transcript_request.at = context.now;
    chat.transcript_request.by = actor_of(operation.by, found.named, found.by);
    chat.transcript_request.email = operation.email;
    chat.transcript_request.subject = operation.subject;
  }
  chat.updated_at = context.now;
  return answered(found.named.chat, std::move(chat), found.people, {});
}

}  // namespace parley::store
