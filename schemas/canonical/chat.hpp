// A chat with its participants, forms and named values. Some vendors call it a contact, others a room.
#pragma once

#include "schemas/canonical/actor.hpp"

namespace parley {

/// The state of a chat. Vendors show it through several members: an end time, an `open` flag, the visitor's status.
enum class ChatState : std::uint8_t { unknown, queued, active, ended };
template <>
inline constexpr auto shape::words_of<ChatState> = shape::words("", "queued", "active", "ended");

/// A visitor or agent in a chat, with current data. `id` is the canonical id of the visitor or agent.
struct Participant {
  Text id;
  Text token;
  Text username;
  Text name;
  List<Text> emails;
  List<Text> phones;
  Attributes attributes;
  bool is_agent = false;
  Time begin_at;
  Time end_at;
  bool online = false;
  Text user_agent;
  Text landing_page;
  List<Text> page_history;
  Text landing_title;
  Text channel;
  Text ip;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Participant&, const Participant&) = default;
};

/// One question of a form. `label` and `options` are kept as JSON: each may be text or an object by locale.
struct FormField {
  Text storage_id;
  Text type;
  Json label;
  bool mandatory = false;
  bool visible_to_agent = false;
  bool visible_to_customer = false;
  bool editable = false;
  Text pattern;
  Text value;
  Text name;
  Text mode;
  Json options;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const FormField&, const FormField&) = default;
};

/// A form filled in before or after a chat.
struct DataCollection {
  List<FormField> fields;
  Text storage_id;
  Text id;
  Json title;
  Text mode;
  Text next;
  std::int64_t revision = 0;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const DataCollection&, const DataCollection&) = default;
};

/// What a visitor thought of a chat. `answers` are those of a survey, by the name of the question.
struct Rating {
  std::int64_t grade = 0;
  Text comment;
  Attributes answers;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Rating&, const Rating&) = default;
};

/// A wish for a copy of a chat by e-mail.
struct TranscriptRequest {
  Time at;
  Actor by;
  Text email;
  Text subject;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const TranscriptRequest&, const TranscriptRequest&) = default;
};

/// `messages` counts all messages, also those that tell what happened; the other two count what people wrote.
struct Chat {
  ChatId id;
  std::int64_t sequence = 0;
  Text storage_id;
  Text service;
  Text widget;
  Text service_name;
  Text kind;
  Text domain;
  ChatState state = ChatState::unknown;
  Time begin_at;
  Time end_at;
  Time queued_at;
  Time taken_at;
  Time first_reply_at;
  Actor closed_by;
  Text close_reason;
  Text comment;
  List<Text> tags;
  Rating rating;
  TranscriptRequest transcript_request;
  Text title;
  Text topic;
  Text language;
  VisitorId visitor;
  AgentId agent;
  ContactId contact;
  DepartmentId department;
  Text source;
  Text source_destination;
  std::int64_t messages = 0;
  std::int64_t visitor_messages = 0;
  std::int64_t agent_messages = 0;
  Time last_message_at;
  Time updated_at;
  List<Participant> participants;
  List<DataCollection> data_collections;
  Attributes call_data;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Chat&, const Chat&) = default;
};

template <>
inline constexpr auto shape::fields_of<Participant> = shape::fields<Participant, "participant">(
    shape::row<&Participant::id>("id", shape::Need::required, "Canonical id of the visitor or agent."),
    shape::row<&Participant::token>("token", shape::Need::optional, "A visitor's secret handle."),
    shape::row<&Participant::username>("username", shape::Need::optional, "Short handle."),
    shape::row<&Participant::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Participant::emails>("emails", shape::Need::optional, "E-mail addresses, the preferred one first."),
    shape::row<&Participant::phones>("phones", shape::Need::optional, "Phone numbers."),
    shape::row<&Participant::attributes>("attributes", shape::Need::optional, "Named values of the visitor."),
    shape::row<&Participant::is_agent>("is_agent", shape::Need::optional, "An agent, else a visitor."),
    shape::row<&Participant::begin_at>("begin_at", shape::Need::optional, "Joined."),
    shape::row<&Participant::end_at>("end_at", shape::Need::optional, "Left."),
    shape::row<&Participant::online>("online", shape::Need::optional, "Connected now."),
    shape::row<&Participant::user_agent>("user_agent", shape::Need::optional, "User-Agent header of the browser."),
    shape::row<&Participant::landing_page>("landing_page", shape::Need::optional, "Page on which the chat began."),
    shape::row<&Participant::page_history>("page_history", shape::Need::optional, "Pages viewed, oldest first."),
    shape::row<&Participant::landing_title>("landing_title", shape::Need::optional, "Title of that page."),
    shape::row<&Participant::channel>("channel", shape::Need::optional, "web, whatsapp, …"),
    shape::row<&Participant::ip>("ip", shape::Need::optional, "Address it came from."));

template <>
inline constexpr auto shape::fields_of<FormField> = shape::fields<FormField, "form_field">(
    shape::row<&FormField::storage_id>("storage_id", shape::Need::optional, "The vendor's storage id."),
    shape::row<&FormField::type>("type", shape::Need::optional, "nickname, email, phone, …"),
    shape::row<&FormField::label>("label", shape::Need::optional, "Text, or an object by locale."),
    shape::row<&FormField::mandatory>("mandatory", shape::Need::optional, "Must be filled in."),
    shape::row<&FormField::visible_to_agent>("visible_to_agent", shape::Need::optional, "Shown to agents."),
    shape::row<&FormField::visible_to_customer>("visible_to_customer", shape::Need::optional, "Shown to customers."),
    shape::row<&FormField::editable>("editable", shape::Need::optional, "May be changed."),
    shape::row<&FormField::pattern>("pattern", shape::Need::optional, "Regular expression the value must match."),
    shape::row<&FormField::value>("value", shape::Need::optional, "What was filled in."),
    shape::row<&FormField::name>("name", shape::Need::optional, "Key of the field."),
    shape::row<&FormField::mode>("mode", shape::Need::optional, "manual or auto."),
    shape::row<&FormField::options>("options", shape::Need::optional, "Choices, as the vendor writes them."));

template <>
inline constexpr auto shape::fields_of<DataCollection> = shape::fields<DataCollection, "data_collection">(
    shape::row<&DataCollection::fields>("fields", shape::Need::optional, "The questions, in order."),
    shape::row<&DataCollection::storage_id>("storage_id", shape::Need::optional, "The vendor's storage id."),
    shape::row<&DataCollection::id>("id", shape::Need::required, "Id of the form."),
    shape::row<&DataCollection::title>("title", shape::Need::optional, "Text, or an object by locale."),
    shape::row<&DataCollection::mode>("mode", shape::Need::optional, "chat, cbn, survey_chat, …"),
    shape::row<&DataCollection::next>("next", shape::Need::optional, "Id of the form that follows."),
    shape::row<&DataCollection::revision>("revision", shape::Need::optional, "Storage revision."));

template <>
inline constexpr auto shape::fields_of<Rating> = shape::fields<Rating, "rating">(
    shape::row<&Rating::grade>("grade", shape::Need::optional, "1 (bad) to 5 (good); 0: none given."),
    shape::row<&Rating::comment>("comment", shape::Need::optional, "What the visitor wrote about it."),
    shape::row<&Rating::answers>("answers", shape::Need::optional, "Answers of the survey, by question."));

template <>
inline constexpr auto shape::fields_of<TranscriptRequest> = shape::fields<TranscriptRequest, "transcript_request">(
    shape::row<&TranscriptRequest::at>("at", shape::Need::optional, "When it was asked for."),
    shape::row<&TranscriptRequest::by>("by", shape::Need::optional, "Who asked for it."),
    shape::row<&TranscriptRequest::email>("email", shape::Need::optional, "Address to send it to."),
    shape::row<&TranscriptRequest::subject>("subject", shape::Need::optional, "Subject of the e-mail."));

template <>
inline constexpr auto shape::fields_of<Chat> = shape::fields<Chat, "chat">(
    shape::row<&Chat::id>("id", shape::Need::required, "Stable id of the chat."),
    shape::row<&Chat::sequence>("sequence", shape::Need::optional, "Number of the chat, unique in a store."),
    shape::row<&Chat::storage_id>("storage_id", shape::Need::optional, "The vendor's storage id."),
    shape::row<&Chat::service>("service", shape::Need::optional, "Service id."),
    shape::row<&Chat::widget>("widget", shape::Need::optional, "Widget id."),
    shape::row<&Chat::service_name>("service_name", shape::Need::optional, "Display name of the service."),
    shape::row<&Chat::kind>("kind", shape::Need::optional, "What opened it: chat, cbn, call, …"),
    shape::row<&Chat::domain>("domain", shape::Need::optional, "Tenant."),
    shape::row<&Chat::state>("state", shape::Need::optional, "Queued, active or ended."),
    shape::row<&Chat::begin_at>("begin_at", shape::Need::optional, "Begin."),
    shape::row<&Chat::end_at>("end_at", shape::Need::optional, "End; none while it goes on."),
    shape::row<&Chat::queued_at>("queued_at", shape::Need::optional, "Began to wait for an agent."),
    shape::row<&Chat::taken_at>("taken_at", shape::Need::optional, "Taken by an agent."),
    shape::row<&Chat::first_reply_at>("first_reply_at", shape::Need::optional, "First message of an agent or bot."),
    shape::row<&Chat::closed_by>("closed_by", shape::Need::optional, "Who closed it."),
    shape::row<&Chat::close_reason>("close_reason", shape::Need::optional, "Why it was closed, in a word."),
    shape::row<&Chat::comment>("comment", shape::Need::optional, "What was written about it at the end."),
    shape::row<&Chat::tags>("tags", shape::Need::optional, "Words that agents sort chats by."),
    shape::row<&Chat::rating>("rating", shape::Need::optional, "What the visitor thought of it."),
    shape::row<&Chat::transcript_request>("transcript_request", shape::Need::optional,
                                          "Somebody asked for a copy by e-mail; Parley sends none."),
    shape::row<&Chat::title>("title", shape::Need::optional, "Title."),
    shape::row<&Chat::topic>("topic", shape::Need::optional, "What it is about, as an agent wrote it."),
    shape::row<&Chat::language>("language", shape::Need::optional, "Language of the chat."),
    shape::row<&Chat::visitor>("visitor", shape::Need::optional, "Who started it."),
    shape::row<&Chat::agent>("agent", shape::Need::optional, "Who handles it."),
    shape::row<&Chat::contact>("contact", shape::Need::optional, "The person behind the visitor."),
    shape::row<&Chat::department>("department", shape::Need::optional, "Department it was routed to."),
    shape::row<&Chat::source>("source", shape::Need::optional, "widget, api, email, …"),
    shape::row<&Chat::source_destination>("source_destination", shape::Need::optional, "Host of the widget."),
    shape::row<&Chat::messages>("messages", shape::Need::optional, "Messages so far, and what else happened."),
    shape::row<&Chat::visitor_messages>("visitor_messages", shape::Need::optional, "Messages of visitors so far."),
    shape::row<&Chat::agent_messages>("agent_messages", shape::Need::optional, "Messages of agents and bots so far."),
    shape::row<&Chat::last_message_at>("last_message_at", shape::Need::optional, "Latest message."),
    shape::row<&Chat::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."),
    shape::row<&Chat::participants>("participants", shape::Need::optional, "Visitors and agents in it."),
    shape::row<&Chat::data_collections>("data_collections", shape::Need::optional, "Forms filled in."),
    shape::row<&Chat::call_data>("call_data", shape::Need::optional, "Named values of the chat."));

}  // namespace parley
