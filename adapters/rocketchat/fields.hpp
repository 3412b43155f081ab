// Rocket.Chat's field tables: visitor and room in both profiles, and agent. A row of both profiles is defined once. The tables of messages
// are in message.hpp, that of departments in department.hpp, those of channels and contacts in contact.hpp.
#pragma once

#include "adapters/rocketchat/contact.hpp"
#include "adapters/rocketchat/department.hpp"
#include "adapters/rocketchat/message.hpp"
#include "adapters/rocketchat/nested.hpp"
#include "adapters/rocketchat/room.hpp"

namespace parley::rocketchat {

// --- visitor ---------------------------------------------------------------------------------------------------------

namespace visitor_rows {
using shape::Need;
inline constexpr auto id = shape::row<&Visitor::id>("_id", Need::required, "Id given by the server.");
inline constexpr auto username =
    shape::row<&Visitor::username>("username", Need::optional, "guest-N, or as registered.");
inline constexpr auto updated_at = shape::row<&Visitor::updated_at>("_updatedAt", Need::optional, "Latest change.");
inline constexpr auto token = shape::group<TokenOrId, &Visitor::token>(
    "token", Need::always, "Chosen by the client; whoever knows it may act as the visitor.");
inline constexpr auto phones = shape::row<&Visitor::phones, shape::ListOf<shape::Wrapped<"phoneNumber">>>(
    "phone", Need::optional, "Phone numbers, as the visitor wrote them.");
inline constexpr auto emails = shape::row<&Visitor::emails, shape::ListOf<shape::Wrapped<"address">>>(
    "visitorEmails", Need::optional, "E-mail addresses.");
inline constexpr auto name = shape::row<&Visitor::name>("name", Need::optional, "Display name.");
inline constexpr auto data =
    shape::group<LivechatData, &Visitor::attributes, &Visitor::language, &Visitor::company, &Visitor::time_zone,
                 &Visitor::city, &Visitor::state, &Visitor::country, &Visitor::product_service>(
        "livechatData", Need::optional, "Custom fields, in the order in which they were set.");
inline constexpr auto no_browsing =
    shape::dropped<&Visitor::landing_page, &Visitor::landing_title, &Visitor::current_page, &Visitor::page_history,
                   &Visitor::page_views>("Pages are navigation messages, not members of a visitor.");
inline constexpr auto no_visits =
    shape::dropped<&Visitor::referrer, &Visitor::search_engine, &Visitor::search_keywords, &Visitor::first_visit_at,
                   &Visitor::visit_at, &Visitor::visits, &Visitor::chats>(
        "Rocket.Chat does not follow visits to a site.");
inline constexpr auto no_browser =
    shape::dropped<&Visitor::browser, &Visitor::operating_system, &Visitor::screen_resolution, &Visitor::flash_version>(
        "Rocket.Chat keeps the User-Agent header and takes nothing out of it.");
inline constexpr auto no_status =
    shape::dropped<&Visitor::status>("Rocket.Chat says what a visitor does by his or her rooms.");
inline constexpr auto no_channel = shape::dropped<&Visitor::channel>("Rocket.Chat shows channels on the contact.");
}  // namespace visitor_rows

/// `{_id, ts}` of the latest room.
using VisitorLastChat =
    Nested<"rocketchat.visitor.lastChat", Part<"_id", &Visitor::last_chat>, Part<"ts", &Visitor::last_chat_at>>;

/// A visitor as current servers show it.
inline constexpr auto visitor = shape::shape<Visitor, "rocketchat.visitor">(
    visitor_rows::id, visitor_rows::username, visitor_rows::updated_at, visitor_rows::token, visitor_rows::phones,
    visitor_rows::emails, visitor_rows::name, visitor_rows::data,
    shape::row<&Visitor::presence>("status", shape::Need::optional, "online, away, busy or offline."),
    shape::row<&Visitor::created_at>("ts", shape::Need::optional, "Registered."),
    shape::row<&Visitor::department>("department", shape::Need::optional, "Id of the department chosen."),
    shape::row<&Visitor::user_agent>("userAgent", shape::Need::optional, "User-Agent header of the registration."),
    shape::row<&Visitor::ip>("ip", shape::Need::optional, "Address the registration came from."),
    shape::row<&Visitor::host>("host", shape::Need::optional, "Host header of the registration."),
    shape::group<VisitorLastChat, &Visitor::last_chat, &Visitor::last_chat_at>("lastChat", shape::Need::optional,
                                                                               "The latest room."),
    visitor_rows::no_browsing, visitor_rows::no_visits, visitor_rows::no_browser, visitor_rows::no_status,
    visitor_rows::no_channel);

/// A visitor as 0.70 (Pimenta) shows it.
inline constexpr auto visitor_0_70 = shape::shape<Visitor, "rocketchat.visitor_0_70">(
    visitor_rows::id, visitor_rows::username, visitor_rows::updated_at, visitor_rows::token, visitor_rows::phones,
    visitor_rows::emails, visitor_rows::name, visitor_rows::data, visitor_rows::no_browsing, visitor_rows::no_visits,
    visitor_rows::no_browser, visitor_rows::no_status, visitor_rows::no_channel,
    shape::dropped<&Visitor::presence, &Visitor::created_at, &Visitor::department, &Visitor::user_agent, &Visitor::ip,
                   &Visitor::host, &Visitor::last_chat, &Visitor::last_chat_at>("0.70 does not show it yet."));

// --- room ------------------------------------------------------------------------------------------------------------

namespace room_rows {
using shape::Need;
inline constexpr auto id = shape::row<&Chat::id>("_id", Need::required, "Id of the room.");
inline constexpr auto type = shape::row<&Chat::kind, RoomType>("t", Need::always, "Always l: a livechat room.");
inline constexpr auto name = shape::group<RoomName, &Chat::title>("fname", Need::optional, "Name of the room.");
inline constexpr auto topic = shape::row<&Chat::topic>("topic", Need::optional, "What it is about.");
inline constexpr auto begin_at = shape::row<&Chat::begin_at>("ts", Need::optional, "Opened.");
inline constexpr auto last_message_at = shape::row<&Chat::last_message_at>("lm", Need::optional, "Latest message.");
inline constexpr auto messages = shape::row<&Chat::messages>("msgs", Need::always, "Messages so far.");
inline constexpr auto visitor =
    shape::group<RoomVisitor, &Chat::visitor, &Chat::participants>("v", Need::optional, "The visitor.");
inline constexpr auto open =
    shape::group<RoomOpen, &Chat::state>("open", Need::optional, "true; absent once the room is closed.");
inline constexpr auto waiting =
    shape::group<RoomWaiting, &Chat::state>("waitingResponse", Need::optional, "true until an agent answers.");
inline constexpr auto department =
    shape::row<&Chat::department>("departmentId", Need::optional, "Id of the department.");
inline constexpr auto agent =
    shape::group<RoomAgent, &Chat::agent, &Chat::participants>("servedBy", Need::optional, "The agent in the room.");
inline constexpr auto data =
    shape::row<&Chat::call_data, ValueMap>("livechatData", Need::optional, "Custom fields of the room.");
inline constexpr auto end_at = shape::row<&Chat::end_at>("closedAt", Need::optional, "Closed.");
inline constexpr auto updated_at = shape::row<&Chat::updated_at>("_updatedAt", Need::optional, "Latest change.");
inline constexpr auto settle = shape::finish<&settle_state>();
inline constexpr auto no_service = shape::dropped<&Chat::service, &Chat::widget, &Chat::service_name>(
    "Rocket.Chat has departments and sources, no services and widgets.");
inline constexpr auto no_storage_id = shape::dropped<&Chat::storage_id>("A room has one id.");
inline constexpr auto no_domain = shape::dropped<&Chat::domain>("A Rocket.Chat server is one tenant.");
inline constexpr auto no_language = shape::dropped<&Chat::language>("Rocket.Chat keeps no language of a room.");
inline constexpr auto closer = shape::group<RoomCloser, &Chat::closed_by>("closer", Need::optional, "Who closed it.");
inline constexpr auto closed_by =
    shape::group<RoomClosedBy, &Chat::closed_by>("closedBy", Need::optional, "The visitor or user who closed it.");
inline constexpr auto tags = shape::row<&Chat::tags>("tags", Need::optional, "Tags.");
inline constexpr auto no_number = shape::dropped<&Chat::sequence>("A room has an id and no number.");
inline constexpr auto no_taking =
    shape::dropped<&Chat::taken_at>("The time in `servedBy` is that of the agent who is in the room now.");
inline constexpr auto no_reason = shape::dropped<&Chat::close_reason>("Rocket.Chat has a comment and tags, no reason.");
inline constexpr auto no_comment =
    shape::dropped<&Chat::comment>("It is the text of the message `livechat-close` in the room.");
inline constexpr auto no_rating =
    shape::dropped<&Chat::rating>("The documents of a room have no member for the answers of a survey.");
inline constexpr auto no_counts =
    shape::dropped<&Chat::visitor_messages, &Chat::agent_messages>("Rocket.Chat counts all messages together: `msgs`.");
inline constexpr auto no_forms = shape::dropped<&Chat::data_collections>("Rocket.Chat has custom fields, no forms.");
}  // namespace room_rows

/// The source of a room.
using RoomSource =
    Nested<"rocketchat.room.source", Part<"type", &Chat::source>, Part<"destination", &Chat::source_destination>>;

/// The times at which things happened first. The other members, durations in seconds, are kept as they are.
using RoomMetrics =
    Nested<"rocketchat.room.metrics",
           PartObject<"response", Nested<"rocketchat.room.metrics.response", Part<"fd", &Chat::first_reply_at>>>>;

/// A room as current servers show it.
inline constexpr auto room = shape::shape<Chat, "rocketchat.room">(
    room_rows::id, room_rows::type, room_rows::name, room_rows::begin_at, room_rows::last_message_at,
    room_rows::messages, room_rows::visitor, room_rows::open, room_rows::waiting, room_rows::department,
    room_rows::agent,
    shape::group<RoomSource, &Chat::source, &Chat::source_destination>("source", shape::Need::optional,
                                                                       "widget, api, email, …"),
    shape::row<&Chat::contact>("contactId", shape::Need::optional, "The person behind the visitor."), room_rows::data,
    shape::row<&Chat::queued_at>("queuedAt", shape::Need::optional, "Began to wait for an agent."),
    shape::group<RoomMetrics, &Chat::first_reply_at>("metrics", shape::Need::optional,
                                                     "`response.fd`: when an agent first answered."),
    room_rows::topic, room_rows::tags, room_rows::end_at, room_rows::closer, room_rows::closed_by,
    shape::row<&Chat::transcript_request, shape::Object<room_transcript>>(
        "transcriptRequest", shape::Need::optional, "Somebody asked for a copy by e-mail; Parley sends none."),
    room_rows::updated_at, room_rows::settle, room_rows::no_service, room_rows::no_storage_id, room_rows::no_domain,
    room_rows::no_language, room_rows::no_number, room_rows::no_taking, room_rows::no_reason, room_rows::no_comment,
    room_rows::no_rating, room_rows::no_counts, room_rows::no_forms);

/// A room as 0.70 (Pimenta) shows it.
inline constexpr auto room_0_70 = shape::shape<Chat, "rocketchat.room_0_70">(
    room_rows::id, room_rows::type, room_rows::name, room_rows::begin_at, room_rows::last_message_at,
    room_rows::messages, room_rows::visitor, room_rows::open, room_rows::waiting, room_rows::department,
    room_rows::agent, room_rows::data, room_rows::topic, room_rows::tags, room_rows::end_at, room_rows::closer,
    room_rows::closed_by, room_rows::updated_at, room_rows::settle, room_rows::no_service, room_rows::no_storage_id,
    room_rows::no_domain, room_rows::no_language, room_rows::no_number, room_rows::no_taking, room_rows::no_reason,
    room_rows::no_comment, room_rows::no_rating, room_rows::no_counts, room_rows::no_forms,
    shape::dropped<&Chat::source, &Chat::source_destination, &Chat::contact, &Chat::queued_at, &Chat::first_reply_at,
                   &Chat::transcript_request>("0.70 does not know it yet."));

// --- agent -----------------------------------------------------------------------------------------------------------

/// The limit of an agent. Other servers write an empty text or null for none, which is kept.
using AgentLivechat = Nested<"rocketchat.agent.livechat", Part<"maxNumberSimultaneousChat", &Agent::most_chats>>;

inline constexpr auto agent = shape::shape<Agent, "rocketchat.agent">(
    shape::row<&Agent::id>("_id", shape::Need::required, "Id of the user."),
    shape::row<&Agent::username>("username", shape::Need::optional, "Login name."),
    shape::row<&Agent::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Agent::emails, shape::ListOf<shape::Wrapped<"address">>>("emails", shape::Need::optional,
                                                                         "E-mail addresses, the preferred one first."),
    shape::row<&Agent::phone, OnePhone>("phone", shape::Need::optional, "Phone number."),
    shape::group<AgentStatusWord, &Agent::status>("status", shape::Need::optional, "online, away, busy or offline."),
    shape::group<LivechatAvailability, &Agent::status>("statusLivechat", shape::Need::optional,
                                                       "available or not-available: whether the agent takes chats."),
    shape::row<&Agent::ongoing_chats>("livechatCount", shape::Need::always, "Chats that the agent has open now."),
    shape::group<AgentLivechat, &Agent::most_chats>("livechat", shape::Need::optional,
                                                    "`maxNumberSimultaneousChat`: most chats at once."),
    shape::row<&Agent::departments>("departments", shape::Need::optional, "Ids of the agent's departments."),
    shape::dropped<&Agent::first_name, &Agent::last_name>("Rocket.Chat has one name of an agent."),
    shape::dropped<&Agent::title, &Agent::bio, &Agent::time_zone, &Agent::administrator, &Agent::disabled,
                   &Agent::created_at>("Rocket.Chat lists agents without it."));

}  // namespace parley::rocketchat
