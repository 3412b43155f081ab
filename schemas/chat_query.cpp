// See chat_query.hpp.
#include "schemas/chat_query.hpp"

#include <algorithm>

#include "schemas/ascii_search.hpp"

namespace parley {
namespace {

bool has(const Attributes& all, const Attribute& wanted) noexcept {
  return std::any_of(all.begin(), all.end(),
                     [&wanted](const Attribute& one) { return one.name == wanted.name && one.value == wanted.value; });
}

template <class Id>
bool is(const Id& wanted, const Id& value) noexcept {
  return wanted.empty() || wanted == value;
}

}  // namespace

bool fits(const ChatFilter& filter, const Chat& chat) noexcept {
  using State = ChatFilter::State;
  if (filter.state != State::any && (filter.state == State::ended) != (chat.state == ChatState::ended)) return false;
  if (filter.from.known() && chat.begin_at < filter.from) return false;
  if (filter.to.known() && (!chat.begin_at.known() || filter.to < chat.begin_at)) return false;
  return is(filter.visitor, chat.visitor) && is(filter.contact, chat.contact) && is(filter.agent, chat.agent) &&
         is(filter.department, chat.department) && is(filter.service, chat.service) &&
         std::all_of(filter.values.begin(), filter.values.end(),
                     [&](const Attribute& value) { return has(chat.call_data, value); });
}

void apply(const ChatFilter& filter, List<Chat>& chats) {
  std::erase_if(chats, [&filter](const Chat& chat) { return !fits(filter, chat); });
  if (filter.state == ChatFilter::State::open && !filter.newest_first) return;
  std::stable_sort(chats.begin(), chats.end(), [](const Chat& a, const Chat& b) { return a.begin_at < b.begin_at; });
  if (filter.newest_first) std::reverse(chats.begin(), chats.end());
}

bool fits(const MessageQuery& query, const Message& message) noexcept {
  if (message.deleted || (query.written_only && !is_written(message.kind))) return false;
  if (message.kind == MessageKind::note && !query.notes) return false;
  if (query.after.known() && message.shown_at <= query.after) return false;
  if (query.before.known() && message.shown_at >= query.before) return false;
  return query.text.empty() || ascii::contains_ignoring_case(message.text, query.text);
}

}  // namespace parley
