// The longer codecs of Enghouse's tables; see codecs.hpp.
#include "adapters/enghouse/codecs.hpp"

#include <algorithm>
#include <charconv>

namespace parley::enghouse {
namespace {

/// `1568903506777` or `1568903506777.0`: whole milliseconds within the range of Time.
std::optional<std::int64_t> parse_milliseconds(std::string_view text) noexcept {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || value < min_time || value > max_time) return {};
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  const bool whole =
      rest.empty() || (rest.size() > 1 && rest.front() == '.' && rest.find_first_not_of('0', 1) == rest.npos);
  return whole ? std::optional(value) : std::nullopt;
}

/// The visitor's present value, which callData shows instead of the chat's value of the same name. Empty: the visitor has none.
struct Live {
  std::string_view text;
  const Attribute* attribute = nullptr;
  [[nodiscard]] bool empty() const noexcept { return text.empty() && attribute == nullptr; }
};

Live live_value(const Participant& visitor, std::string_view name) noexcept {
  if (name == nickname_key && !visitor.name.empty()) return {visitor.name};
  if (name == email_key && !visitor.emails.empty()) return {visitor.emails.front()};
  if (name == phone_key && !visitor.phones.empty()) return {visitor.phones.front()};
  return {{}, find(visitor.attributes, name)};
}

void write_live(const Live& live, Writer& writer) {
  live.attribute != nullptr ? write_value(*live.attribute, writer) : writer.string(live.text);
}

void write_text(std::string_view name, std::string_view text, Writer& writer) {
  writer.key(name);
  writer.string(text);
}

/// Whether callData shows another value of the visitor under the name of this attribute.
bool hidden(const Participant& visitor, const Attribute& attribute) noexcept {
  const Live live = live_value(visitor, attribute.name);
  return live.attribute != &attribute;
}

/// Both texts are constants.
void note_loss(std::string_view member, std::string_view reason, Losses& losses) {
  losses.push_back({shape::Label::constant(member), shape::Label::constant(reason)});
}

void narrowed(const Attributes& attributes, std::string_view member, Losses& losses) {
  for (const Attribute& attribute : attributes) {
    if (attribute.url.empty() && attribute.kind == AttributeKind::variable) continue;
    return note_loss(member, "callData carries a name and a value, neither a kind nor an address", losses);
  }
}

constexpr std::string_view one_value = "callData has one value of a name";

void visitor_losses(const Participant& visitor, Losses& losses) {
  address_losses(visitor.emails, visitor.phones, losses);
  narrowed(visitor.attributes, "participant.attributes", losses);
  const auto one_hidden = [&visitor](const Attribute& attribute) { return hidden(visitor, attribute); };
  if (std::any_of(visitor.attributes.begin(), visitor.attributes.end(), one_hidden)) {
    note_loss("participant.attributes", one_value, losses);
  }
}

void bystander_losses(const Participant& other, Losses& losses) {
  constexpr std::string_view reason = "callData tells of the visitor who started the chat";
  if (!other.emails.empty()) note_loss("participant.emails", reason, losses);
  if (!other.phones.empty()) note_loss("participant.phones", reason, losses);
  if (!other.attributes.empty()) note_loss("participant.attributes", reason, losses);
}

/// Adds the text that callData has under `name`, where `into` is empty.
void take(const Attributes& call_data, std::string_view name, List<Text>& into) {
  const Attribute* found = find(call_data, name);
  if (into.empty() && found != nullptr && !found->literal && !found->value.empty()) into.push_back(found->value);
}

}  // namespace

bool Repeats::is_one(const Attributes& all, const Attribute& one) noexcept {
  const std::string_view name = one.name;
  const auto byte = [&name](std::size_t at) { return static_cast<unsigned char>(name[at]); };
  const std::size_t mixed =
      name.empty() ? 0 : name.size() * 7 + byte(0) * 5U + byte(name.size() - 1) * 3U + byte(name.size() / 2);
  const std::uint64_t bit = std::uint64_t{1} << (mixed & 63U);
  const bool perhaps = (seen_ & bit) != 0;
  seen_ |= bit;
  return perhaps && find(all, name) != &one;
}

void entry_losses(const Attributes& entries, std::string_view members, Losses& losses) {
  narrowed(entries, members, losses);
  const auto again = [&entries, repeats = Repeats()](const Attribute& own) mutable {
    return repeats.is_one(entries, own);
  };
  if (std::any_of(entries.begin(), entries.end(), again)) note_loss(members, one_value, losses);
}

void address_losses(const List<Text>& emails, const List<Text>& phones, Losses& losses) {
  if (emails.size() > 1) note_loss("participant.emails", "callData carries the first only", losses);
  if (phones.size() > 1) note_loss("participant.phones", "callData carries the first only", losses);
}

Fit EpochTime::read(const Node& node, Time& value, Reading& reading) {
  const bool number = node.kind == shape::NodeKind::number;
  if (node.kind == shape::NodeKind::null) return Fit::respelt;
  if (node.is_text() && node.text.empty()) return Fit::exact;
  const auto milliseconds = number || node.is_text() ? parse_milliseconds(node.text) : std::nullopt;
  if (!milliseconds) return reading.refuse(node, "milliseconds since 1970, or \"\"");
  value = Time::at(*milliseconds);
  char again[24];
  const auto printed = std::to_chars(again, again + sizeof again, *milliseconds);
  return number && node.text == std::string_view(again, printed.ptr) ? Fit::exact : Fit::respelt;
}

void EndTime::losses(const Chat& chat, std::string_view, Losses& losses) {
  if (chat.state == ChatState::queued) note_loss("chat.state", "a chat without an end time reads as active", losses);
  if (chat.state == ChatState::ended && !chat.end_at.known())
    note_loss("chat.state", "an ended chat shows by its end time, which is not known", losses);
}

const Participant* visitor_of(const Chat& chat) noexcept {
  const Participant* first = nullptr;
  for (const Participant& participant : chat.participants) {
    if (participant.is_agent) continue;
    if (participant.id == chat.visitor.text) return &participant;
    if (first == nullptr) first = &participant;
  }
  return first;
}

Fit CallData::read(const Node& node, Chat& chat, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object of named values");
  chat.call_data.reserve(node.size);
  for (const Node& child : node) {
    Attribute& attribute = chat.call_data.emplace_back();
    attribute.name = reading.keep(child.key);
    attribute.kind = AttributeKind::variable;
    shape::read_value(child, attribute, reading);
  }
  // What write() makes of it depends on `users`, which may not have been read yet. `respelt` keeps the document's own text.
  return Fit::respelt;
}

void CallData::write(const Chat& chat, Writer& writer) {
  static const Participant nobody;
  const Participant* found = visitor_of(chat);
  const Participant& visitor = found != nullptr ? *found : nobody;
  const auto missing = [&chat](std::string_view name) { return find(chat.call_data, name) == nullptr; };

  writer.begin_object();
  Repeats repeats;
  for (const Attribute& own : chat.call_data) {
    if (repeats.is_one(chat.call_data, own)) continue;
    writer.key(own.name);
    const Live live = live_value(visitor, own.name);
    live.empty() ? shape::write_value(own, writer) : write_live(live, writer);
  }
  if (!visitor.name.empty() && missing(nickname_key)) write_text(nickname_key, visitor.name, writer);
  if (!visitor.emails.empty() && missing(email_key)) write_text(email_key, visitor.emails.front(), writer);
  if (!visitor.phones.empty() && missing(phone_key)) write_text(phone_key, visitor.phones.front(), writer);
  for (const Attribute& attribute : visitor.attributes) {
    if (hidden(visitor, attribute) || !missing(attribute.name)) continue;
    writer.key(attribute.name);
    shape::write_value(attribute, writer);
  }
  writer.end_object();
}

bool CallData::empty(const Chat& chat) {
  if (!chat.call_data.empty()) return false;
  // The visitor's name alone gives no callData, because `users` has it too: a contact without callData stays without it.
  const Participant* visitor = visitor_of(chat);
  return visitor == nullptr || (visitor->emails.empty() && visitor->phones.empty() && visitor->attributes.empty());
}

void CallData::losses(const Chat& chat, std::string_view members, Losses& losses) {
  entry_losses(chat.call_data, members, losses);
  const Participant* visitor = visitor_of(chat);
  for (const Participant& participant : chat.participants) {
    &participant == visitor ? visitor_losses(participant, losses) : bystander_losses(participant, losses);
  }
}

void finish_contact(Chat& chat) {
  chat.state = chat.end_at.known() ? ChatState::ended : ChatState::active;
  auto* visitor = const_cast<Participant*>(visitor_of(chat));  // part of `chat`, which is not const
  if (visitor == nullptr) return;
  take(chat.call_data, email_key, visitor->emails);
  take(chat.call_data, phone_key, visitor->phones);
}

}  // namespace parley::enghouse
