// A chat in the vendor's history: what its document computes from the record, and what reading takes back from that. Also the tables of
// the people in it.
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/chat.hpp"

namespace parley::comm100 {

/// A value that is computed from the record. `empty` is constant: a document that came without the member stays without it. Reading
/// never refuses a value, so that a record remembers each spelling.
struct Computed {
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static bool empty(const Chat&) { return true; }
};

/// `status`: normal while the chat goes on, and if an agent took it; else missed, or the reason of its end if that is one of the words.
struct ChatStatus : Computed {
  static constexpr std::array<std::string_view, 4> words = {"normal", "refused", "missed", "switchedToMessage"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `requestedTime`: when the visitor began to wait; the begin of the chat where that is not known.
struct RequestedTime {
  static constexpr shape::Type type{.form = shape::Form::date_time};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat) { return !chat.queued_at.known(); }
};

/// `isQueued`: the visitor had to wait, or is waiting.
struct IsQueued : Computed {
  static constexpr shape::Type type{.form = shape::Form::boolean};
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
};

/// `waitingTime`: seconds from the request to the agent who took the chat, or to the end of a chat that nobody took. Reading gives
/// `taken_at`, to the second.
struct WaitingTime : Computed {
  static constexpr shape::Type type{.form = shape::Form::integer};
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `duration`: seconds from `startTime` to `endTime`; 0 while the chat goes on. Reading ignores it.
struct ChatDuration : Computed {
  static constexpr shape::Type type{.form = shape::Form::integer};
  static shape::Fit read(const shape::Node&, Chat&, shape::Reading&) { return shape::Fit::respelt; }
  static void write(const Chat& chat, shape::Writer& writer);
};

/// `source`: chatButton, autoInvitation or manualInvitation; the developer site has the numbers 0 to 2. `widget` is chatButton. Every
/// other source is shown as chatButton, and reported as a loss.
struct ChatSource {
  static constexpr std::array<std::string_view, 3> words = {"chatButton", "autoInvitation", "manualInvitation"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Text& source, shape::Reading& reading);
  static void write(const Text& source, shape::Writer& writer);
  static bool empty(const Text& source) { return source.empty(); }
  static void losses(const Text& source, std::string_view member, shape::Losses& losses);
};

/// Derives state, `taken_at` and the visitor's id from what the rows read. Runs after the last row.
void settle_chat(Chat& chat);

/// A text of the visitor that stands in the chat itself: `preChatName`. It wins over the same member of `visitor`.
template <auto Member>
struct VisitorText {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat&) { return true; }  // as Computed
};

/// A text that the record has among the chat's named values, under its canonical name: `preChatCompany`.
template <shape::Literal Name>
struct NamedText {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat&) { return true; }  // as Computed
};

/// The chat's named values of one kind.
template <AttributeKind Kind>
struct ChatValues {
  static constexpr shape::Type type = AttributeList<Kind>::type;
  static constexpr shape::Fidelity fidelity = AttributeList<Kind>::fidelity;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer) { AttributeList<Kind>::write(chat.call_data, writer); }
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view, shape::Losses& losses) {
    AttributeList<Kind>::losses(chat.call_data, shape::lossy<&Chat::call_data>, losses);
  }
};

/// What the visitor thought of the chat.
inline constexpr auto survey = shape::shape<Rating, "comm100.chat.postChatSurvey">(
    shape::row<&Rating::grade>("ratingGrade", shape::Need::always, "1 to 5; 0 for none."),
    shape::row<&Rating::comment>("ratingComment", shape::Need::always, "What the visitor wrote about it."),
    shape::dropped<&Rating::answers>("The survey of this API has a grade and a comment, no other answers."));

/// `postChatSurvey`. A rating that has only other answers is not shown.
struct ChatSurvey : shape::Object<survey> {
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static bool empty(const Rating& rating) { return rating.grade == 0 && rating.comment.empty(); }
  static void losses(const Rating& rating, std::string_view member, shape::Losses& losses);
};

/// The visitor in a chat. The visitor's own document has more (fields.hpp).
inline constexpr auto chat_visitor = shape::shape<Participant, "comm100.chat.visitor">(
    shape::row<&Participant::id, GuidId>("id", shape::Need::required, "Id of the visitor."),
    shape::row<&Participant::ip>("ip", shape::Need::always, "Address of the visitor."),
    shape::row<&Participant::begin_at, VisitTime>("visitTime", shape::Need::always, "Start of the visit."),
    shape::row<&Participant::name>("name", shape::Need::always, "Display name."),
    shape::row<&Participant::emails, shape::FirstOf<>>("email", shape::Need::always, "E-mail address."),
    shape::row<&Participant::phones, shape::FirstOf<>>("phone", shape::Need::always, "Phone number."),
    shape::row<&Participant::attributes, AttributeList<AttributeKind::field>>(
        "customFields", shape::Need::always, "Answers to the fields asked before the chat."),
    shape::row<&Participant::attributes, AttributeList<AttributeKind::variable>>(
        "customVariableResults", shape::Need::always, "Variables captured from the page."),
    shape::elsewhere<&Participant::is_agent>("the key `visitor`: a visitor"),
    shape::elsewhere<&Participant::landing_page>("requestingPageURL of the chat"),
    shape::elsewhere<&Participant::landing_title>("requestingPageTitle of the chat"),
    shape::dropped<&Participant::token, &Participant::username>("Comm100 knows its visitors by id only."),
    shape::dropped<&Participant::end_at, &Participant::online>("A chat has only its own end."),
    shape::dropped<&Participant::user_agent>("Comm100 shows browsers by name, not the header."),
    shape::dropped<&Participant::page_history>("A chat shows the page on which it was requested."),
    shape::dropped<&Participant::channel>("Every visitor of this API came by the web."));

/// An agent in a chat.
inline constexpr auto chat_agent = shape::shape<Participant, "comm100.chat.agent">(
    shape::row<&Participant::id, GuidId>("id", shape::Need::required, "Id of the agent."),
    shape::row<&Participant::name>("displayName", shape::Need::always, "Display name."),
    shape::elsewhere<&Participant::is_agent>("the key `agent`: an agent"),
    shape::dropped<&Participant::username, &Participant::emails, &Participant::phones>(
        "A chat shows of an agent id and name; the rest is in global/agents."),
    shape::dropped<&Participant::begin_at, &Participant::end_at, &Participant::online>(
        "A chat does not say when an agent was in it."),
    shape::dropped<&Participant::token, &Participant::attributes, &Participant::user_agent, &Participant::landing_page,
                   &Participant::page_history, &Participant::landing_title, &Participant::channel, &Participant::ip>(
        "It says nothing of an agent."));

/// `visitor`: who asked for the chat.
struct ChatVisitor {
  static constexpr shape::Type type{.form = shape::Form::object, .view = &shape::view<chat_visitor>};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

/// `chatAgents`: `[{"agent": {…}}]`. First the agent who handles the chat, then the others.
struct ChatAgents {
  static constexpr shape::Type type{.form = shape::Form::list,
                                    .element = &shape::Wrapped<"agent", shape::Object<chat_agent>>::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Chat& chat, shape::Reading& reading);
  static void write(const Chat& chat, shape::Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view member, shape::Losses& losses);
};

}  // namespace parley::comm100
