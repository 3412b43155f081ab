// The endpoint table of Rocket.Chat's calls, and decoders. A request is checked as a server of the route's profile checks it, in
// the same order.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/agent_chat.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/contacts.hpp"
#include "adapters/rocketchat/facade/custom_fields.hpp"
#include "adapters/rocketchat/facade/departments.hpp"
#include "adapters/rocketchat/facade/encode.hpp"
#include "adapters/rocketchat/facade/encode_chat.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/files.hpp"
#include "adapters/rocketchat/facade/integrator_api.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/facade/registration.hpp"
#include "adapters/rocketchat/facade/room_info.hpp"
#include "adapters/rocketchat/facade/site.hpp"
#include "adapters/rocketchat/facade/site_visitor.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "adapters/rocketchat/facade/visitor_chat.hpp"

namespace parley::rocketchat {
namespace {

using contract::Access;
using contract::BodyRule;
using http::Method;
using http::Request;

// --- GET livechat/visitor/:token -------------------------------------------------------------------------------------

Result<GetVisitor> get_visitor(const Facade&, const Request& request) {
  return GetVisitor{.visitor = {}, .token = request.parameters[0]};
}

// --- POST livechat/page.visited --------------------------------------------------------------------------------------

Result<RecordPageVisit> record_page_visit(const Facade& facade, const Request& request) {
  const bool old = facade.profile() == Profile::pimenta;
  Result<PageBody> body =
      old ? read_body<page_body_0_70>(request, Validator::check) : read_body<page_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  RecordPageVisit page = operation_of(*std::move(body));
  page.verify = old;
  return page;
}

// --- GET omnichannel/contacts.channels -------------------------------------------------------------------------------

Result<ListContactChannels> list_channels(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::channels);
  if (!query) return std::move(query).error();
  return ListContactChannels{.contact = {value_of(*query, "contactId")}};
}

// --- GET livechat/room -----------------------------------------------------------------------------------------------

/// Whether the request carries both cookies that the widget sets.
bool comes_from_widget(const Request& request) {
  bool widget = false;
  bool livechat = false;
  std::string_view cookies = request.header("Cookie").value_or("");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    const std::string_view cookie = trim(cookies.substr(0, end));
    widget = widget || cookie == "rc_is_widget=t";
    livechat = livechat || cookie == "rc_room_type=l";
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
  }
  return widget && livechat;
}

Result<OpenChat> open_room(const Facade&, const Request& request) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return std::move(query).error();
  OpenChat open;
  bool has_token = false;
  for (const Parameter& one : *query) {
    const bool text = one.form == Parameter::Form::text;
    // Old clients send `undefined` for a missing value.
    const String value = one.value == "undefined" ? String() : one.value;
    if (one.name == "token") {
      if (!text) return check::wrong_type("string", "object", "token");
      open.token = one.value;
      has_token = true;
    } else if (one.name == "rid") {
      if (!text) return check::wrong_optional("rid");
      open.chat.text = value;
    } else if (one.name == "agentId") {
      if (!text) return check::wrong_optional("agentId");
      open.agent.text = value;
    } else {
      return check::unknown_key(one.name);
    }
  }
  if (!has_token) return check::missing_key("token", {});
  const bool widget = comes_from_widget(request);
  open.source = widget ? "widget" : "api";
  if (widget) open.source_destination.assign(request.header("Host").value_or(""));
  return open;
}

// --- the table -------------------------------------------------------------------------------------------------------

/// An endpoint and its refusals.
struct Call {
  contract::Endpoint endpoint;
  Refusals refusals{};
};

// The calls of visitors are `open`. Those of integrators are `closed`: they need credentials.
template <class Op, auto decode, auto encode = nullptr>
constexpr Call call(Access access, Method method, std::string_view pattern, contract::QueryParameters query = {},
                    Refusals refusals = {}) {
  // The body of a DELETE may be absent: then the query has what it says.
  const BodyRule body = method == Method::get ? BodyRule::none : method == Method::del ? BodyRule::any : BodyRule::json;
  return {contract::endpoint<Op, decode, encode>(
              {.method = method, .pattern = pattern, .body = body, .access = access, .query = query}),
          refusals};
}
template <class Op, auto decode, auto encode = nullptr>
constexpr Call open(Method method, std::string_view pattern, contract::QueryParameters query = {},
                    Refusals refusals = {}) {
  return call<Op, decode, encode>(Access::open, method, pattern, query, refusals);
}
template <class Op, auto decode, auto encode = nullptr>
constexpr Call closed(Method method, std::string_view pattern, contract::QueryParameters query = {},
                      Refusals refusals = {}) {
  return call<Op, decode, encode>(Access::credentials, method, pattern, query, refusals);
}
/// For a DELETE that has nothing to say in its body: what clients send there is ignored.
constexpr Call without_body(Call call) {
  call.endpoint.body = BodyRule::none;
  return call;
}
template <auto answer>
constexpr Call own(std::string_view name, std::string_view pattern, Access access, Method method = Method::post) {
  const BodyRule body = method == Method::get ? BodyRule::none : BodyRule::any;
  return {contract::own_answer<answer>(name, {.method = method, .pattern = pattern, .body = body, .access = access})};
}

constexpr Call upload{contract::receiving<PostFile, Facade, &receive_file, &show_uploaded>(
                          {.method = Method::post, .pattern = path::upload, .access = Access::open}),
                      {.about = Refusals::About::sent_file}};

constexpr NotFound no_visitor_by_token{Code::no_such_visitor, 200, R"({"success":true})", true};
constexpr NotFound no_visitor_by_id{Code::no_such_visitor, 400, R"({"success":false,"error":"visitor-not-found"})"};
constexpr NotFound no_user{Code::no_such_agent, 200, R"({"user":null,"success":true})"};
constexpr NotFound no_agent{Code::no_such_agent, 404, R"({"success":false,"error":"Agent not found"})"};
constexpr NotFound no_room{
    Code::no_such_chat, 400,
    R"({"success":false,"error":"The required \"roomId\" or \"roomName\" param provided does not match )"
    R"(any channel [error-room-not-found]","errorType":"error-room-not-found"})"};
constexpr NotFound no_department{Code::no_such_department, 200, R"({"department":null,"agents":[],"success":true})"};
constexpr NotFound no_department_agents{Code::no_such_department, 200,
                                        R"({"agents":[],"count":0,"offset":0,"total":0,"success":true})"};
constexpr Refusals named{.names_only = true};

constexpr Refusals named_in_both{.names_only = true, .old_names_only = true};

constexpr std::array in_transfer = {
    Named{Code::no_such_chat, "error-invalid-room"}, Named{Code::not_the_visitors_chat, "error-invalid-room"},
    Named{Code::chat_ended, "This_conversation_is_already_closed"}, Named{Code::no_such_agent, "error-forwarding-chat"},
    Named{Code::chat_taken, "error-selected-agent-room-agent-are-same"}};
constexpr std::array in_agent_info = {Named{Code::chat_ended, "invalid-room"}};
constexpr std::array in_next_agent = {Named{Code::no_such_agent, "agent-not-found"}};
constexpr std::array in_agents_message = {Named{Code::no_such_chat, "error-invalid-room"},
                                          Named{Code::not_the_visitors_chat, "error-invalid-room"}};
constexpr std::array in_update = {
    Named{Code::no_such_chat, "error-invalid-room"},
    Named{Code::not_the_authors_message, "error-action-not-allowed", "Message editing not allowed"}};
constexpr std::array in_deletion = {Named{Code::no_such_chat, "error-invalid-room"},
                                    Named{Code::not_the_authors_message, "error-action-not-allowed", "Not allowed"}};
constexpr std::array in_taking = {Named{Code::no_such_chat, "error-not-found", "Inquiry not found"},
                                  Named{Code::chat_ended, "error-not-found", "Inquiry not found"},
                                  Named{Code::chat_taken, "error-inquiry-taken", "Inquiry already taken"}};
constexpr std::array in_joining = {Named{Code::no_such_chat, "error-invalid-room"},
                                   Named{Code::chat_taken, "error-not-allowed"}};
constexpr std::array in_closing = {Named{Code::no_such_chat, "error-invalid-room"},
                                   Named{Code::chat_ended, "error-room-already-closed"}};

constexpr std::array in_transcript = {Named{Code::no_such_chat, "error-invalid-room", "Invalid room"},
                                      Named{Code::chat_ended, "error-invalid-room", "Invalid room"}};
constexpr std::array in_saving = {Named{Code::no_such_chat, "error-invalid-room"},
                                  Named{Code::no_such_visitor, "error-invalid-visitor"}};

constexpr NotFound no_visitor_contact{Code::no_such_visitor, 200, R"({"contact":null,"success":true})"};
constexpr NotFound no_contact_exists{Code::no_such_contact, 200, R"({"exists":false,"success":true})"};
constexpr std::array in_visitor_contact = {
    Named{Code::no_such_agent, "error-contact-manager-not-found", "No user found with this username"}};
constexpr std::array in_contact = {Named{Code::no_such_contact, "error-contact-not-found"},
                                   Named{Code::no_such_agent, "error-contact-manager-not-found"}};

// In an order in which the calls of each profile, with or without those for logins, are neighbours.
constexpr std::array all_calls = {
    own<&answer_login>("Login", path::login, Access::open),
    own<&answer_logout>("Logout", path::logout, Access::credentials),
    // only 8
    open<AssignChat, &change_department, &show_done>(Method::post, path::department_transfer, {},
                                                     {.names_only = true, .named = in_transfer}),
    closed<RegisterVisitor, &save_visitor_contact, &show_saved_visitor>(Method::post, path::visitor_contact, {},
                                                                        {.named = in_visitor_contact}),
    closed<GetVisitor, &get_visitor_contact, &show_visitor_contact>(Method::get, path::visitor_contact,
                                                                    parameters::contact, {no_visitor_contact}),
    closed<ListVisitors, &find_visitor_contact, &show_found_visitor>(Method::get, path::visitor_contact_search,
                                                                     parameters::visitor_contact),
    closed<PutContact, &create_contact, &show_created_contact>(Method::post, path::contacts, {}, {.named = in_contact}),
    closed<PutContact, &update_contact>(Method::post, path::contact_update, {}, {.named = in_contact}),
    closed<PutContact, &resolve_conflicts, &show_resolved_contact>(Method::post, path::contact_conflicts, {},
                                                                   {.named = in_contact}),
    closed<GetContact, &get_contact>(Method::get, path::contact_get, parameters::contact),
    closed<GetContact, &check_contact, &show_existence>(Method::get, path::contact_existence,
                                                        parameters::contact_existence, {no_contact_exists}),
    closed<ListContacts, &search_contacts, &show_contacts>(Method::get, path::contact_search, parameters::contacts),
    closed<ListChats, &list_contact_history, &show_contact_history>(Method::get, path::contact_history,
                                                                    parameters::contact_history, {.named = in_contact}),
    closed<DeleteContacts, &delete_contact, &show_deleted_contact>(Method::post, path::contact_delete, {},
                                                                   {.named = in_contact}),
    // both
    open<RegisterVisitor, &register_visitor, &show_registered>(Method::post, path::visitor),
    open<GetVisitor, &get_visitor>(Method::get, path::visitor_by_token, {}, {no_visitor_by_token}),
    open<SetVisitorVariables, &set_custom_field, &show_custom_field>(Method::post, path::custom_field, {}, named),
    open<SetVisitorVariables, &set_custom_fields, &show_custom_fields>(Method::post, path::custom_fields, {}, named),
    open<RecordPageVisit, &record_page_visit>(Method::post, path::page_visited),
    open<OpenChat, &open_room>(Method::get, path::room, parameters::room, named),
    closed<ListContactChannels, &list_channels>(Method::get, path::channels, parameters::channels),
    closed<GetVisitor, &get_visitor_by_id>(Method::get, path::visitor_info, parameters::visitor_info,
                                           {no_visitor_by_id}),
    closed<ListVisitors, &search_visitors, &show_visitors>(Method::get, path::visitors_search, parameters::visitors),
    closed<ListAgents, &list_users, &show_users>(Method::get, path::agents, parameters::agents),
    closed<GetAgent, &get_user>(Method::get, path::agent, {}, {no_user}),
    closed<SetAgentStatus, &set_agent_status, &show_status>(Method::post, path::agent_status, {}, {no_agent}),
    closed<ListChats, &list_rooms, &show_rooms>(Method::get, path::rooms, parameters::rooms),
    closed<GetChatContact, &get_room>(Method::get, path::room_info, parameters::room_info, {no_room}),
    closed<GetChatContact, &get_pages, &show_pages>(Method::get, path::pages_of_room, parameters::pages),
    open<PostMessage, &post_message, &show_posted>(Method::post, path::message, {}, named),
    open<GetMessage, &get_message, &show_to_visitor>(Method::get, path::message_by_id, parameters::message, named),
    open<EditMessage, &edit_message>(Method::put, path::message_by_id, {}, named_in_both),
    open<DeleteMessage, &remove_message, &show_removed>(Method::del, path::message_by_id, parameters::message,
                                                        named_in_both),
    open<ListMessages, &list_history, &show_history>(Method::get, path::history, parameters::history, named_in_both),
    open<CloseChat, &close_room, &show_closed>(Method::post, path::room_close, {}, named),
    open<RateChat, &rate_room, &show_survey>(Method::post, path::room_survey, {}, named),
    open<GetChat, &get_agent_of, &show_agent_of>(Method::get, path::agent_info, {},
                                                 {.names_only = true, .named = in_agent_info}),
    closed<PostMessage, &send_message>(Method::post, path::send_message, {}, {.named = in_agents_message}),
    closed<PostMessage, &post_agents_message, &show_posted_by_agent>(Method::post, path::post_message, {},
                                                                     {.named = in_agents_message}),
    closed<EditMessage, &update_message>(Method::post, path::update_message, {}, {.named = in_update}),
    closed<DeleteMessage, &delete_message, &show_deleted>(Method::post, path::delete_message, {},
                                                          {.named = in_deletion}),
    closed<ListMessages, &list_room_messages, &show_room_messages>(Method::get, path::room_messages,
                                                                   parameters::room_messages),
    closed<AssignChat, &take_inquiry, &show_taken>(Method::post, path::take, {}, {.named = in_taking}),
    closed<AssignChat, &join_room, &show_done>(Method::get, path::room_join, parameters::room_join,
                                               {.named = in_joining}),
    closed<AssignChat, &forward_room, &show_done>(Method::post, path::room_forward, {}, {.named = in_transfer}),
    closed<CloseChat, &close_by_user, &show_done>(Method::post, path::close_by_user, {}, {.named = in_closing}),
    closed<ListChats, &list_rooms_of_visitor, &show_rooms_of_visitor>(Method::get, path::visitor_rooms),
    closed<ListChats, &list_chat_history, &show_chat_history>(Method::get, path::chat_history,
                                                              parameters::chat_history),
    closed<ListChats, &search_chats, &show_chat_history>(Method::get, path::search_chats, parameters::search_chats),
    open<SetPresence, &set_presence, &show_presence>(Method::post, path::visitor_status),
    open<SetPresence, &set_presence, &show_presence>(Method::post, path::visitors_status),
    without_body(open<DeleteVisitor, &delete_visitor>(Method::del, path::visitor_by_token)),
    open<LeaveOfflineMessage, &leave_message, &show_left>(Method::post, path::offline_message),
    open<ListAgents, &find_next_agent, &show_next_agent>(Method::get, path::next_agent, parameters::next_agent,
                                                         {.named = in_next_agent}),
    closed<ListDepartments, &list_departments, &show_departments>(Method::get, path::departments,
                                                                  parameters::departments),
    closed<ListDepartments, &list_archived, &show_departments>(Method::get, path::archived_departments,
                                                               parameters::archived_departments),
    closed<ListDepartments, &list_by_ids, &show_all_departments>(Method::get, path::departments_by_ids,
                                                                 parameters::departments_by_ids),
    closed<ListDepartments, &autocomplete_departments, &show_department_names>(Method::get, path::department_names,
                                                                               parameters::department_names),
    closed<GetDepartment, &get_department, &show_department>(Method::get, path::department, parameters::department,
                                                             {no_department}),
    closed<GetDepartment, &get_department_agents, &show_department_agents>(
        Method::get, path::department_agents, parameters::department_agents, {no_department_agents}),
    closed<PutDepartment, &create_department, &show_put_department>(Method::post, path::departments),
    closed<PutDepartment, &update_department, &show_put_department>(Method::put, path::department),
    closed<PutDepartment, &change_department_agents, &show_changed_agents>(Method::post, path::department_agents),
    without_body(closed<DeleteDepartment, &delete_department, &show_deleted_department>(Method::del, path::department)),
    open<GetSite, &get_site, &show_site>(Method::get, path::config, parameters::config),
    own<&answer_routing>("Routing", path::routing, Access::credentials, Method::get),
    own<&refuse_transcript>("RefuseTranscript", path::transcript, Access::open),
    closed<RequestTranscript, &request_transcript, &show_done>(Method::post, path::transcript_of_room, {},
                                                               {.named = in_transcript}),
    without_body(closed<RequestTranscript, &withdraw_transcript, &show_done>(Method::del, path::transcript_of_room, {},
                                                                             {.named = in_transcript})),
    closed<PostMessages, &post_messages, &show_batch>(Method::post, path::messages, {}, named),
    closed<ChangeChat, &save_info, &show_saved>(Method::post, path::save_info, {}, {.named = in_saving}),
    upload,
    open<GetFile, &get_file, &show_file>(Method::get, path::file, parameters::file,
                                         {.about = Refusals::About::fetched_file}),
    // only 0.70
    open<AssignChat, &change_department>(Method::post, path::room_transfer),
    own<&answer_login>("Login", path::login, Access::open),
    own<&answer_logout>("Logout", path::logout, Access::credentials),
};
constexpr std::size_t logins = 2;  // at the begin and at the end
constexpr std::size_t only_8 = 12;
constexpr std::size_t only_0_70 = 1;

constexpr auto all = [] {
  std::array<contract::Endpoint, all_calls.size()> rows;
  std::transform(all_calls.begin(), all_calls.end(), rows.begin(), [](const Call& one) { return one.endpoint; });
  return rows;
}();

}  // namespace

std::span<const contract::Endpoint> endpoints(Profile profile, bool with_logins) noexcept {
  const bool old = profile == Profile::pimenta;
  const std::size_t begin = old ? logins + only_8 : with_logins ? 0 : logins;
  const std::size_t after = old ? (with_logins ? 0 : logins) : only_0_70 + logins;
  return std::span(all).subspan(begin, all.size() - begin - after);
}

const Refusals* refusals_of(const contract::Endpoint* endpoint) noexcept {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (&all[i] == endpoint) return &all_calls[i].refusals;
  }
  return nullptr;
}

}  // namespace parley::rocketchat
