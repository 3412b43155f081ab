// The wire objects of Comm100 v4 as tables: the visitor, the agent and his status, the chat. Rows have the order of the vendor's samples;
// those of the agent that of its table. contact.hpp, department.hpp and offline_message.hpp have tables of their own.
#pragma once

#include "adapters/comm100/chat.hpp"
#include "adapters/comm100/contact.hpp"
#include "adapters/comm100/department.hpp"
#include "adapters/comm100/message.hpp"
#include "adapters/comm100/offline_message.hpp"

namespace parley::comm100 {

using shape::Need;

inline constexpr auto agent = shape::shape<Agent, "comm100.agent">(
    shape::row<&Agent::id, GuidId>("id", Need::required, "Id of the agent."),
    shape::row<&Agent::status, AgentStatusName>("status", Need::always,
                                                "Display name of the status: Online, Away, Offline or a custom one."),
    shape::row<&Agent::ongoing_chats>("ongoingChats", Need::always, "Chats that the agent has in hand."),
    shape::dropped<&Agent::username, &Agent::name, &Agent::first_name, &Agent::last_name, &Agent::emails, &Agent::phone,
                   &Agent::title, &Agent::bio, &Agent::time_zone, &Agent::most_chats, &Agent::departments,
                   &Agent::administrator, &Agent::disabled, &Agent::created_at>(
        "The status object names an agent by id only; the rest is in global/agents."));

/// An agent in full (global/agents). The vendor's members that Parley has nothing for (avatar, roles, skills, permissions, …) are absent,
/// unless the agent was loaded with them.
inline constexpr auto global_agent = shape::shape<Agent, "comm100.globalAgent">(
    shape::row<&Agent::id, GuidId>("id", Need::required, "Id of the agent."),
    shape::row<&Agent::emails, shape::FirstOf<>>("email", Need::always,
                                                 "E-mail address, with which the agent logs in."),
    shape::row<&Agent::name>("displayName", Need::always, "Display name."),
    shape::row<&Agent::first_name>("firstName", Need::always, "Given name."),
    shape::row<&Agent::last_name>("lastName", Need::always, "Family name."),
    shape::row<&Agent::administrator>("isAdmin", Need::always, "May change the settings of the site."),
    shape::row<&Agent::disabled, shape::Opposite>("isActive", Need::always, "May log in."),
    shape::row<&Agent::phone>("phone", Need::always, "Phone number."),
    shape::row<&Agent::title>("title", Need::always, "Job title."),
    shape::row<&Agent::bio>("bio", Need::always, "A few words about the agent, for visitors."),
    shape::row<&Agent::time_zone>("timeZone", Need::always, "Time zone, such as China Standard Time."),
    shape::row<&Agent::created_at, VisitTime>("createdTime", Need::always, "When the record was made."),
    shape::row<&Agent::departments, shape::ListOf<GuidId>>("departmentIds", Need::always,
                                                           "Ids of the agent's departments."),
    shape::dropped<&Agent::username>("Agents of Comm100 log in by e-mail address."),
    shape::dropped<&Agent::status, &Agent::ongoing_chats>("The status object of livechat/agents has it."),
    shape::dropped<&Agent::most_chats>("Comm100 has the number of chats at once in the settings of distribution."));

inline constexpr auto visitor = shape::shape<Visitor, "comm100.visitor">(
    shape::row<&Visitor::id, GuidId>("id", Need::required, "Id of the visitor."),
    shape::row<&Visitor::status, VisitorStatusWord>("status", Need::always, "What the visitor is doing on the site."),
    shape::row<&Visitor::browser>("browser", Need::always, "Browser with its version."),
    shape::row<&Visitor::operating_system>("operatingSystem", Need::always, "Operating system."),
    shape::row<&Visitor::screen_resolution>("screenResolution", Need::always, "Width x height of the screen."),
    shape::row<&Visitor::flash_version>("flashVersion", Need::optional, "Flash version; documented, and in no sample."),
    shape::row<&Visitor::language>("language", Need::always, "Language of the browser, such as en-US."),
    shape::row<&Visitor::ip>("ip", Need::always, "Address of the visitor."),
    shape::row<&Visitor::country>("country", Need::always, "Country by name."),
    shape::row<&Visitor::state>("state", Need::always, "State or province by name."),
    shape::row<&Visitor::city>("city", Need::always, "City by name."),
    shape::row<&Visitor::time_zone>("timeZone", Need::always, "Time zone, such as GMT +08:00."),
    shape::row<&Visitor::visit_at, VisitTime>("visitTime", Need::always, "Start of this visit."),
    shape::row<&Visitor::first_visit_at, VisitTime>("firstVisitTime", Need::always, "First visit ever."),
    shape::row<&Visitor::visits>("visits", Need::always, "Visits so far."),
    shape::row<&Visitor::chats>("chats", Need::always, "Chats so far."),
    shape::row<&Visitor::page_views>("pageViews", Need::always, "Pages viewed."),
    shape::row<&Visitor::current_page>("currentBrowsing", Need::always, "Page being viewed."),
    shape::row<&Visitor::referrer>("referrerUrl", Need::always, "Page that led to the site."),
    shape::group<VisitorName, &Visitor::name>("name", Need::always,
                                              "Name; the address while the visitor is anonymous."),
    shape::row<&Visitor::emails, shape::FirstOf<>>("email", Need::always, "E-mail address."),
    shape::row<&Visitor::phones, shape::FirstOf<>>("phone", Need::always, "Phone number."),
    shape::row<&Visitor::company>("company", Need::always, "Company."),
    shape::row<&Visitor::product_service>("productService", Need::always, "Product or service chosen before the chat."),
    shape::row<&Visitor::department, GuidId>("departmentId", Need::always, "Department chosen; zero guid for none."),
    shape::row<&Visitor::search_engine>("searchEngine", Need::always, "Search engine that led to the site."),
    shape::row<&Visitor::search_keywords>("searchKeywords", Need::always, "Words searched for."),
    shape::row<&Visitor::landing_page>("landingPage", Need::always, "First page of the visit."),
    shape::row<&Visitor::attributes, AttributeList<AttributeKind::field>>(
        "customFields", Need::always, "Answers to the fields asked before the chat."),
    shape::row<&Visitor::attributes, AttributeList<AttributeKind::variable>>("customVariableResults", Need::always,
                                                                             "Variables captured from the page."),
    shape::dropped<&Visitor::token>("Comm100 knows its visitors by id only."),
    shape::dropped<&Visitor::username>("Comm100 has no handle beside the name."),
    shape::dropped<&Visitor::presence>("Comm100 shows what a visitor does, not whether somebody is at the keyboard."),
    shape::dropped<&Visitor::user_agent>("Comm100 shows browser and operating system by name, not the header."),
    shape::dropped<&Visitor::host>("Comm100 shows whole addresses of pages, not the host that was called."),
    shape::dropped<&Visitor::channel>("Every visitor of this API came by the web."),
    shape::dropped<&Visitor::landing_title>("Comm100 shows addresses of pages, no titles."),
    shape::dropped<&Visitor::page_history>("Comm100 shows the first and the present page only."),
    shape::dropped<&Visitor::last_chat, &Visitor::last_chat_at>("Chats are resources of their own (livechat/chats)."),
    shape::dropped<&Visitor::created_at, &Visitor::updated_at>("Comm100 shows times of visits, not of the record."));

/// A chat of the history. Members that are there by `include` come last. Parley knows no session, campaign, skill or invitation.
inline constexpr auto chat = shape::shape<Chat, "comm100.chat">(
    shape::row<&Chat::sequence>("id", Need::always, "Number of the chat in its site."),
    shape::row<&Chat::id, GuidId>("guid", Need::required, "Id of the chat in news of it."),
    shape::row<&Chat::department, GuidId>("departmentId", Need::always, "Department; zero guid for none."),
    shape::row<&Chat::begin_at, VisitTime>("startTime", Need::always, "Begin."),
    shape::row<&Chat::end_at, VisitTime>("endTime", Need::optional, "End; absent while the chat goes on."),
    shape::group<RequestedTime, &Chat::queued_at>("requestedTime", Need::always, "The visitor asked for the chat."),
    shape::group<IsQueued, &Chat::state, &Chat::taken_at, &Chat::queued_at>(
        "isQueued", Need::always, "The visitor waited, or waits, for an agent."),
    shape::group<ChatStatus, &Chat::state, &Chat::close_reason, &Chat::taken_at>(
        "status", Need::always, "normal, refused, missed or switchedToMessage."),
    shape::row<&Chat::source, ChatSource>("source", Need::optional, "chatButton, autoInvitation or manualInvitation."),
    shape::group<VisitorText<&Participant::landing_title>, &Chat::participants>(
        "requestingPageTitle", Need::always, "Title of the page on which the chat was requested."),
    shape::group<VisitorText<&Participant::landing_page>, &Chat::participants>("requestingPageURL", Need::always,
                                                                               "Address of that page."),
    shape::group<VisitorText<&Participant::name>, &Chat::participants>("preChatName", Need::always,
                                                                       "Name of the visitor."),
    shape::group<VisitorText<&Participant::emails>, &Chat::participants>("preChatEmail", Need::always,
                                                                         "E-mail address of the visitor."),
    shape::group<VisitorText<&Participant::phones>, &Chat::participants>("preChatPhone", Need::always,
                                                                         "Phone number of the visitor."),
    shape::row<&Chat::visitor_messages>("visitorMessagesCount", Need::always, "Messages of the visitor."),
    shape::row<&Chat::agent_messages>("agentMessagesCount", Need::always, "Messages of agents."),
    shape::group<WaitingTime, &Chat::taken_at, &Chat::queued_at>("waitingTime", Need::always,
                                                                 "Seconds that the visitor waited."),
    shape::group<ChatDuration, &Chat::state>("duration", Need::always, "Seconds from startTime to endTime."),
    shape::group<ChatVisitor, &Chat::visitor, &Chat::participants>("visitor", Need::optional,
                                                                   "include=visitor: who asked for the chat."),
    shape::group<ChatAgents, &Chat::agent, &Chat::participants>("chatAgents", Need::optional,
                                                                "include=chatAgent: the agents in it."),
    shape::row<&Chat::rating, ChatSurvey>("postChatSurvey", Need::optional,
                                          "include=postChatSurvey: what the visitor thought of it."),
    shape::group<ChatValues<AttributeKind::field>, &Chat::call_data>(
        "customFields", Need::optional, "include=customVariable: answers to the fields asked before the chat."),
    shape::group<ChatValues<AttributeKind::variable>, &Chat::call_data>(
        "customVariables", Need::optional, "include=customVariable: variables captured from the page."),
    // Behind the named values, so that reading finds the one that they already have.
    shape::group<NamedText<"company">, &Chat::call_data>("preChatCompany", Need::always, "Company of the visitor."),
    shape::group<NamedText<"product_service">, &Chat::call_data>("preChatProductService", Need::always,
                                                                 "Product or service chosen before the chat."),
    shape::finish<&settle_chat>(), shape::dropped<&Chat::storage_id>("A chat has a number and a guid, no third id."),
    shape::dropped<&Chat::service, &Chat::widget, &Chat::service_name>(
        "Comm100 has campaigns, whose ids are guids, and no services or widgets."),
    shape::dropped<&Chat::kind>("Every entry of this history is a chat."),
    shape::dropped<&Chat::domain>("A Comm100 site is one tenant."),
    shape::dropped<&Chat::title, &Chat::topic>("A Comm100 chat has no title and no topic."),
    shape::dropped<&Chat::transcript_request>("Comm100 sends transcripts at once, and shows no request for one."),
    shape::dropped<&Chat::language>("Comm100 shows languages on the visitor, not on the chat."),
    shape::dropped<&Chat::contact>("Comm100 finds contacts by their identities, not by their chats."),
    shape::dropped<&Chat::source_destination>("Comm100 shows the page of the request, not the host of a widget."),
    shape::dropped<&Chat::messages>("Comm100 counts what visitors and agents wrote, not events."),
    shape::dropped<&Chat::first_reply_at, &Chat::last_message_at>("The messages of a chat have their times."),
    shape::dropped<&Chat::updated_at>("Comm100 shows times of the chat, not of its record."),
    shape::dropped<&Chat::closed_by>("Comm100 does not say who ended a chat."),
    shape::dropped<&Chat::comment, &Chat::tags>("Comments and categories are in the wrap-up, which has its own calls."),
    shape::dropped<&Chat::data_collections>("Comm100 shows answers of forms, not the forms."));

/// A chat in an answer that has a place for a visitor only, on a route with `emit`. The document is the chat's visitor; see visitor_of.
inline constexpr auto chat_as_visitor = shape::shape<Chat, "comm100.chat_as_visitor">(
    shape::elsewhere<&Chat::visitor, &Chat::participants, &Chat::department, &Chat::state, &Chat::language>(
        "The visitor object."),
    shape::dropped<&Chat::id, &Chat::storage_id, &Chat::service, &Chat::widget, &Chat::service_name, &Chat::kind,
                   &Chat::domain, &Chat::begin_at, &Chat::end_at, &Chat::title, &Chat::agent, &Chat::contact,
                   &Chat::source, &Chat::source_destination, &Chat::messages, &Chat::last_message_at, &Chat::updated_at,
                   &Chat::data_collections, &Chat::call_data, &Chat::sequence, &Chat::queued_at, &Chat::taken_at,
                   &Chat::first_reply_at, &Chat::closed_by, &Chat::close_reason, &Chat::comment, &Chat::tags,
                   &Chat::rating, &Chat::visitor_messages, &Chat::agent_messages, &Chat::topic,
                   &Chat::transcript_request>("The visitor object says nothing of the chat itself."));

/// The visitor of a chat, filled with what the chat and its participant say about the visitor.
[[nodiscard]] Visitor visitor_of(const Chat& chat);

}  // namespace parley::comm100
