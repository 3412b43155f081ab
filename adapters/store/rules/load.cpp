// Loads one record at a time, because a record may concern the same visitor as the one before.
#include "adapters/store/rules/load.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "adapters/http/base64.hpp"
#include "adapters/store/contacts.hpp"
#include "adapters/store/messages.hpp"
#include "adapters/store/rules/guests.hpp"
#include "adapters/store/rules/offline_messages.hpp"
#include "adapters/store/rules/open_chat.hpp"

namespace parley::store {
namespace {

/// The id to store the record under: that of the record it replaces, if there is one.
template <class T, class Found>
const auto& kept_id(const T& record, const Found* before) {
  return before == nullptr ? record.id : before->value.id;
}

template <class T>
Put<T> put(T record, const Stored<T>* before) {
  record.id = kept_id(record, before);
  return {before, Ref<T>(std::move(record))};
}

/// The status of a visitor whose chats have a standing. While a chat goes on, the status follows from it. After that, a visitor may be on the
/// site or have left it: only a status of somebody who chats, or none, becomes that of an ended chat.
VisitorStatus status_with(Standing standing, VisitorStatus said) noexcept {
  const bool of_chat = said == VisitorStatus::unknown || said == VisitorStatus::waiting_for_chat ||
                       said == VisitorStatus::voice_chatting || said == VisitorStatus::chatting ||
                       said == VisitorStatus::transferring;
  return standing == Standing::ended && !of_chat ? said : status_of(standing);
}

// The changes that each record causes. The result is valid only once `gathered` wants nothing more.

Changes changes_of(const Visitor& visitor, Gathered& gathered) {
  const FoundVisitor* before = gathered.find(visitor_by_id(visitor.id.text));
  const std::optional<std::int64_t> guest = guest_number(visitor.username);
  const std::int64_t* guests = guest ? gathered.find(CounterKey{guest_counter}) : nullptr;
  if (gathered.wants()) return {};
  const Standing* standing = gathered.find(StandingKey{kept_id(visitor, before).text});
  if (gathered.wants()) return {};
  Visitor after = visitor;
  if (standing != nullptr) after.status = status_with(*standing, after.status);
  Changes changes{put<Visitor>(std::move(after), before)};
  if (guest && *guest > (guests == nullptr ? 0 : *guests)) changes.push_back(SetCounter{guest_counter, *guest});
  return changes;
}

Changes changes_of(const Agent& agent, Gathered& gathered) {
  const Stored<Agent>* before = gathered.find(AgentKey{agent.id.text});
  if (gathered.wants()) return {};
  return {put(agent, before)};
}

Changes changes_of(const Department& department, Gathered& gathered) {
  const Stored<Department>* before = gathered.find(DepartmentKey{department.id.text});
  if (gathered.wants()) return {};
  return {put(department, before)};
}

/// An offline message that is stored keeps its number. A new one keeps its own, unless another has that or it has none.
Changes changes_of(const OfflineMessage& message, Gathered& gathered) {
  const Stored<OfflineMessage>* before = gathered.find(OfflineMessageKey{message.id.text});
  const Stored<OfflineMessage>* same_number =
      message.number > 0 ? gathered.find(OfflineNumberKey{message.number}) : nullptr;
  const std::int64_t* messages = gathered.find(CounterKey{offline_message_counter});
  if (gathered.wants()) return {};
  OfflineMessage after = message;
  const std::int64_t counted = messages == nullptr ? 0 : *messages;
  if (before != nullptr) {
    after.number = before->value.number;
  } else if (message.number <= 0 || same_number != nullptr) {
    after.number = counted + 1;
  }
  const std::int64_t number = after.number;
  Changes changes{put(std::move(after), before)};
  if (number > counted) changes.push_back(SetCounter{offline_message_counter, number});
  return changes;
}

Changes changes_of(const Contact& contact, Gathered& gathered) {
  const Stored<Contact>* before = gathered.find(ContactKey{contact.id.text});
  if (gathered.wants()) return {};
  Contact after = contact;
  after.id = kept_id(contact, before);
  settle(after);
  return {put(std::move(after), before)};
}

/// A chat that is stored keeps its sequence and, if the store has messages of it, what it counts of them. A new one keeps its own sequence,
/// unless another chat has that or it has none.
Changes changes_of(const Chat& chat, Gathered& gathered) {
  const Stored<Chat>* before = gathered.find(ChatKey{chat.id.text});
  const Stored<Chat>* same_sequence = chat.sequence > 0 ? gathered.find(SequenceKey{chat.sequence}) : nullptr;
  const std::int64_t* chats = gathered.find(CounterKey{chat_counter});
  if (gathered.wants()) return {};
  Chat after = chat;
  const std::int64_t counted = chats == nullptr ? 0 : *chats;
  const LastMessage* last = before != nullptr ? gathered.find(LastMessageKey{before->value.id.text}) : nullptr;
  if (gathered.wants()) return {};
  if (last != nullptr) {
    after.messages = before->value.messages;
    after.visitor_messages = before->value.visitor_messages;
    after.agent_messages = before->value.agent_messages;
    after.last_message_at = before->value.last_message_at;
  }
  if (before != nullptr) {
    after.sequence = before->value.sequence;
  } else if (chat.sequence <= 0 || same_sequence != nullptr) {
    after.sequence = counted + 1;
  }
  Changes changes{put(std::move(after), before)};
  const std::int64_t highest = std::get<Put<Chat>>(changes.front()).after->sequence;
  if (highest > counted) changes.push_back(SetCounter{chat_counter, highest});
  return changes;
}

/// Whether a message says its whole place in its chat, and it is the one behind `last`. So a dump says it. A time that is far in the future
/// is no place: all later messages would be shown after it.
bool is_next(const Message& message, const LastMessage* last, Time now) noexcept {
  constexpr std::chrono::milliseconds most_ahead = std::chrono::hours(24);  // clocks of two machines
  if (message.number != (last == nullptr ? 1 : last->number + 1) || !message.shown_at.known()) return false;
  if (message.shown_at.since_epoch > now.since_epoch + most_ahead.count()) return false;
  return last == nullptr || last->shown_at < message.shown_at;
}

/// Adds a message that says its place. The chat counts it, and stays as it was otherwise.
void keep_place(Message& message, Chat& chat, const LastMessage* last, Time now) {
  message.chat = chat.id;
  if (!message.at.known()) message.at = message.shown_at;
  if (!message.updated_at.known()) message.updated_at = now;
  count(message, chat, last == nullptr);
}

/// A message that is stored keeps its place. A new one gets the next, in a chat that the store has.
Changes changes_of(const Message& message, Gathered& gathered) {
  const Stored<Message>* before = gathered.find(MessageKey{message.id.text});
  const Stored<Chat>* chat = gathered.find(ChatKey{message.chat.text});
  if (gathered.wants() || chat == nullptr) return {};
  const LastMessage* last = gathered.find(LastMessageKey{chat->value.id.text});
  if (gathered.wants()) return {};
  Message after = message;
  Chat counted = chat->value;
  const Time now = Time::now();
  if (before == nullptr && is_next(message, last, now)) {
    keep_place(after, counted, last, now);
  } else if (before == nullptr) {
    append(after, counted, last, now);
  } else {
    if (!after.updated_at.known()) after.updated_at = before->value.updated_at;
    after.id = before->value.id;
    after.chat = before->value.chat;
    after.number = before->value.number;
    after.shown_at = before->value.shown_at;
  }
  Changes changes;
  if (before == nullptr) changes.push_back(Put<Chat>{chat, Ref<Chat>(std::move(counted))});
  changes.push_back(Put<Message>{before, Ref<Message>(std::move(after))});
  return changes;
}

/// A page visit has no id: it is in the store if the store has so many equal ones.
Changes changes_of(const PageVisit& page, Gathered& gathered) {
  const std::int64_t* equal = gathered.find(EqualPagesKey{&page});
  if (gathered.wants() || *equal > std::max<std::int64_t>(page.repeat, 0)) return {};
  return {page};
}

/// A file needs its chat. One that is stored stays in it.
Changes changes_of(const File& file, Gathered& gathered) {
  const Stored<File>* before = gathered.find(FileKey{file.id.text});
  const Stored<Chat>* chat = gathered.find(ChatKey{file.chat.text});
  if (gathered.wants() || chat == nullptr) return {};
  File after = file;
  after.chat = before == nullptr ? chat->value.id : before->value.chat;
  return {put(std::move(after), before)};
}

/// A part of a file that the store has. The bytes outlive the changes, which refer to them.
struct DecodedPart {
  const FilePart& part;
  String bytes;
};
Changes changes_of(const DecodedPart& decoded, Gathered& gathered) {
  const Stored<File>* file = gathered.find(FileKey{decoded.part.file.text});
  if (gathered.wants() || file == nullptr) return {};
  return {PutFilePart{decoded.part.file.text.str(), decoded.part.number, decoded.bytes, Time::now()}};
}

/// A counter of the store, as the literal that its keys need; nullptr: there is none of this name.
const std::string_view* counter_named(std::string_view name) noexcept {
  static constexpr std::string_view all[] = {guest_counter, chat_counter, offline_message_counter};
  const auto* const found = std::find(std::begin(all), std::end(all), name);
  return found == std::end(all) ? nullptr : found;
}

Changes changes_of(const CounterRecord& counter, Gathered& gathered) {
  const std::string_view* const name = counter_named(counter.name);
  if (name == nullptr) return {};  // check_loadable has refused it
  const std::int64_t* value = gathered.find(CounterKey{*name});
  if (gathered.wants() || counter.value <= *value) return {};
  return {SetCounter{*name, counter.value}};
}

/// Updates a visitor's status after its chats have changed.
struct FollowChats {
  const VisitorId& visitor;
};
Changes changes_of(const FollowChats& follow, Gathered& gathered) {
  const Standing* standing = gathered.find(StandingKey{follow.visitor.text});
  const FoundVisitor* before = standing == nullptr ? nullptr : gathered.find(visitor_by_id(follow.visitor.text));
  if (before == nullptr) return {};
  const VisitorStatus status = status_with(*standing, before->value.status);
  if (before->value.status == status && *standing == Standing::ended) return {};
  Visitor after = before->value;
  after.status = status;
  Put<Visitor> changed = put<Visitor>(std::move(after), before);
  if (*standing != Standing::ended) changed.seen = Time::now();  // an open chat: the visitor is there
  return {std::move(changed)};
}

/// A message needs its chat, and an id that no message of another chat has.
Result<void> check(const Message& message, Gathered& gathered) {
  const Stored<Message>* before = gathered.find(MessageKey{message.id.text});
  const Stored<Chat>* chat = gathered.find(ChatKey{message.chat.text});
  if (chat == nullptr) {
    return refusal(Code::invalid_field, "message " + message.id.text.str() + ": the store has no chat " +
                                            message.chat.text.str() + "; load the chat first");
  }
  if (before == nullptr || before->value.chat == chat->value.id) return {};
  return refusal(Code::invalid_field, "message " + message.id.text.str() + ": chat " + before->value.chat.text.str() +
                                          " has a message with this id");
}
Result<void> check(const File& file, Gathered& gathered) {
  if (gathered.find(ChatKey{file.chat.text}) != nullptr) return {};
  return refusal(Code::invalid_field, "file " + file.id.text.str() + ": the store has no chat " + file.chat.text.str() +
                                          "; load the chat first");
}
Result<void> check(const DecodedPart& decoded, Gathered& gathered) {
  if (gathered.find(FileKey{decoded.part.file.text}) != nullptr) return {};
  return refusal(Code::invalid_field, "a part of the file " + decoded.part.file.text.str() +
                                          ": the store has no such file; load the file first");
}
template <class What>
Result<void> check(const What&, const Gathered&) {
  return {};
}

template <class What>
Result<void> change(const What& what, Transaction& transaction, Gathered& gathered) {
  for (;;) {
    const Changes changes = changes_of(what, gathered);
    if (!gathered.wants()) {
      if (auto checked = check(what, gathered); !checked) return checked;
      return transaction.apply(changes);
    }
    if (auto answered = transaction.gather(gathered); !answered) return answered;
  }
}

template <class What>
Result<void> change(const What& what, Transaction& transaction) {
  Gathered gathered;
  return change(what, transaction, gathered);
}

Result<void> load_chat(const Chat& chat, Transaction& transaction) {
  Gathered gathered;
  if (auto changed = change(chat, transaction, gathered); !changed) return changed;
  if (auto followed = change(FollowChats{chat.visitor}, transaction); !followed) return followed;
  const Stored<Chat>* before = gathered.find(ChatKey{chat.id.text});
  if (before == nullptr || before->value.visitor == chat.visitor) return {};
  return change(FollowChats{before->value.visitor}, transaction);
}

template <class T>
Result<void> check_ids(const List<T>& records, std::string_view name) {
  for (std::size_t at = 0; at < records.size(); ++at) {
    if (!records[at].id.empty()) continue;
    return refusal(Code::invalid_field, "a record without an id cannot be stored",
                   String(name) + '[' + std::to_string(at) + "].id");
  }
  return {};
}

}  // namespace

namespace {

Result<void> check_page_visits(const List<PageVisit>& pages) {
  for (std::size_t at = 0; at < pages.size(); ++at) {
    if (!pages[at].token.empty() && pages[at].at.known()) continue;
    return refusal(Code::invalid_field, "a page visit without a token or a time cannot be stored",
                   "page_visits[" + std::to_string(at) + ']');
  }
  return {};
}

Result<void> check_counters(const List<CounterRecord>& counters) {
  constexpr std::int64_t most = 1LL << 53;  // clients read numbers as doubles; and there must be a next one
  for (std::size_t at = 0; at < counters.size(); ++at) {
    const CounterRecord& counter = counters[at];
    if (counter_named(counter.name) != nullptr && counter.value >= 0 && counter.value < most) continue;
    return refusal(Code::invalid_field, "there is no counter \"" + counter.name.str() + "\" with this value",
                   "counters[" + std::to_string(at) + ']');
  }
  return {};
}

/// The bytes of a part; nothing where they are not base64.
std::optional<String> bytes_of(const FilePart& part) { return http::base64_decode(part.bytes); }

Result<void> check_file_parts(const List<FilePart>& parts) {
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const FilePart& part = parts[at];
    if (!part.file.empty() && part.number >= 0 && bytes_of(part)) continue;
    return refusal(Code::invalid_field, "a part of a file without its file or its bytes cannot be stored",
                   "file_parts[" + std::to_string(at) + ']');
  }
  return {};
}

}  // namespace

Result<void> check_loadable(const contract::Records& records) {
  for (const Result<void>& checked :
       {check_ids(records.visitors, "visitors"), check_ids(records.agents, "agents"),
        check_ids(records.contacts, "contacts"), check_ids(records.chats, "chats"),
        check_ids(records.messages, "messages"), check_ids(records.departments, "departments"),
        check_ids(records.offline_messages, "offline_messages"), check_page_visits(records.page_visits),
        check_counters(records.counters), check_ids(records.files, "files"), check_file_parts(records.file_parts)}) {
    if (!checked) return checked;
  }
  return {};
}

Result<void> load(const contract::Records& records, Transaction& transaction) {
  Result<void> loaded;
  const auto each = [&loaded](const auto& list, auto load_one) {
    for (auto one = list.begin(); loaded && one != list.end(); ++one) loaded = load_one(*one);
  };
  const auto as_it_is = [&transaction](const auto& record) { return change(record, transaction); };
  each(records.departments, as_it_is);
  each(records.visitors, as_it_is);
  each(records.agents, as_it_is);
  each(records.contacts, as_it_is);
  each(records.chats, [&transaction](const Chat& chat) { return load_chat(chat, transaction); });
  each(records.messages, as_it_is);
  each(records.files, as_it_is);
  each(records.file_parts, [&transaction](const FilePart& part) {
    return change(DecodedPart{part, bytes_of(part).value_or(String())}, transaction);
  });
  each(records.page_visits, as_it_is);
  each(records.offline_messages, as_it_is);
  each(records.counters, as_it_is);
  return loaded;
}

}  // namespace parley::store
