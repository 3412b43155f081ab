// Bodies as operations; see bodies.hpp.
#include "adapters/enghouse/bodies.hpp"

#include "adapters/enghouse/facade/facade.hpp"

namespace parley::enghouse {
namespace {

constexpr std::string_view nameless = "Agent";

Error invalid(std::string_view member) {
  Error error = refuse(Code::invalid_field);
  error.field = member;
  return error;
}

/// Whether a store can keep the text, and a vendor's server can take it.
bool is_storable(std::string_view text, std::size_t most) noexcept {
  return text.size() <= most && text.find('\0') == text.npos;
}

/// Errors: invalid_field, for a text that is empty or not storable.
Result<void> check(std::string_view text, std::size_t most, std::string_view member) {
  if (text.empty() || !is_storable(text, most)) return invalid(member);
  return {};
}

}  // namespace

Result<ChatRef> open_chat(std::string_view wire) {
  if (!may_be_id(wire)) return refuse(Code::no_such_chat);
  return ChatRef{.id = {read_id(chat_prefix, wire)}, .must = ChatRef::Must::be_open};
}

Result<PostMessage> operation_of(TextMessageBody&& body) {
  if (auto good = check(body.text, longest_text, "text"); !good) return std::move(good).error();
  if (!is_storable(body.nickname, longest_name)) return invalid("nickname");
  PostMessage operation;
  operation.author.kind = ActorKind::agent;
  operation.author.name = body.nickname.empty() ? Text(nameless) : std::move(body.nickname);
  operation.text = std::move(body.text);
  return operation;
}

Result<PostMessage> operation_of(ExternalMessageBody&& body) {
  if (auto good = check(body.user, longest_name, "userid"); !good) return std::move(good).error();
  if (auto good = check(body.service, longest_name, "serviceid"); !good) return std::move(good).error();
  if (auto good = check(body.text, longest_text, "text"); !good) return std::move(good).error();
  Result<ChatRef> chat = open_chat(body.chat);
  if (!chat) return std::move(chat).error();
  PostMessage operation;
  operation.chat = *std::move(chat);
  operation.author.kind = ActorKind::agent;
  operation.author.name = std::move(body.service);
  operation.text = std::move(body.text);
  return operation;
}

Result<CloseChat> operation_of(EndContactBody&& body) {
  if (auto good = check(body.reason, longest_name, "reason"); !good) return std::move(good).error();
  Result<ChatRef> chat = open_chat(body.chat);
  if (!chat) return std::move(chat).error();
  CloseChat operation;
  operation.chat = *std::move(chat);
  operation.closer.kind = ActorKind::system;
  operation.reason = std::move(body.reason);
  return operation;
}

Result<ListTranscripts> operation_of(TimeRangeBody&& body) {
  if (body.end < body.begin) return invalid("endTime");
  if (!is_storable(body.service, longest_name)) return invalid("serviceID");
  ListTranscripts operation;
  operation.filter.state = ChatFilter::State::ended;
  operation.filter.from = body.begin;
  operation.filter.to = body.end;
  operation.filter.service = std::move(body.service);
  return operation;
}

Result<ListTranscripts> search_of(const Node& entries) {
  if (!entries.is_object() || entries.size == 0 || entries.size > most_entries) return invalid({});
  ListTranscripts operation;
  operation.filter.state = ChatFilter::State::ended;
  for (const Node& entry : entries) {
    if (!entry.is_text() || entry.key.empty() || !is_storable(entry.key, longest_name) ||
        !is_storable(entry.text, longest_text)) {
      return invalid(entry.key);
    }
    Attribute& wanted = operation.filter.values.emplace_back();
    wanted.name = entry.key;
    wanted.value = entry.text;
    wanted.kind = AttributeKind::variable;
  }
  return operation;
}

}  // namespace parley::enghouse
