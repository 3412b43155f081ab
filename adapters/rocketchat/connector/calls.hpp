// A function for each operation on a Rocket.Chat server. It makes the calls, reads their answers and notes what a write loses.
#pragma once

#include <functional>

#include "adapters/rocketchat/connector/vendor_calls.hpp"
#include "adapters/upstream/listed.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::rocketchat::calls {

using Answer = contract::Task<Result<Outcome>>;

// All functions may return the errors of VendorCalls::send. An id that is a version-5 UUID represents an id that did not fit into a
// guid, so it is looked for in a list. Every other id is sent unchanged.

// A list query that came through a Rocket.Chat facade is sent with the client's own parameters. The server's answer is then the
// page (answer_list in lists.hpp).

/// visitors.search without a term, page by page. More than max_records are a loss: `visitors`.
Answer list_visitors(VendorCalls& vendor, const ListVisitors& operation);
/// visitor/:token or visitors.info. Errors: no_such_visitor.
Answer get_visitor(VendorCalls& vendor, const GetVisitor& operation);
/// custom.fields (custom.field for a single one) with the visitor's token, then the visitor again. Errors: no_such_visitor;
/// unsupported_operation, where the server does not reveal the token; lossy; invalid_field, for a value that the registry refuses.
Answer set_variables(VendorCalls& vendor, const SetVisitorVariables& operation);
/// livechat/visitor. The visitor returned has the token of the answer. Errors: lossy, invalid_field.
Answer register_visitor(VendorCalls& vendor, const RegisterVisitor& operation);
/// page.visited. With `verify`, looks up visitor and room first, because servers since 1.3 do not check them. Errors:
/// no_such_visitor, not_the_visitors_chat, lossy.
Answer record_page(VendorCalls& vendor, const RecordPageVisit& operation);

/// users/agent, page by page.
Answer list_agents(VendorCalls& vendor, const ListAgents& operation);
/// users/agent/:id, or users/agent where the former is not permitted. Errors: no_such_agent.
Answer get_agent(VendorCalls& vendor, const GetAgent& operation);
/// agent.status, then the agent again. Errors: no_such_agent, lossy.
Answer set_agent_status(VendorCalls& vendor, const SetAgentStatus& operation);

/// rooms.info, then the visitor, the agent and the pages visited. Errors: no_such_chat, also where the chat is over.
Answer get_chat_contact(VendorCalls& vendor, const GetChatContact& operation);
/// livechat/rooms?open=true, page by page. The chats have only what a room's document shows. A query that is sent to the server
/// with the client's parameters may also find rooms that are over.
Answer list_chats(VendorCalls& vendor, const ListChats& operation);
/// livechat/room, with the widget's cookies for a chat of the widget. Errors: no_such_visitor, not_the_visitors_chat,
/// unavailable (no agent is online), lossy.
Answer open_chat(VendorCalls& vendor, const OpenChat& operation);
/// contacts.channels. An unknown contact has no channels.
Answer list_channels(VendorCalls& vendor, const ListContactChannels& operation);

// --- shared by the functions above -----------------------------------------------------------------------------------

inline constexpr std::size_t page_size = 100;  ///< the vendor's largest page
inline constexpr std::size_t max_records = 10'000;

/// Selects the records of a list that the answer may show. Only their losses are kept. Empty: all.
template <class T>
using Wanted = std::function<bool(const T&)>;

contract::Task<Result<upstream::Listed<Visitor>>> read_visitors(VendorCalls& vendor);
contract::Task<Result<upstream::Listed<Agent>>> read_agents(VendorCalls& vendor, const Wanted<Agent>& wanted);
/// The open rooms.
contract::Task<Result<upstream::Listed<Chat>>> read_rooms(VendorCalls& vendor, const Wanted<Chat>& wanted);
/// Both return the error no_such_visitor. Servers since 8.5 give a visitor who is looked up by id no token.
contract::Task<Result<Visitor>> visitor_by_token(VendorCalls& vendor, const Text& token);
contract::Task<Result<Visitor>> visitor_by_id(VendorCalls& vendor, const VisitorId& id);
/// Errors: no_such_agent.
contract::Task<Result<Agent>> find_agent(VendorCalls& vendor, const AgentId& id);
/// The room, open or closed. Errors: no_such_chat.
contract::Task<Result<Chat>> find_room(VendorCalls& vendor, const ChatId& id);

/// Whether the id is a guid that may represent another id, which only a search through a list can find.
[[nodiscard]] bool is_mapped(std::string_view id) noexcept;
/// Whether `id` is the guid that represents `canonical` for vendors that have only guids.
[[nodiscard]] bool stands_for(std::string_view id, std::string_view canonical);
/// The error of a record that is not there.
[[nodiscard]] Error not_found(Code code);

}  // namespace parley::rocketchat::calls
