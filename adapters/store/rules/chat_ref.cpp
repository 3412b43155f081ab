// See chat_ref.hpp.
#include "adapters/store/rules/chat_ref.hpp"

#include "schemas/ascii.hpp"

namespace parley::store {

NamedChat gather(const ChatRef& ref, Gathered& gathered) {
  NamedChat found;
  if (ref.token) found.visitor = gathered.find(visitor_by_secret(*ref.token));
  found.chat = ref.id.empty() ? gathered.find(SequenceKey{ref.sequence}) : gathered.find(ChatKey{ref.id.text});
  return found;
}

bool is_of_tenant(const Chat& chat, std::string_view tenant) noexcept {
  return tenant.empty() || chat.domain.empty() || ascii::same_ignoring_case(chat.domain, tenant);
}

Result<void> check(const ChatRef& ref, const NamedChat& found) {
  const bool known = found.chat != nullptr && is_of_tenant(found.chat->value, ref.domain);
  if (ref.token) {
    if (found.visitor == nullptr) return refusal(Code::no_such_visitor, "no visitor has this token");
    if (!known || found.chat->value.visitor != found.visitor->value.id) {
      return refusal(Code::not_the_visitors_chat, "the chat is not this visitor's");
    }
  }
  if (!known) return refusal(Code::no_such_chat, "no chat has this id");
  const bool ended = found.chat->value.state == ChatState::ended;
  if (ref.must == ChatRef::Must::be_open && ended) return refusal(Code::chat_ended, "the chat has ended");
  if (ref.must == ChatRef::Must::have_ended && !ended) return refusal(Code::no_such_chat, "the chat has not ended");
  return {};
}

const Stored<Agent>* gather_agent(const Actor& actor, Gathered& gathered) {
  const bool named = actor.kind == ActorKind::agent && !actor.id.empty();
  return named ? gathered.find(AgentKey{actor.id}) : nullptr;
}

Actor actor_of(const Actor& actor, const NamedChat& found, const Stored<Agent>* agent) {
  if (found.visitor != nullptr) {
    const Visitor& visitor = found.visitor->value;
    Actor writer;
    writer.kind = ActorKind::visitor;
    writer.id = visitor.id.text;
    writer.name = visitor.name.empty() ? visitor.username : visitor.name;
    writer.username = visitor.username;
    writer.token = visitor.token;
    return writer;
  }
  Actor writer = actor;
  if (agent == nullptr) return writer;
  writer.id = agent->value.id.text;
  if (writer.name.empty()) writer.name = agent->value.name.empty() ? agent->value.username : agent->value.name;
  writer.username = agent->value.username;
  return writer;
}

}  // namespace parley::store
