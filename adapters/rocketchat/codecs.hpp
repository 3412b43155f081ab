// How Rocket.Chat writes values: custom fields as one object, a token for every visitor, an agent's status in two members.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::rocketchat {

/// Whether a record was read from a document of this vendor. Members that such a document did not have are not invented.
[[nodiscard]] bool is_ours(const shape::Wire& wire) noexcept;
/// Whether the document that a record was read from had the key. Requires is_ours(wire).
[[nodiscard]] bool has_row(const shape::Wire& wire, std::string_view key) noexcept;

/// The token, or the id of a visitor who came through another vendor and has no token. Reading always yields a token.
struct TokenOrId {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  template <class T>
  static shape::Fit read(const shape::Node& node, T& one, shape::Reading& reading) {
    const shape::Fit fit = shape::TextCodec::read(node, one.token, reading);
    return fit == shape::Fit::exact && one.token.empty() ? shape::Fit::respelt : fit;  // writing would put the id here
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
    if (one.token.empty() && !empty(one))
      losses.push_back({shape::Label::constant(shape::lossy<&T::token>), "there is none; the id stands in its place"});
  }

 private:
  static const Text& id_of(const Visitor& visitor) { return visitor.id.text; }
  static const Text& id_of(const Participant& participant) { return participant.id; }
};

using shape::ValueMap;

/// `livechatData` of a visitor: the attributes, and after them members of the visitor for which Rocket.Chat has no field, under
/// their well-known keys: language, company, timeZone, city, state, country, productService.
struct LivechatData {
  static constexpr shape::Type type{.form = shape::Form::map, .element = &shape::TextCodec::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Visitor& visitor, shape::Reading& reading);
  static void write(const Visitor& visitor, shape::Writer& writer);
  static bool empty(const Visitor& visitor);
  static void losses(const Visitor& visitor, std::string_view member, shape::Losses& losses);
};

/// One text in a list of objects, `[{"phoneNumber": "…"}]`. Of several, reading takes the first.
struct OnePhone {
  using All = shape::ListOf<shape::Wrapped<"phoneNumber">>;
  static constexpr shape::Type type = All::type;
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Text& phone, shape::Reading& reading);
  static void write(const Text& phone, shape::Writer& writer);
  static bool empty(const Text& phone) { return phone.empty(); }
};

/// The two values of `statusLivechat`, which livechat/agent.status sets: whether an agent takes chats.
inline constexpr std::string_view available = "available";
inline constexpr std::string_view not_available = "not-available";

/// An agent's status: online, away, busy or offline. A status name that Rocket.Chat does not have is written as away.
struct AgentStatusWord {
  static constexpr shape::Type type{.form = shape::Form::word, .words = shape::words_of<Presence>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Agent& agent, shape::Reading& reading);
  static void write(const Agent& agent, shape::Writer& writer);
  static bool empty(const Agent& agent);
  static void losses(const Agent& agent, std::string_view member, shape::Losses& losses);
};

/// `statusLivechat`. An agent who is online but does not take chats has the canonical status Away.
struct LivechatAvailability {
  static constexpr std::array<std::string_view, 2> words = {available, not_available};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Agent& agent, shape::Reading& reading);
  static void write(const Agent& agent, shape::Writer& writer);
  static bool empty(const Agent& agent) { return agent.status.empty() || is_ours(agent.wire); }
};

/// The availability of a canonical status: `available` for Online, else `not-available`.
[[nodiscard]] std::string_view availability_of(std::string_view status) noexcept;

}  // namespace parley::rocketchat
