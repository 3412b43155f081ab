// Rocket.Chat's codecs of visitors and agents; see codecs.hpp.
#include "adapters/rocketchat/codecs.hpp"

#include "adapters/rocketchat/nested.hpp"

namespace parley::rocketchat {
namespace {

struct WellKnown {
  std::string_view key;
  Text Visitor::*member;
};
/// In the order in which they are written, after the attributes.
constexpr std::array<WellKnown, 7> well_known = {{{"language", &Visitor::language},
                                                  {"company", &Visitor::company},
                                                  {"timeZone", &Visitor::time_zone},
                                                  {"city", &Visitor::city},
                                                  {"state", &Visitor::state},
                                                  {"country", &Visitor::country},
                                                  {"productService", &Visitor::product_service}}};

/// The index of a well-known key, or -1.
int find_well_known(std::string_view key) noexcept {
  for (std::size_t i = 0; i < well_known.size(); ++i) {
    if (well_known[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

using shape::repeats;

void write_member(const Attribute& attribute, shape::Writer& writer) {
  writer.key(attribute.name);
  shape::write_value(attribute, writer);
}

}  // namespace

bool is_ours(const shape::Wire& wire) noexcept {
  return wire.shape != nullptr && wire.shape->name.starts_with("rocketchat.");
}

bool has_row(const shape::Wire& wire, std::string_view key) noexcept {
  const int row = wire.shape->find(key);
  return row >= 0 && (wire.seen >> static_cast<unsigned>(row) & 1U) != 0;
}

shape::Fit LivechatData::read(const shape::Node& node, Visitor& visitor, shape::Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  shape::Fit fit = shape::Fit::exact;
  int last = -1;
  for (const shape::Node& child : node) {
    const int known = find_well_known(child.key);
    if (known >= 0 && child.is_text() && !child.text.empty()) {
      (visitor.*well_known[static_cast<std::size_t>(known)].member).assign(child.text);
      if (known < last) fit = shape::Fit::respelt;
      last = known;
      continue;
    }
    if (last >= 0) fit = shape::Fit::respelt;  // attributes are written first
    Attribute& attribute = visitor.attributes.emplace_back();
    attribute.name = reading.keep(child.key);
    shape::read_value(child, attribute, reading);
  }
  return fit;
}

void LivechatData::write(const Visitor& visitor, shape::Writer& writer) {
  writer.begin_object();
  for (std::size_t i = 0; i < visitor.attributes.size(); ++i) {
    const int known = find_well_known(visitor.attributes[i].name);
    const bool shadowed = known >= 0 && !(visitor.*well_known[static_cast<std::size_t>(known)].member).empty();
    if (!shadowed && !repeats(visitor.attributes, i)) write_member(visitor.attributes[i], writer);
  }
  for (const WellKnown& one : well_known) {
    if ((visitor.*one.member).empty()) continue;
    writer.key(one.key);
    writer.string(visitor.*one.member);
  }
  writer.end_object();
}

bool LivechatData::empty(const Visitor& visitor) {
  for (const WellKnown& one : well_known) {
    if (!(visitor.*one.member).empty()) return false;
  }
  return visitor.attributes.empty();
}

void LivechatData::losses(const Visitor& visitor, std::string_view, shape::Losses& losses) {
  constexpr std::string_view attributes = shape::lossy<&Visitor::attributes>;
  ValueMap::losses(visitor.attributes, attributes, losses);
  for (const Attribute& attribute : visitor.attributes) {
    // The attribute has the key of a member. It is not written where the member is set; else its text is read back as the member.
    const int known = find_well_known(attribute.name);
    if (known < 0) continue;
    const bool shadowed = !(visitor.*well_known[static_cast<std::size_t>(known)].member).empty();
    if (!shadowed && (attribute.literal || attribute.value.empty())) continue;
    losses.push_back(
        {shape::Label::constant(attributes), "`" + attribute.name + "` is the key of a member of the visitor"});
  }
}

shape::Fit OnePhone::read(const shape::Node& node, Text& phone, shape::Reading& reading) {
  List<Text> all;
  const shape::Fit fit = All::read(node, all, reading);
  if (fit == shape::Fit::refused || all.empty()) return fit == shape::Fit::refused ? fit : shape::Fit::respelt;
  phone = std::move(all.front());
  return all.size() == 1 ? fit : shape::Fit::respelt;
}

void OnePhone::write(const Text& phone, shape::Writer& writer) {
  writer.begin_array();
  shape::Wrapped<"phoneNumber">::write(phone, writer);
  writer.end_array();
}

shape::Fit AgentStatusWord::read(const shape::Node& node, Agent& agent, shape::Reading& reading) {
  static constexpr std::array<std::string_view, 4> names = {"Online", "Away", "Busy", "Offline"};
  const int word = node.is_text() ? shape::find_word(type.words.subspan(1), node.text) : -1;
  if (word < 0) return reading.refuse(node, shape::list_words(type.words));
  // `statusLivechat` may make an online agent Away. `respelt` keeps the word `online` as the document has it.
  if (word == 0 && agent.status == "Away") return shape::Fit::respelt;
  agent.status.assign(names[static_cast<std::size_t>(word)]);
  return word == 0 ? shape::Fit::respelt : shape::Fit::exact;
}

shape::Fit LivechatAvailability::read(const shape::Node& node, Agent& agent, shape::Reading& reading) {
  const int word = node.is_text() ? shape::find_word(type.words, node.text) : -1;
  if (word < 0) return reading.refuse(node, shape::list_words(type.words));
  if (words[static_cast<std::size_t>(word)] == not_available && (agent.status.empty() || agent.status == "Online")) {
    agent.status = "Away";
  } else if (agent.status.empty()) {
    agent.status = "Online";
  }
  return shape::Fit::respelt;
}

void LivechatAvailability::write(const Agent& agent, shape::Writer& writer) {
  writer.string(availability_of(agent.status));
}

std::string_view availability_of(std::string_view status) noexcept {
  return status == "Online" ? available : not_available;
}

namespace {
/// The word of a status; empty for one that Rocket.Chat does not have.
std::string_view word_of(std::string_view status) noexcept {
  if (status == "Online") return "online";
  if (status == "Away") return "away";
  if (status == "Busy") return "busy";
  if (status == "Offline") return "offline";
  return {};
}
}  // namespace

void AgentStatusWord::write(const Agent& agent, shape::Writer& writer) {
  const std::string_view word = word_of(agent.status);
  writer.string(word.empty() ? "away" : word);
}

bool AgentStatusWord::empty(const Agent& agent) {
  if (agent.status.empty() || !is_ours(agent.wire)) return agent.status.empty();
  // In a document of this vendor without a valid `status`, the status came from `statusLivechat`.
  return !has_row(agent.wire, "status") ||
         find_extension(agent.extensions, agent.wire.shape->name, "status") != nullptr;
}

void AgentStatusWord::losses(const Agent& agent, std::string_view member, shape::Losses& losses) {
  if (agent.status.empty() || !word_of(agent.status).empty()) return;
  losses.push_back(
      {shape::Label::constant(member), "Rocket.Chat knows online, away, busy and offline; it is shown as away"});
}

}  // namespace parley::rocketchat
