// The endpoint table. The six calls of Comm100's "Chat Server" page have their decoders here.
#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/facade/chats.hpp"
#include "adapters/comm100/facade/contacts.hpp"
#include "adapters/comm100/facade/global.hpp"
#include "adapters/comm100/facade/offline_messages.hpp"
#include "adapters/comm100/facade/read_request.hpp"

namespace parley::comm100 {
namespace {

using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using http::Method;
using http::Request;

Result<ListAgents> list_agents(const Facade&, const Request&) { return ListAgents{}; }
Result<ListVisitors> list_visitors(const Facade& facade, const Request&) {
  return ListVisitors{.query = {}, .on_site = facade.lists_on_site()};
}

Result<GetAgent> get_agent(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetAgent{.agent = {std::move(*id)}};
}

Result<GetVisitor> get_visitor(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetVisitor{.visitor = {std::move(*id)}, .token = {}};
}

/// Whoever has the credentials of this API may read all chats.
Result<GetFile> get_file(const Facade&, const Request& request) {
  return GetFile{.file = {request.parameters[0]}, .chat = {}, .any_chat = true};
}

Result<SetAgentStatus> put_agent(const Facade& facade, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  AgentUpdate update;
  shape::Reading reading(true);
  shape::read_object(shape::view<agent_update>, body.root(), &update, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  Result<SetAgentStatus> set = operation_of(std::move(update), {std::move(*id)});
  if (!set) return set;
  Result<String> status = facade.status_name(set->status);
  if (!status) return std::move(status).error();
  set->status = std::move(*status);
  return set;
}

/// Reads one element of the list, or the single object that is accepted instead of a list.
std::optional<Error> read_variable(const shape::Node& node, shape::Reading& reading, Attributes& variables) {
  FieldAndValue item;
  shape::read_object(shape::view<variable_update>, node, &item, reading);
  if (std::optional<Error> found = first_fault(reading)) return found;
  if (item.name.empty()) {
    const shape::Reading::Step step(reading, "name");
    return fault(Code::missing_field, "Parameter 'name' is required.", reading.path());
  }
  variables.push_back(variable_of(std::move(item)));
  return {};
}

Result<SetVisitorVariables> put_visitor(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  SetVisitorVariables operation{.visitor = {std::move(*id)}, .variables = {}};
  shape::Reading reading(true);
  const shape::Node& root = body.root();
  if (root.is_object()) {  // the vendor's parameter table describes an object, its example shows a list
    if (std::optional<Error> found = read_variable(root, reading, operation.variables)) return std::move(*found);
    return operation;
  }
  if (!root.is_array()) return fault(Code::invalid_field, "The request body must be a list of objects.");
  operation.variables.reserve(root.size);
  for (const shape::Node& child : root) {
    const shape::Reading::Step step(reading, operation.variables.size());
    if (std::optional<Error> found = read_variable(child, reading, operation.variables)) return std::move(*found);
  }
  return operation;
}

// Names of query parameters match in any case. Others are ignored, as the vendor does.
using contract::QueryParameter;
using contract::QueryValue;
constexpr QueryParameter site{.name = "siteId"};
constexpr QueryParameter include{.name = "include", .value = QueryValue::list};
constexpr std::array query = {site};
constexpr std::array include_query = {site, include};
constexpr QueryParameter keywords{.name = "keywords"};
constexpr QueryParameter page_index{.name = "pageIndex", .value = QueryValue::number};
constexpr QueryParameter page_size{.name = "pageSize", .value = QueryValue::number};
constexpr QueryParameter sort_by{.name = "sortBy"};
constexpr QueryParameter sort_order{.name = "sortOrder"};
constexpr QueryParameter department_id{.name = "departmentId"};
constexpr std::array search_query = {site, include, page_index, page_size, sort_by, sort_order, department_id};
constexpr std::array departments_query = {site, keywords, include};
constexpr std::array agents_query = {site, keywords, page_index, page_size, sort_by, sort_order};
constexpr std::array offline_query = {
    site, QueryParameter{.name = "include",
                         .value = QueryValue::list,
                         .ignored = "an offline message names its department, agent and visitor by id only"}};
constexpr std::array offline_search_query = {site,    offline_query[1], page_index,   page_size,
                                             sort_by, sort_order,       department_id};

constexpr QueryParameter shown_anyway{
    .name = "include", .value = QueryValue::list, .ignored = "a contact is always shown with its identities"};
constexpr std::array contacts_query = {site,
                                       shown_anyway,
                                       QueryParameter{.name = "contactIdentityType"},
                                       QueryParameter{.name = "contactIdentityValue"},
                                       QueryParameter{.name = "contactIdentityValueSearch"},
                                       QueryParameter{.name = "contactIdentityName"},
                                       QueryParameter{.name = "contactKeywords"},
                                       page_index,
                                       page_size,
                                       sort_by,
                                       sort_order};
constexpr std::array contacts_search_query = {site, shown_anyway, page_index, page_size, sort_by, sort_order};
constexpr std::array contact_query = {site, shown_anyway};
constexpr std::array identify_query = {site, QueryParameter{.name = "value", .required = true},
                                       QueryParameter{.name = "identityType"}};

template <class Op, auto decode>
constexpr Endpoint call(Method method, std::string_view pattern) {
  return contract::endpoint<Op, decode>({.method = method,
                                         .pattern = pattern,
                                         .body = method == Method::put ? BodyRule::json : BodyRule::none,
                                         .access = Access::credentials,
                                         .query = query});
}

constexpr Endpoint row(Method method, std::string_view pattern, BodyRule body, contract::QueryParameters parameters) {
  return {.method = method, .pattern = pattern, .body = body, .access = Access::credentials, .query = parameters};
}

// A search may come without a body.
constexpr std::array table = {
    call<ListAgents, &list_agents>(Method::get, "/v4/livechat/agents"),
    call<GetAgent, &get_agent>(Method::get, "/v4/livechat/agents/:id"),
    call<SetAgentStatus, &put_agent>(Method::put, "/v4/livechat/agents/:id"),
    call<ListVisitors, &list_visitors>(Method::get, "/v4/livechat/visitors"),
    call<GetVisitor, &get_visitor>(Method::get, "/v4/livechat/visitors/:id"),
    call<SetVisitorVariables, &put_visitor>(Method::put, "/v4/livechat/visitors/:id"),
    contract::endpoint<ListMessages, &read_chat, &write_chat>(
        row(Method::get, "/v4/livechat/chats/:id", BodyRule::none, include_query)),
    contract::endpoint<ListChats, &search_chats, &write_found>(
        row(Method::post, "/v4/livechat/chats:Search", BodyRule::any, search_query)),
    contract::endpoint<ListChats, &search_missed_chats, &write_found>(
        row(Method::post, "/v4/livechat/missedAndRefusedChats:Search", BodyRule::any, search_query)),
    contract::endpoint<DeleteChats, &delete_chat, &write_nothing>(
        row(Method::del, "/v4/livechat/chats/:id", BodyRule::none, query)),
    contract::endpoint<DeleteChats, &delete_chats, &write_nothing>(
        row(Method::del, "/v4/livechat/chats", BodyRule::json, query)),
    contract::endpoint<ListOfflineMessages, &search_offline_messages, &write_offline_messages>(
        row(Method::post, "/v4/livechat/offlineMessages:search", BodyRule::any, offline_search_query)),
    contract::endpoint<GetOfflineMessage, &read_offline_message, &write_offline_message>(
        row(Method::get, "/v4/livechat/offlineMessages/:id", BodyRule::none, offline_query)),
    contract::endpoint<ChangeOfflineMessage, &put_offline_message, &write_offline_message>(
        row(Method::put, "/v4/livechat/offlineMessages/:id", BodyRule::json, query)),
    contract::endpoint<DeleteOfflineMessages, &delete_offline_message, &write_no_offline_messages>(
        row(Method::del, "/v4/livechat/offlineMessages/:id", BodyRule::none, query)),
    contract::endpoint<DeleteOfflineMessages, &delete_offline_messages, &write_no_offline_messages>(
        row(Method::del, "/v4/livechat/offlineMessages", BodyRule::json, query)),
    contract::endpoint<ListDepartments, &list_departments, &write_departments>(
        row(Method::get, "/v4/global/departments", BodyRule::none, departments_query)),
    contract::endpoint<PutDepartment, &add_department, &write_new_department>(
        row(Method::post, "/v4/global/departments", BodyRule::json, query)),
    contract::endpoint<GetDepartment, &get_department, &write_department>(
        row(Method::get, "/v4/global/departments/:id", BodyRule::none, include_query)),
    contract::endpoint<PutDepartment, &put_department, &write_changed_department>(
        row(Method::put, "/v4/global/departments/:id", BodyRule::json, query)),
    contract::endpoint<DeleteDepartment, &delete_department, &write_no_department>(
        row(Method::del, "/v4/global/departments/:id", BodyRule::none, query)),
    contract::endpoint<ListAgents, &list_global_agents, &write_global_agents>(
        row(Method::get, "/v4/global/agents", BodyRule::none, agents_query)),
    contract::endpoint<GetAgent, &get_agent, &write_global_agent>(
        row(Method::get, "/v4/global/agents/:id", BodyRule::none, query)),
    contract::endpoint<ListAgents, &find_current_agent, &write_current_agent>(
        row(Method::get, "/v4/global/currentAgent", BodyRule::none, query)),
    call<GetFile, &get_file>(Method::get, "/v4/livechat/file-upload/:id/:name"),
    contract::endpoint<ListContacts, &list_contacts, &write_contacts>(
        row(Method::get, "/v4/contact/contacts", BodyRule::none, contacts_query)),
    contract::endpoint<ListContacts, &query_contacts, &write_contacts>(
        row(Method::post, "/v4/contact/contacts:query", BodyRule::any, contacts_search_query)),
    contract::endpoint<PutContact, &add_contact, &write_new_contact>(
        row(Method::post, "/v4/contact/contacts", BodyRule::json, query)),
    contract::endpoint<GetContact, &read_contact, &write_contact>(
        row(Method::get, "/v4/contact/contacts/:id", BodyRule::none, contact_query)),
    contract::endpoint<PutContact, &put_contact, &write_contact>(
        row(Method::put, "/v4/contact/contacts/:id", BodyRule::json, query)),
    contract::endpoint<MergeContacts, &merge_contacts, &write_contact>(
        row(Method::post, "/v4/contact/contacts/:id:merge", BodyRule::json, query)),
    contract::endpoint<DeleteContacts, &delete_contact, &write_no_contacts>(
        row(Method::del, "/v4/contact/contacts/:id", BodyRule::none, query)),
    contract::endpoint<DeleteContacts, &delete_contacts, &write_no_contacts>(
        row(Method::del, "/v4/contact/contacts", BodyRule::json, query)),
    contract::endpoint<ListContacts, &query_identities, &write_identities>(
        row(Method::post, "/v4/contact/contactIdentities:query", BodyRule::json, query)),
    contract::endpoint<ListContacts, &identify, &write_identities>(
        row(Method::get, "/v4/contact/contactIdentities:identify", BodyRule::none, identify_query)),
    contract::endpoint<PutIdentity, &add_identity, &write_put_identity>(
        row(Method::post, "/v4/contact/contactIdentities", BodyRule::json, query)),
    contract::endpoint<GetContact, &read_identity, &write_identity>(
        row(Method::get, "/v4/contact/contactIdentities/:id", BodyRule::none, query)),
    contract::endpoint<PutIdentity, &put_identity, &write_put_identity>(
        row(Method::put, "/v4/contact/contactIdentities/:id", BodyRule::json, query)),
    contract::endpoint<DeleteIdentity, &delete_identity, &write_no_identity>(
        row(Method::del, "/v4/contact/contactIdentities/:id", BodyRule::none, query)),
    contract::own_answer<&answer_away_statuses>(
        "AwayStatuses",
        {.method = Method::get, .pattern = "/v4/global/agentAwayStatuses", .access = Access::credentials}),
    contract::own_answer<&answer_token_request>(
        "Login", {.method = Method::post, .pattern = "/oauth/token", .body = BodyRule::any}),
};

}  // namespace

std::span<const Endpoint> endpoints(bool with_logins) noexcept {
  return std::span(table).first(table.size() - (with_logins ? 0 : 1));
}

}  // namespace parley::comm100
