// Rocket.Chat's habits of writing: custom fields as one object, a token for every visitor.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::rocketchat {

/// Whether a record came from a document of this vendor: then what it did not show is not made up.
[[nodiscard]] bool is_ours(const shape::Wire& wire) noexcept;
/// Whether the document of a record that is_ours had the key.
[[nodiscard]] bool has_row(const shape::Wire& wire, std::string_view key) noexcept;

/// The token, or in its place the id of a visitor who has none (it came through another vendor). Read, it is a token.
struct TokenOrId {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  template <class T>
  static shape::Fit read(const shape::Node& node, T& one, shape::Reading& reading) {
    const shape::Fit fit = shape::TextCodec::read(node, one.token, reading);
    return fit == shape::Fit::exact && one.token.empty() ? shape::Fit::respelt : fit;  // the id would be written
  }
  template <class T>
  static void write(const T& one, shape::Writer& writer) {
    writer.string(one.token.empty() ? id_of(one) : one.token);
  }
  template <class T>
  static bool empty(const T& one) {
    return one.token.empty() && (id_of(one).empty() || is_ours(one.wire));
  }
  template <class T>
  static void losses(const T& one, std::string_view, shape::Losses& losses) {
    if (one.token.empty() && !empty(one)) losses.push_back({"token", "there is none; the id stands in its place"});
  }

 private:
  static const String& id_of(const Visitor& visitor) { return visitor.id.text; }
  static const String& id_of(const Participant& participant) { return participant.id; }
};

/// Named values as one object: `{"address": "…"}`. What a value has besides its name is narrowed away.
struct ValueMap {
  static constexpr shape::Type type{.form = shape::Form::map, .element = &shape::TextCodec::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Attributes& attributes, shape::Reading& reading);
  static void write(const Attributes& attributes, shape::Writer& writer);
  static bool empty(const Attributes& attributes) { return attributes.empty(); }
  static void losses(const Attributes& attributes, std::string_view member, shape::Losses& losses);
};

/// `livechatData` of a visitor: the attributes, and under well-known keys (language, company, timeZone, city, state,
/// country, productService) the members of those names, for which Rocket.Chat has no field.
struct LivechatData {
  static constexpr shape::Type type{.form = shape::Form::map, .element = &shape::TextCodec::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Visitor& visitor, shape::Reading& reading);
  static void write(const Visitor& visitor, shape::Writer& writer);
  static bool empty(const Visitor& visitor);
  static void losses(const Visitor& visitor, std::string_view member, shape::Losses& losses);
};

/// Whether an agent takes chats: `statusLivechat`, and what livechat/agent.status sets.
inline constexpr std::string_view available = "available";
inline constexpr std::string_view not_available = "not-available";

/// An agent's status: online, away, busy or offline. A name of another vendor's own making is shown as away.
struct AgentStatusWord {
  static constexpr shape::Type type{.form = shape::Form::word, .words = shape::words_of<Presence>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Agent& agent, shape::Reading& reading);
  static void write(const Agent& agent, shape::Writer& writer);
  static bool empty(const Agent& agent);
  static void losses(const Agent& agent, std::string_view member, shape::Losses& losses);
};

/// `statusLivechat`: an agent who is online and takes no chats is Away to everybody else.
struct LivechatAvailability {
  static constexpr std::array<std::string_view, 2> words = {available, not_available};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Agent& agent, shape::Reading& reading);
  static void write(const Agent& agent, shape::Writer& writer);
  static bool empty(const Agent& agent) { return agent.status.empty() || is_ours(agent.wire); }
};

/// What livechat/agent.status sets for a status.
[[nodiscard]] std::string_view availability_of(std::string_view status) noexcept;

}  // namespace parley::rocketchat
