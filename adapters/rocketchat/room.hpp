// A chat as a Rocket.Chat room: some keys are present only in some states, and a room shows one visitor and one agent.
// Has the codecs of the room's table, and the tables of the visitor and the agent in it.
#pragma once

#include "adapters/rocketchat/codecs.hpp"

namespace parley::rocketchat {

/// Whether a participant is online. Reading takes `away` and `busy` as online.
struct OnlineWord {
  static constexpr shape::Type type{.form = shape::Form::word, .words = shape::words_of<Presence>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, bool& online, shape::Reading& reading);
  static void write(bool online, shape::Writer& writer) { writer.string(online ? "online" : "offline"); }
  static bool empty(bool online) { return !online; }
};

/// `t`: the room type, always `l` for a livechat room. It is a chat of the kind `chat`; another kind is reported as a loss.
struct RoomType {
  static constexpr std::array<std::string_view, 1> words = {"l"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Text& kind, shape::Reading& reading);
  static void write(const Text&, shape::Writer& writer) { writer.string("l"); }
  static bool empty(const Text& kind) { return kind.empty(); }
  static void losses(const Text& kind, std::string_view member, shape::Losses& losses);
};

/// `fname`: the title, or the name of the visitor where there is none.
struct RoomName {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `open`: true while the room is open, absent once it is closed.
struct RoomOpen {
  static constexpr shape::Type type{.form = shape::Form::boolean};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat&, shape::Writer& writer) { writer.boolean(true); }
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `waitingResponse`: true until an agent answers.
struct RoomWaiting {
  static constexpr shape::Type type{.form = shape::Form::boolean};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat&, shape::Writer& writer) { writer.boolean(true); }
  static bool empty(const Chat& chat);
};

/// Sets the state of a room that was read with neither `open` nor `waitingResponse` to `ended`. Runs after the last row.
void settle_state(Chat& chat);

/// The visitor in a room. The visitor's own document has the other members.
inline constexpr auto room_visitor = shape::shape<Participant, "rocketchat.room_visitor">(
    shape::row<&Participant::id>("_id", shape::Need::required, "Id of the visitor."),
    shape::row<&Participant::username>("username", shape::Need::optional, "Short handle such as guest-7."),
    shape::group<TokenOrId, &Participant::token>("token", shape::Need::always, "The client's secret handle."),
    shape::row<&Participant::online, OnlineWord>("status", shape::Need::always, "online, away, busy or offline."),
    shape::row<&Participant::name>("name", shape::Need::optional, "Display name."),
    shape::elsewhere<&Participant::is_agent>("the key `v`: a visitor"),
    shape::dropped<&Participant::emails, &Participant::phones, &Participant::attributes, &Participant::user_agent,
                   &Participant::ip>("Rocket.Chat shows it on the visitor, not on the room."),
    shape::dropped<&Participant::begin_at, &Participant::end_at>("A room has only its own begin and end."),
    shape::dropped<&Participant::landing_page, &Participant::landing_title, &Participant::page_history>(
        "Pages are navigation messages of the room."),
    shape::dropped<&Participant::channel>("Rocket.Chat shows it as the source of the room."));

/// The agent who serves a room.
inline constexpr auto room_agent = shape::shape<Participant, "rocketchat.room_agent">(
    shape::row<&Participant::id>("_id", shape::Need::required, "Id of the agent."),
    shape::row<&Participant::username>("username", shape::Need::optional, "Login name."),
    shape::row<&Participant::begin_at>("ts", shape::Need::optional, "When the agent took the room."),
    shape::elsewhere<&Participant::is_agent>("the key `servedBy`: an agent"),
    shape::dropped<&Participant::name, &Participant::online>("Rocket.Chat shows it on the agent, not on the room."),
    shape::dropped<&Participant::token, &Participant::emails, &Participant::phones, &Participant::attributes,
                   &Participant::user_agent, &Participant::landing_page, &Participant::landing_title,
                   &Participant::page_history, &Participant::channel, &Participant::ip>("It says nothing of an agent."),
    shape::dropped<&Participant::end_at>("An agent who left is not shown."));

/// The agent who serves a chat, or nullptr: whom the chat names; of an agent who left, the chat no longer does. In a chat that names no
/// agent, the first one who has not left.
[[nodiscard]] const Participant* serving_agent(const Chat& chat) noexcept;

/// `v`: the visitor of the room.
struct RoomVisitor {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<room_visitor>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `servedBy`: the agent in the room.
struct RoomAgent {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<room_agent>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// Who closed a room.
inline constexpr auto room_closer = shape::shape<Actor, "rocketchat.room_closer">(
    shape::row<&Actor::id>("_id", shape::Need::required, "Id of the visitor or user."),
    shape::row<&Actor::username>("username", shape::Need::optional, "Short handle, or login name."),
    shape::elsewhere<&Actor::kind>("the key `closer` of the room"),
    shape::dropped<&Actor::name, &Actor::token>("Rocket.Chat shows it on the visitor or the user, not on the room."));

/// `closer`: the visitor, or a user.
struct RoomCloser {
  static constexpr std::array<std::string_view, 2> words = {"user", "visitor"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat) { return chat.closed_by.kind == ActorKind::unknown; }
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `closedBy`: who it was.
struct RoomClosedBy {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<room_closer>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// The user who asked for a transcript.
inline constexpr auto room_requester = shape::shape<Actor, "rocketchat.room_requester">(
    shape::row<&Actor::id>("_id", shape::Need::optional, "Id of the user."),
    shape::row<&Actor::username>("username", shape::Need::optional, "Login name."),
    shape::row<&Actor::name>("name", shape::Need::optional, "Display name."),
    shape::elsewhere<&Actor::kind>("the key `requestedBy`: a user"),
    shape::dropped<&Actor::token>("A user has no token of a visitor."));

/// `requestedBy`: only users ask for transcripts that are sent later.
struct RequestedBy {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<room_requester>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Actor& by, shape::Reading& reading);
  static void write(const Actor& by, shape::Writer& writer);
  static bool empty(const Actor& by);
  static void losses(const Actor& by, std::string_view member, shape::Losses& losses);
};

/// A copy of the room that somebody wants by e-mail.
inline constexpr auto room_transcript = shape::shape<TranscriptRequest, "rocketchat.room_transcript">(
    shape::row<&TranscriptRequest::email>("email", shape::Need::optional, "Address to send it to."),
    shape::row<&TranscriptRequest::subject>("subject", shape::Need::optional, "Subject of the e-mail."),
    shape::row<&TranscriptRequest::at>("requestedAt", shape::Need::optional, "When it was asked for."),
    shape::row<&TranscriptRequest::by, RequestedBy>("requestedBy", shape::Need::optional, "Who asked for it."));

}  // namespace parley::rocketchat
