// The tables of Enghouse's contact. They parse, write and document it, and find its losses. Rows have the vendor's order.
#pragma once

#include "adapters/enghouse/codecs.hpp"

namespace parley::enghouse {

using shape::Need;
using shape::row;

inline constexpr auto user = shape::shape<Participant, "enghouse.user">(
    row<&Participant::id, UserIdCodec>("id", Need::always, "User id, the same as the key."),
    row<&Participant::name>("nickname", Need::always, "Display name in the chat."),
    row<&Participant::is_agent>("isAgent", Need::always, "An agent, else a customer."),
    row<&Participant::begin_at, EpochTime>("beginTime", Need::always, "Joined, in milliseconds."),
    row<&Participant::end_at, EpochTime>("endTime", Need::always, "Left, in milliseconds; \"\" while in the chat."),
    row<&Participant::online>("isOnline", Need::always, "Connected now."),
    row<&Participant::user_agent>("userAgent", Need::always, "User-Agent header of the browser."),
    row<&Participant::landing_page>("firstUri", Need::always, "Page on which the chat began."),
    row<&Participant::page_history>("uriHistory", Need::optional, "Pages viewed; newer releases only."),
    row<&Participant::landing_title>("firstTitle", Need::always, "Title of that page."),
    row<&Participant::channel>("channel", Need::always, "web, whatsapp, messenger, instagram."),
    row<&Participant::ip>("firstIP", Need::always, "Address, IPv4, IPv6 or IPv4-mapped."),
    shape::elsewhere<&Participant::emails, &Participant::phones, &Participant::attributes>("callData of the contact"),
    shape::dropped<&Participant::token>("Enghouse users have no secret handle."),
    shape::dropped<&Participant::username>("Enghouse users have one name, the nickname."));

inline constexpr auto form_field = shape::shape<FormField, "enghouse.field">(
    row<&FormField::storage_id>("_id", Need::optional, "Storage id."),
    row<&FormField::type>("dc_type", Need::always, "nickname, name, surname, email, phone, date, …"),
    row<&FormField::label>("label", Need::always, "Text, or an object by locale."),
    row<&FormField::mandatory>("isMandatory", Need::always, "Must be filled in."),
    row<&FormField::visible_to_agent>("isVisibleAgent", Need::always, "Shown to agents."),
    row<&FormField::visible_to_customer>("isVisibleCustomer", Need::always, "Shown to customers."),
    row<&FormField::editable>("isEditable", Need::always, "May be changed."),
    row<&FormField::pattern>("custom_regexp", Need::always, "Regular expression; \"\" = none."),
    row<&FormField::value>("value", Need::always, "What the customer typed, or an expression in auto mode."),
    row<&FormField::name>("name", Need::always, "Key of the field, also in callData."),
    row<&FormField::mode>("mode", Need::always, "manual or auto."),
    row<&FormField::options>("options", Need::optional, "Choices, text or object."));

inline constexpr auto data_collection = shape::shape<DataCollection, "enghouse.dataCollection">(
    row<&DataCollection::fields, shape::ListOf<shape::Object<form_field>>>("datacollection", Need::always,
                                                                           "The questions, in order."),
    row<&DataCollection::storage_id>("_id", Need::optional, "Storage id."),
    row<&DataCollection::id>("id", Need::always, "Id of the form, the same as the key."),
    row<&DataCollection::title>("title", Need::always, "Text, or an object by locale."),
    row<&DataCollection::mode>("dc_mode", Need::always, "chat, cbn, cbl, call, survey_chat, survey_call."),
    row<&DataCollection::next>("next", Need::always, "Id of the form that follows; unused today."),
    row<&DataCollection::revision>("__v", Need::always, "Storage revision."));

inline constexpr auto contact = shape::shape<Chat, "enghouse.contact">(
    row<&Chat::storage_id>("_id", Need::optional, "Storage id; newer releases only."),
    row<&Chat::id, ChatIdCodec>("id", Need::always, "Chat id."),
    row<&Chat::service>("servid", Need::always, "Service id."),
    row<&Chat::widget>("widgetid", Need::always, "Widget id."),
    row<&Chat::service_name>("serv_name", Need::always, "Display name of the service."),
    row<&Chat::kind>("ctlive_type", Need::optional, "What opened it: chat, cbn, cbl, cbfs, call."),
    row<&Chat::domain>("domain", Need::optional, "Tenant, upper case."),
    row<&Chat::begin_at, EpochTime>("beginTime", Need::always, "Begin, in milliseconds."),
    shape::group<EndTime, &Chat::end_at, &Chat::state>("endTime", Need::always,
                                                       "End, in milliseconds; \"\" while active."),
    row<&Chat::title>("title", Need::always, "Title."),
    row<&Chat::language>("lang", Need::always, "Language, such as it-it."),
    row<&Chat::visitor, UserIdCodec>("userID", Need::always, "Who started it; a key of users."),
    row<&Chat::agent, UserIdCodec>("agentID", Need::optional, "Who handles it; newer releases only."),
    row<&Chat::participants, KeyedById<user, UserKey>>("users", Need::always, "Everybody in it, by user id."),
    row<&Chat::data_collections, KeyedById<data_collection, PlainKey>>("dataCollections", Need::always,
                                                                       "Forms, by id."),
    shape::group<CallData, &Chat::call_data>("callData", Need::always,
                                             "Named values, the visitor's present ones over them."),
    shape::finish<&finish_contact>(), shape::dropped<&Chat::contact>("Enghouse keeps no person behind its users."),
    shape::dropped<&Chat::department>("Enghouse routes by service and queue; a contact names no department."),
    shape::dropped<&Chat::source, &Chat::source_destination>(
        "A contact tells the channel of each user, not where the chat was opened."),
    shape::dropped<&Chat::messages, &Chat::visitor_messages, &Chat::agent_messages, &Chat::last_message_at,
                   &Chat::first_reply_at>("Messages are in the transcript services, not in the contact."),
    shape::dropped<&Chat::sequence>("Enghouse numbers no chats."),
    shape::dropped<&Chat::queued_at, &Chat::taken_at>("A contact tells when each user joined, nothing of waiting."),
    shape::dropped<&Chat::closed_by, &Chat::close_reason, &Chat::comment>(
        "An ended chat has a transcript, no contact."),
    shape::dropped<&Chat::tags, &Chat::topic>("Enghouse has no tags and no topics."),
    shape::dropped<&Chat::transcript_request>("A contact does not say who asked for a transcript."),
    shape::dropped<&Chat::rating>("Surveys of Enghouse are data collections."),
    shape::dropped<&Chat::updated_at>("A contact does not say when it was changed."));

}  // namespace parley::enghouse
