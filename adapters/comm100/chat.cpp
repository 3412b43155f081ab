// The codecs of a chat; see chat.hpp.
#include "adapters/comm100/chat.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/comm100/fields.hpp"

namespace parley::comm100 {

using shape::Fit;
using shape::Node;
using shape::NodeKind;
using shape::Reading;

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t longest_wait = std::int64_t{100} * 365 * 24 * 3600;  // a document may hold any number
/// While a chat is read, `taken_at` holds the seconds of `waitingTime`, and this if `status` is normal. settle_chat makes it a time.
constexpr std::int64_t mark_of_normal = 1;

/// Whether the record was read from a document of this shape that lacks the member.
bool came_without(const Chat& record, std::string_view key) {
  constexpr const shape::View& own = shape::view<chat>;
  if (record.wire.shape != &own) return false;
  return (record.wire.seen >> static_cast<unsigned>(own.find(key)) & 1U) == 0;
}

const Participant* find_person(const Chat& chat, bool agent) noexcept {
  const auto found = std::find_if(chat.participants.begin(), chat.participants.end(),
                                  [agent](const Participant& one) { return one.is_agent == agent; });
  return found == chat.participants.end() ? nullptr : &*found;
}

/// The visitor of a chat that is being read; makes one at the front if there is none.
Participant& visitor_in(Chat& chat) {
  for (Participant& one : chat.participants) {
    if (!one.is_agent) return one;
  }
  return *chat.participants.emplace(chat.participants.begin());
}

Time requested_at(const Chat& chat) noexcept { return chat.queued_at.known() ? chat.queued_at : chat.begin_at; }
bool has_ended(const Chat& chat) noexcept { return chat.state == ChatState::ended || chat.end_at.known(); }

/// Whole seconds between two times; 0 if one is not known or the order is the other.
std::int64_t seconds_between(Time from, Time to) noexcept {
  if (!from.known() || !to.known()) return 0;
  return std::max<std::int64_t>(0, to.since_epoch - from.since_epoch) / second;
}

/// Whether there is a sign of an agent in the chat. A time of taking counts where the document can show it.
bool was_taken(const Chat& chat) noexcept {
  if (chat.taken_at.known() && requested_at(chat).known()) return true;
  return !chat.agent.empty() || chat.agent_messages > 0 || find_person(chat, true) != nullptr;
}

std::string_view status_of(const Chat& chat) noexcept {
  if (!has_ended(chat)) return "normal";
  for (const std::string_view word : {"refused", "switchedToMessage"}) {
    if (chat.close_reason == word) return word;
  }
  return was_taken(chat) ? "normal" : "missed";
}

std::int64_t waited(const Chat& chat) noexcept {
  return seconds_between(requested_at(chat), status_of(chat) == "normal" ? chat.taken_at : chat.end_at);
}

bool is_queued(const Chat& chat) noexcept {
  return waited(chat) > 0 || (chat.state == ChatState::queued && !has_ended(chat));
}

void note(Chat& chat, std::int64_t part) {
  chat.taken_at = Time::at((chat.taken_at.known() ? chat.taken_at.since_epoch : 0) + part);
}

/// The time of taking that reading the document of this chat gives.
Time taken_as_shown(const Chat& chat) noexcept {
  const Time asked = requested_at(chat);
  const std::int64_t wait = waited(chat);
  const bool still_waits = !has_ended(chat) && is_queued(chat) && wait == 0;
  if (!asked.known() || still_waits || status_of(chat) != "normal") return {};
  return Time::at(std::min(asked.since_epoch + wait * second, max_time));
}

}  // namespace

// --- status and times -----------------------------------------------------------------------------------------------

Fit ChatStatus::read(const Node& node, Chat& chat, Reading&) {
  std::string_view word = node.is_text() ? node.text : std::string_view();
  if (node.kind == NodeKind::number && node.text.size() == 1 && node.text >= "0" && node.text <= "2") {
    word = words[static_cast<std::size_t>(node.text.front() - '0')];  // the developer site has numbers
  }
  if (word == words[0]) {
    note(chat, mark_of_normal);
  } else if (shape::find_word(words, word) > 0) {
    chat.state = ChatState::ended;
    if (word != "missed") chat.close_reason.assign(word);
  }
  return Fit::respelt;
}

void ChatStatus::write(const Chat& chat, shape::Writer& writer) { writer.string(status_of(chat)); }

void ChatStatus::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  if (!chat.close_reason.empty() && chat.close_reason != status_of(chat))
    losses.push_back({"chat.close_reason", "a chat says only that it was refused, missed or became a message"});
}

Fit RequestedTime::read(const Node& node, Chat& chat, Reading& reading) {
  const Fit fit = VisitTime::read(node, chat.queued_at, reading);
  return fit == Fit::exact && !chat.queued_at.known() ? Fit::respelt : fit;  // writing would put the begin here
}

void RequestedTime::write(const Chat& chat, shape::Writer& writer) { VisitTime::write(requested_at(chat), writer); }

Fit IsQueued::read(const Node& node, Chat& chat, Reading&) {
  const bool yes = node.kind == NodeKind::boolean && node.text == "true";
  if (yes && chat.state == ChatState::unknown) chat.state = ChatState::queued;
  return Fit::respelt;
}

void IsQueued::write(const Chat& chat, shape::Writer& writer) { writer.boolean(is_queued(chat)); }

Fit WaitingTime::read(const Node& node, Chat& chat, Reading&) {
  std::int64_t wait = 0;
  const char* const end = node.text.data() + node.text.size();
  if (node.kind != NodeKind::number) return Fit::respelt;
  const auto [at, error] = std::from_chars(node.text.data(), end, wait);
  if (error == std::errc{} && at == end && wait > 0 && wait <= longest_wait) note(chat, wait * second);
  return Fit::respelt;
}

void WaitingTime::write(const Chat& chat, shape::Writer& writer) { writer.integer(waited(chat)); }

void WaitingTime::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  if (chat.taken_at.known() && chat.taken_at != taken_as_shown(chat))
    losses.push_back({"chat.taken_at", "a chat shows how many whole seconds the visitor waited"});
}

void ChatDuration::write(const Chat& chat, shape::Writer& writer) {
  writer.integer(seconds_between(chat.begin_at, chat.end_at));
}

void settle_chat(Chat& chat) {
  const std::int64_t noted = chat.taken_at.known() ? chat.taken_at.since_epoch : 0;
  const bool normal = noted % second == mark_of_normal;
  const std::int64_t wait = noted / second;
  chat.taken_at = {};
  if (chat.end_at.known()) {
    chat.state = ChatState::ended;
  } else if (normal && (chat.state == ChatState::unknown || wait > 0)) {
    chat.state = ChatState::active;
  }
  if (const Time asked = requested_at(chat); normal && asked.known() && chat.state != ChatState::queued) {
    chat.taken_at = Time::at(std::min(asked.since_epoch + wait * second, max_time));
  }
  if (find_person(chat, false) != nullptr) {
    if (Participant& visitor = visitor_in(chat); visitor.id.empty()) visitor.id = chat.visitor.text;
  }
}

Fit ChatSource::read(const Node& node, Text& source, Reading& reading) {
  int found = node.is_text() ? shape::find_word(words, node.text) : -1;
  if (node.kind == NodeKind::number && node.text.size() == 1) found = node.text.front() - '0';
  if (found < 0 || found >= static_cast<int>(words.size())) return reading.refuse(node, shape::list_words(words));
  source = found == 0 ? "widget" : words[static_cast<std::size_t>(found)];
  return node.is_text() ? Fit::exact : Fit::respelt;
}

void ChatSource::write(const Text& source, shape::Writer& writer) {
  const int found = shape::find_word(words, source);
  writer.string(words[static_cast<std::size_t>(std::max(found, 0))]);
}

void ChatSource::losses(const Text& source, std::string_view member, shape::Losses& losses) {
  if (!source.empty() && source != "widget" && shape::find_word(words, source) <= 0)
    losses.push_back({shape::Label::constant(member), "Comm100 knows chats by a button and by invitations"});
}

// --- texts and named values -----------------------------------------------------------------------------------------

namespace {

void set(Text& member, Text&& value) { member = std::move(value); }
void set(List<Text>& member, Text&& value) {
  if (member.empty()) member.emplace_back();
  member.front() = std::move(value);
}
std::string_view shown(const Text& member) noexcept { return member; }
std::string_view shown(const List<Text>& member) noexcept {
  return member.empty() ? std::string_view() : std::string_view(member.front());
}

}  // namespace

template <auto Member>
Fit VisitorText<Member>::read(const Node& node, Chat& chat, Reading& reading) {
  Text value;
  LooseText::read(node, value, reading);
  if (!value.empty()) set(visitor_in(chat).*Member, std::move(value));
  return Fit::respelt;  // `visitor` may hold another value
}

template <auto Member>
void VisitorText<Member>::write(const Chat& chat, shape::Writer& writer) {
  const Participant* visitor = find_person(chat, false);
  writer.string(visitor != nullptr ? shown(visitor->*Member) : std::string_view());
}

template struct VisitorText<&Participant::landing_title>;
template struct VisitorText<&Participant::landing_page>;
template struct VisitorText<&Participant::name>;
template struct VisitorText<&Participant::emails>;
template struct VisitorText<&Participant::phones>;

template <shape::Literal Name>
Fit NamedText<Name>::read(const Node& node, Chat& chat, Reading& reading) {
  Text value;
  LooseText::read(node, value, reading);
  if (!value.empty() && find(chat.call_data, Name.view()) == nullptr)
    chat.call_data.insert(chat.call_data.begin(), {.name = Name.view(), .value = std::move(value), .url = {}});
  return Fit::respelt;
}

template <shape::Literal Name>
void NamedText<Name>::write(const Chat& chat, shape::Writer& writer) {
  const Attribute* found = find(chat.call_data, Name.view());
  writer.string(found != nullptr ? std::string_view(found->value) : std::string_view());
}

template struct NamedText<"company">;
template struct NamedText<"product_service">;

template <AttributeKind Kind>
Fit ChatValues<Kind>::read(const Node& node, Chat& chat, Reading& reading) {
  AttributeList<Kind>::read(node, chat.call_data, reading);
  return Fit::respelt;  // the texts may add named values
}

template <AttributeKind Kind>
bool ChatValues<Kind>::empty(const Chat& chat) {
  constexpr std::string_view key = Kind == AttributeKind::field ? "customFields" : "customVariables";
  return came_without(chat, key) || AttributeList<Kind>::empty(chat.call_data);
}

template struct ChatValues<AttributeKind::field>;
template struct ChatValues<AttributeKind::variable>;

// --- survey ---------------------------------------------------------------------------------------------------------

void ChatSurvey::losses(const Rating& rating, std::string_view member, shape::Losses& losses) {
  shape::find_losses(shape::view<survey>, &rating, losses);
  if (empty(rating) && !rating.answers.empty())
    losses.push_back({shape::Label::constant(member), "a survey without grade and comment is not shown"});
}

// --- people ---------------------------------------------------------------------------------------------------------

namespace {

/// Whether the document of the chat, once read, has the same people in the same order: the visitor, the agent who handles it, others.
bool shows_everybody(const Chat& chat) {
  const Participant* visitor = find_person(chat, false);
  const Participant* agent = find_person(chat, true);
  if (visitor == nullptr ? !chat.visitor.empty() : visitor != &chat.participants.front()) return false;
  if (visitor != nullptr && !chat.visitor.empty() && visitor->id != chat.visitor.text) return false;
  if (!chat.agent.empty() && (agent == nullptr || agent->id != chat.agent.text)) return false;
  return std::count_if(chat.participants.begin(), chat.participants.end(),
                       [](const Participant& one) { return !one.is_agent; }) <= 1;
}

void write_agent(const Participant& agent, shape::Writer& writer) {
  shape::Wrapped<"agent", shape::Object<chat_agent>>::write(agent, writer);
}

}  // namespace

Fit ChatVisitor::read(const Node& node, Chat& chat, Reading& reading) {
  Participant read;
  if (shape::read_object(shape::view<chat_visitor>, node, &read, reading) == Fit::refused) return Fit::respelt;
  chat.visitor.text = read.id;
  Participant& visitor = visitor_in(chat);
  // What the chat's own members said of the visitor stays.
  if (!visitor.name.empty()) read.name = std::move(visitor.name);
  if (!visitor.emails.empty()) read.emails = std::move(visitor.emails);
  if (!visitor.phones.empty()) read.phones = std::move(visitor.phones);
  read.landing_page = std::move(visitor.landing_page);
  read.landing_title = std::move(visitor.landing_title);
  visitor = std::move(read);
  return Fit::respelt;
}

void ChatVisitor::write(const Chat& chat, shape::Writer& writer) {
  if (const Participant* visitor = find_person(chat, false)) {
    return shape::write_object(shape::view<chat_visitor>, visitor, writer);
  }
  Participant known_by_id;
  known_by_id.id = chat.visitor.text;
  shape::write_object(shape::view<chat_visitor>, &known_by_id, writer);
}

bool ChatVisitor::empty(const Chat& chat) {
  return came_without(chat, "visitor") || (chat.visitor.empty() && find_person(chat, false) == nullptr);
}

void ChatVisitor::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  if (!shows_everybody(chat))
    losses.push_back({"chat.participants", "a chat shows one visitor, then the agent who handles it, then others"});
  if (const Participant* visitor = find_person(chat, false)) {
    if (!chat.visitor.empty() && visitor->id != chat.visitor.text)
      losses.push_back({"chat.visitor", "a chat shows the visitor who takes part"});
    shape::find_losses(shape::view<chat_visitor>, visitor, losses);
  }
}

Fit ChatAgents::read(const Node& node, Chat& chat, Reading& reading) {
  if (!node.is_array()) return Fit::respelt;
  for (const Node& child : node) {
    const Node* inner = child.find("agent");
    Participant agent;
    if (inner == nullptr || shape::read_object(shape::view<chat_agent>, *inner, &agent, reading) == Fit::refused) {
      continue;  // a bot, or nothing that this program knows
    }
    agent.is_agent = true;
    if (chat.agent.empty()) chat.agent.text = agent.id;
    chat.participants.push_back(std::move(agent));
  }
  return Fit::respelt;
}

void ChatAgents::write(const Chat& chat, shape::Writer& writer) {
  const auto handles = [&chat](const Participant& one) { return one.is_agent && one.id == chat.agent.text; };
  const auto first = std::find_if(chat.participants.begin(), chat.participants.end(), handles);
  writer.begin_array();
  if (first != chat.participants.end()) {
    write_agent(*first, writer);
  } else if (!chat.agent.empty()) {
    Participant known_by_id;
    known_by_id.id = chat.agent.text;
    write_agent(known_by_id, writer);
  }
  for (auto one = chat.participants.begin(); one != chat.participants.end(); ++one) {
    if (one->is_agent && one != first) write_agent(*one, writer);
  }
  writer.end_array();
}

bool ChatAgents::empty(const Chat& chat) {
  return came_without(chat, "chatAgents") || (chat.agent.empty() && find_person(chat, true) == nullptr);
}

void ChatAgents::losses(const Chat& chat, std::string_view, shape::Losses& losses) {
  for (const Participant& one : chat.participants) {
    if (one.is_agent) shape::find_losses(shape::view<chat_agent>, &one, losses);
  }
}

}  // namespace parley::comm100
