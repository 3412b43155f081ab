// What each operation is on a Rocket.Chat server: the calls it takes, what is read from them, what a write loses.
#pragma once

#include <functional>

#include "adapters/rocketchat/connector/vendor_calls.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::rocketchat::calls {

using Answer = contract::Task<Result<Outcome>>;

// Errors of all: those of VendorCalls::send. An id that is a version-5 UUID stands for one that did not fit into a guid: it is
// looked for in the list. Everything else is asked for as it is.

// A list with a query in this API's words is asked for as the client did, and what the server gives is one page of it
// (lists.hpp, list_asked).

/// visitors.search without a term, page by page. More than max_records are a loss: `visitors`.
Answer list_visitors(VendorCalls& caller, const ListVisitors& operation);
/// visitor/:token or visitors.info. Errors: no_such_visitor.
Answer get_visitor(VendorCalls& caller, const GetVisitor& operation);
/// custom.fields under the visitor's token, then the visitor again. Errors: no_such_visitor; unsupported_operation where
/// the server keeps the token to itself; lossy; invalid_field (a value that the registry does not take).
Answer set_variables(VendorCalls& caller, const SetVisitorVariables& operation);
/// visitor; the token of the answer is the visitor's. Errors: lossy, invalid_field.
Answer register_visitor(VendorCalls& caller, const RegisterVisitor& operation);
/// page.visited. With `verify`, visitor and room are looked up first: servers since 1.3 do not.
Answer record_page(VendorCalls& caller, const RecordPageVisit& operation);

/// users/agent, page by page.
Answer list_agents(VendorCalls& caller, const ListAgents& operation);
/// users/agent/:id, or the list where that is not permitted. Errors: no_such_agent.
Answer get_agent(VendorCalls& caller, const GetAgent& operation);
/// agent.status, then the agent again. Errors: no_such_agent, lossy.
Answer set_agent_status(VendorCalls& caller, const SetAgentStatus& operation);

/// Put together from rooms.info, the visitor, the agent and the pages visited. Errors: no_such_chat (also one that is over).
Answer get_chat_contact(VendorCalls& caller, const GetChatContact& operation);
/// livechat/rooms, page by page, as the rooms show themselves: those that are open. With a query, those that it finds.
Answer list_chats(VendorCalls& caller, const ListChats& operation);
/// room, with the widget's cookies where the chat comes from one. Errors: no_such_visitor, not_the_visitors_chat,
/// unavailable (no agent is online), lossy.
Answer open_chat(VendorCalls& caller, const OpenChat& operation);
/// contacts.channels: none for an unknown contact.
Answer list_channels(VendorCalls& caller, const ListContactChannels& operation);

// --- what they share -------------------------------------------------------------------------------------------------

inline constexpr std::size_t page_size = 100;  ///< the largest that the vendor gives
inline constexpr std::size_t max_records = 10'000;

/// Which records of a list the answer will show: of these it is told what was no Unicode text. Empty: all.
template <class T>
using Wanted = std::function<bool(const T&)>;

contract::Task<Result<List<Visitor>>> read_visitors(VendorCalls& caller);
contract::Task<Result<List<Agent>>> read_agents(VendorCalls& caller, const Wanted<Agent>& wanted);
/// Those that are open.
contract::Task<Result<List<Chat>>> read_rooms(VendorCalls& caller, const Wanted<Chat>& wanted);
/// Errors: no_such_visitor. Since 8.5 a visitor found by id has no token.
contract::Task<Result<Visitor>> visitor_by_token(VendorCalls& caller, const String& token);
contract::Task<Result<Visitor>> visitor_by_id(VendorCalls& caller, const VisitorId& id);
/// Errors: no_such_agent.
contract::Task<Result<Agent>> find_agent(VendorCalls& caller, const AgentId& id);
/// The room as it is, open or not. Errors: no_such_chat.
contract::Task<Result<Chat>> find_room(VendorCalls& caller, const ChatId& id);

/// True where a canonical id can only be found by looking through a list.
[[nodiscard]] bool is_mapped(std::string_view id) noexcept;
/// Whether `id` is what a guid-only style shows for `canonical`.
[[nodiscard]] bool stands_for(std::string_view id, std::string_view canonical);
[[nodiscard]] Error not_found(Code code);

}  // namespace parley::rocketchat::calls
