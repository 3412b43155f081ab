// The bodies of the calls that write messages and act on rooms: a struct and a table for each, as in bodies.hpp. The calls of agents
// have one form in both profiles.
#pragma once

#include "adapters/rocketchat/bodies.hpp"

namespace parley::rocketchat {

// --- messages of visitors --------------------------------------------------------------------------------------------

/// `agent` of a message: whom the client believes to be in the room. It says nothing that the room does not say.
struct AddresseeBody {
  Text id;
  Text username;
  friend bool operator==(const AddresseeBody&, const AddresseeBody&) = default;
};
/// POST livechat/message.
struct MessageBody {
  Text token;
  Text room;
  Text text;
  Text id;
  AddresseeBody agent;
};
/// PUT livechat/message/:_id.
struct NewTextBody {
  Text token;
  Text room;
  Text text;
};
/// DELETE livechat/message/:_id, POST livechat/room.close: who, and in which room.
struct VisitorRoomBody {
  Text token;
  Text room;
};

namespace body_rows {
inline constexpr std::string_view room_note = "Id of the room.";
inline constexpr std::string_view text_note = "The text, of at most 64 KiB.";
inline constexpr std::string_view addressee_note = "Whom the client believes to be in the room; has no effect.";
inline constexpr auto message_token = shape::row<&MessageBody::token>("token", Need::required, token_note);
inline constexpr auto message_room = shape::row<&MessageBody::room>("rid", Need::required, room_note);
inline constexpr auto message_text = shape::row<&MessageBody::text>("msg", Need::required, text_note);
inline constexpr auto message_id = shape::row<&MessageBody::id, NullableText>(
    "_id", Need::optional, "Chosen by the client: the same message may be sent again. Else a new id.");
}  // namespace body_rows

inline constexpr auto addressee_body = shape::fields<AddresseeBody, "rocketchat.addressee">(
    shape::row<&AddresseeBody::id>("agentId", shape::Need::required, "Id of the agent."),
    shape::row<&AddresseeBody::username>("username", shape::Need::required, "Login name of the agent."),
    shape::closed());
/// The same for the validator `check`, which ignores further members here.
inline constexpr auto open_addressee_body = shape::fields<AddresseeBody, "rocketchat.open_addressee">(
    shape::row<&AddresseeBody::id>("agentId", shape::Need::required, "Id of the agent."),
    shape::row<&AddresseeBody::username>("username", shape::Need::required, "Login name of the agent."));
inline constexpr auto message_body = shape::fields<MessageBody, "rocketchat.sent_message">(
    body_rows::message_token, body_rows::message_room, body_rows::message_text, body_rows::message_id,
    shape::row<&MessageBody::agent, shape::Object<addressee_body>>("agent", shape::Need::optional,
                                                                   body_rows::addressee_note),
    shape::closed());
inline constexpr auto message_body_0_70 = shape::fields<MessageBody, "rocketchat.sent_message_0_70">(
    body_rows::message_token, body_rows::message_room, body_rows::message_text, body_rows::message_id,
    shape::row<&MessageBody::agent, shape::Nullable<shape::Object<open_addressee_body>>>("agent", shape::Need::optional,
                                                                                         body_rows::addressee_note),
    shape::closed());

inline constexpr auto new_text_body = shape::fields<NewTextBody, "rocketchat.new_text">(
    shape::row<&NewTextBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&NewTextBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&NewTextBody::text>("msg", shape::Need::required, body_rows::text_note), shape::closed());

/// Not closed: clients are known to send more here.
inline constexpr auto removed_message_body = shape::fields<VisitorRoomBody, "rocketchat.removed_message">(
    shape::row<&VisitorRoomBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&VisitorRoomBody::room>("rid", shape::Need::required, body_rows::room_note));

// --- rooms of visitors -----------------------------------------------------------------------------------------------

inline constexpr auto close_room_body = shape::fields<VisitorRoomBody, "rocketchat.closed_room">(
    shape::row<&VisitorRoomBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&VisitorRoomBody::token>("token", shape::Need::required, body_rows::token_note), shape::closed());

/// POST livechat/visitor/department.transfer, and livechat/room.transfer in 0.70.
struct NewDepartmentBody {
  Text room;
  Text token;
  Text department;
};
inline constexpr auto new_department_body = shape::fields<NewDepartmentBody, "rocketchat.new_department">(
    shape::row<&NewDepartmentBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&NewDepartmentBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&NewDepartmentBody::department>("department", shape::Need::required,
                                               "Id of the new department; not blank."),
    shape::closed());

/// An element of `data` in a survey.
struct SurveyAnswerBody {
  Text name;
  Text value;
  friend bool operator==(const SurveyAnswerBody&, const SurveyAnswerBody&) = default;
};
/// POST livechat/room.survey.
struct SurveyBody {
  Text room;
  Text token;
  List<SurveyAnswerBody> data;
};
inline constexpr auto survey_answer_body = shape::fields<SurveyAnswerBody, "rocketchat.survey_answer">(
    shape::row<&SurveyAnswerBody::name>("name", shape::Need::required,
                                        "satisfaction, agentKnowledge, agentResposiveness, agentFriendliness or "
                                        "additionalFeedback; another answer is left out."),
    shape::row<&SurveyAnswerBody::value>("value", shape::Need::required, "1 to 5; of additionalFeedback any text."));
inline constexpr auto survey_body = shape::fields<SurveyBody, "rocketchat.survey">(
    shape::row<&SurveyBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&SurveyBody::token>("token", shape::Need::required, body_rows::token_note),
    shape::row<&SurveyBody::data, shape::ListOf<shape::Object<survey_answer_body>>>("data", shape::Need::required,
                                                                                    "The answers, at least one."),
    shape::closed());

// --- messages of agents ----------------------------------------------------------------------------------------------

/// `message` of chat.sendMessage.
struct AgentMessageBody {
  Text room;
  Text text;
  Text id;
  Text thread;
  friend bool operator==(const AgentMessageBody&, const AgentMessageBody&) = default;
};
/// POST chat.sendMessage.
struct SendMessageBody {
  AgentMessageBody message;
};
inline constexpr auto agent_message_body = shape::fields<AgentMessageBody, "rocketchat.agent_message">(
    shape::row<&AgentMessageBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&AgentMessageBody::text>("msg", shape::Need::required, body_rows::text_note),
    shape::row<&AgentMessageBody::id>("_id", shape::Need::optional, "Chosen by the client; else a new id."),
    shape::row<&AgentMessageBody::thread>("tmid", shape::Need::optional, "The message that it answers."),
    shape::closed());
inline constexpr auto send_message_body = shape::fields<SendMessageBody, "rocketchat.send_message">(
    shape::row<&SendMessageBody::message, shape::Object<agent_message_body>>("message", shape::Need::required,
                                                                             "The message."),
    shape::closed());

/// POST chat.postMessage.
struct PostMessageBody {
  Text room;
  Text text;
};
inline constexpr auto post_message_body = shape::fields<PostMessageBody, "rocketchat.post_message">(
    shape::row<&PostMessageBody::room>("roomId", shape::Need::required, body_rows::room_note),
    shape::row<&PostMessageBody::text>("text", shape::Need::required, body_rows::text_note), shape::closed());

/// POST chat.update.
struct UpdateMessageBody {
  Text room;
  Text id;
  Text text;
  bool as_user = false;
};
/// POST chat.delete.
struct DeleteMessageBody {
  Text room;
  Text id;
  bool as_user = false;
};
namespace body_rows {
inline constexpr std::string_view message_id_note = "Id of the message.";
inline constexpr std::string_view as_user_note = "As the author, which is the case here always; has no effect.";
}  // namespace body_rows
inline constexpr auto update_message_body = shape::fields<UpdateMessageBody, "rocketchat.update_message">(
    shape::row<&UpdateMessageBody::room>("roomId", shape::Need::required, body_rows::room_note),
    shape::row<&UpdateMessageBody::id>("msgId", shape::Need::required, body_rows::message_id_note),
    shape::row<&UpdateMessageBody::text>("text", shape::Need::required, body_rows::text_note),
    shape::row<&UpdateMessageBody::as_user>("asUser", shape::Need::optional, body_rows::as_user_note), shape::closed());
inline constexpr auto delete_message_body = shape::fields<DeleteMessageBody, "rocketchat.delete_message">(
    shape::row<&DeleteMessageBody::room>("roomId", shape::Need::required, body_rows::room_note),
    shape::row<&DeleteMessageBody::id>("msgId", shape::Need::required, body_rows::message_id_note),
    shape::row<&DeleteMessageBody::as_user>("asUser", shape::Need::optional, body_rows::as_user_note), shape::closed());

// --- rooms of agents -------------------------------------------------------------------------------------------------

/// POST livechat/inquiries.take.
struct TakeBody {
  Text inquiry;
  Text user;
};
inline constexpr auto take_body = shape::fields<TakeBody, "rocketchat.take">(
    shape::row<&TakeBody::inquiry>("inquiryId", shape::Need::required, "Id of the room that waits."),
    shape::row<&TakeBody::user, NullableText>("userId", shape::Need::optional,
                                              "Id of the agent who takes it; the caller where it is absent."),
    shape::closed());

/// POST livechat/room.forward.
struct ForwardBody {
  Text room;
  Text user;
  Text department;
  Text comment;
  bool client_action = false;
};
inline constexpr auto forward_body = shape::fields<ForwardBody, "rocketchat.forward">(
    shape::row<&ForwardBody::room>("roomId", shape::Need::required, body_rows::room_note),
    shape::row<&ForwardBody::user>("userId", shape::Need::optional, "Id of the agent who gets the room."),
    shape::row<&ForwardBody::department>("departmentId", shape::Need::optional, "Id of the new department."),
    shape::row<&ForwardBody::comment>("comment", shape::Need::optional, "Why."),
    shape::row<&ForwardBody::client_action>("clientAction", shape::Need::optional, "Of the web client; has no effect."),
    shape::closed());

/// `transcriptEmail` of a closing. What the transcript would say is ignored: none is sent.
struct TranscriptEmailBody {
  bool send = false;
  friend bool operator==(const TranscriptEmailBody&, const TranscriptEmailBody&) = default;
};
inline constexpr auto transcript_email_body = shape::fields<TranscriptEmailBody, "rocketchat.transcript_email">(
    shape::row<&TranscriptEmailBody::send>("sendToVisitor", shape::Need::required, "Only false."));
/// POST livechat/room.closeByUser.
struct CloseByUserBody {
  Text room;
  Text comment;
  List<Text> tags;
  bool pdf = false;
  TranscriptEmailBody transcript;
  bool force = false;
};
inline constexpr auto close_by_user_body = shape::fields<CloseByUserBody, "rocketchat.close_by_user">(
    shape::row<&CloseByUserBody::room>("rid", shape::Need::required, body_rows::room_note),
    shape::row<&CloseByUserBody::comment>("comment", shape::Need::optional, "What the room's last message says."),
    shape::row<&CloseByUserBody::tags>("tags", shape::Need::optional, "Are added to those of the room."),
    shape::row<&CloseByUserBody::pdf>("generateTranscriptPdf", shape::Need::optional, "Only false."),
    shape::row<&CloseByUserBody::transcript, shape::Object<transcript_email_body>>(
        "transcriptEmail", shape::Need::optional, "That the visitor gets no transcript."),
    shape::row<&CloseByUserBody::force>("forceClose", shape::Need::optional, "Of a broken room; has no effect."),
    shape::closed());

}  // namespace parley::rocketchat
