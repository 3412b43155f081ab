// See integration.hpp. Both profiles have these calls, with today's texts: servers of 0.70 had few of them.
#include "adapters/rocketchat/integration.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/rocketchat/checks.hpp"
#include "adapters/rocketchat/codecs.hpp"
#include "adapters/rocketchat/facade.hpp"

namespace parley::rocketchat {
namespace {

using adapters::Request;
using shape::Node;

constexpr std::size_t default_count = 50;
constexpr std::size_t largest_count = 100;

/// The query with only these parameters, each a text; `required` may be empty.
Result<List<Parameter>> read_query(const Request& request, std::string_view required,
                                   std::span<const std::string_view> known) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return query;
  const auto named = [&query](std::string_view name) {
    return std::any_of(query->begin(), query->end(), [name](const Parameter& one) { return one.name == name; });
  };
  if (!required.empty() && !named(required)) return schema::missing(required, {});
  for (const Parameter& one : *query) {
    if (std::find(known.begin(), known.end(), one.name) == known.end()) return schema::unknown(one.name, {});
  }
  for (const Parameter& one : *query) {  // a list of one is coerced to its element
    if (one.form == Parameter::Form::object || one.values > 1) return schema::not_a_string(one.name);
  }
  return query;
}

String value_of(const List<Parameter>& query, std::string_view name) {
  for (const Parameter& one : query) {
    if (one.name == name) return one.value;
  }
  return {};
}

constexpr std::array<std::string_view, 6> search_keys = {"term", "offset", "count", "sort", "query", "fields"};
constexpr std::array<std::string_view, 9> user_keys = {"text",   "offset",        "count",     "sort",          "query",
                                                       "fields", "onlyAvailable", "excludeId", "showIdleAgents"};
constexpr std::array<std::string_view, 6> rooms_keys = {"open", "roomName", "departmentId", "offset", "count", "sort"};
constexpr std::array<std::string_view, 3> page_keys = {"offset", "count", "sort"};
constexpr std::array<std::string_view, 1> visitor_keys = {"visitorId"};
constexpr std::array<std::string_view, 3> room_keys = {"roomId", "roomName", "fields"};
constexpr std::array<std::string_view, 2> status_keys = {"status", "agentId"};

std::size_t number_or(const List<Parameter>& query, std::string_view name, std::size_t otherwise) {
  const String text = value_of(query, name);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() ? number : otherwise;
}

String lower_case(std::string_view text) {
  String lower(text);
  for (char& byte : lower) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return lower;
}

bool contains(std::string_view text, std::string_view part) {
  return lower_case(text).find(lower_case(part)) != String::npos;
}

}  // namespace

Result<Operation> get_visitor_by_id(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, "visitorId", visitor_keys);
  if (!query) return std::move(query).error();
  return Operation(GetVisitor{.visitor = {value_of(*query, "visitorId")}, .token = {}});
}

Result<Operation> search_visitors(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, "term", search_keys);
  if (!query) return std::move(query).error();
  return Operation(ListVisitors{});
}

Result<Operation> list_users(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, {}, user_keys);
  if (!query) return std::move(query).error();
  return Operation(ListAgents{});
}

Result<Operation> get_user(const adapters::Facade&, const Request& request) {
  return Operation(GetAgent{.agent = {request.parameters[0]}});
}

Result<Operation> set_agent_status(const adapters::Facade&, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  const Node& root = document.root();
  if (Result<void> object = schema::object(root, {}); !object) return std::move(object).error();
  // The vendor toggles where no status is sent; what it would become here is not known without asking the backend.
  const std::span<const std::string_view> required(status_keys.data(), 1);
  if (Result<void> complete = schema::required(root, required, {}); !complete) return std::move(complete).error();
  if (Result<void> alone = schema::nothing_else(root, status_keys, {}); !alone) return std::move(alone).error();
  SetAgentStatus set;
  const Result<String> status = schema::string(*root.find("status"), "status");
  if (!status) return status.error();
  if (*status != available && *status != not_available) {
    return Error{.code = Code::invalid_field,
                 .message = "must be equal to one of the allowed values",
                 .field = "status",
                 .detail = {},
                 .source = by_schema};
  }
  set.status = *status == available ? "Online" : "Away";
  if (const Node* agent = root.find("agentId")) {
    Result<String> id = schema::string(*agent, "agentId");
    if (!id) return std::move(id).error();
    set.agent.text = std::move(*id);
  } else {
    set.agent.text.assign(request.header("X-User-Id").value_or(""));
  }
  return Operation(std::move(set));
}

Result<Operation> list_rooms(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, {}, rooms_keys);
  if (!query) return std::move(query).error();
  return Operation(ListChats{});
}

Result<Operation> get_room(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, {}, room_keys);
  if (!query) return std::move(query).error();
  String id = value_of(*query, "roomId");
  if (id.empty()) {
    return Error{.code = Code::missing_field, .message = {}, .field = "roomId", .detail = {}, .source = by_handler};
  }
  return Operation(GetChatContact{.chat = {std::move(id)}, .domain = {}});
}

Result<Operation> get_pages(const adapters::Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, {}, page_keys);
  if (!query) return std::move(query).error();
  return Operation(GetChatContact{.chat = {request.parameters[0]}, .domain = {}});
}

Paging paging_of(const Request& request) {
  struct Listed {
    std::string_view path;
    std::string_view text;  ///< the parameter that says what to look for
  };
  static constexpr std::array<Listed, 4> lists = {
      {{path::visitors_search, "term"}, {path::agents, "text"}, {path::rooms, "roomName"}, {path::pages_of_room, {}}}};
  const auto list = std::find_if(lists.begin(), lists.end(),
                                 [&request](const Listed& one) { return is_endpoint(request.endpoint, one.path); });
  if (list == lists.end()) return {};
  const Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return {};
  Paging paging;
  paging.text = value_of(*query, list->text);
  paging.leave_out = value_of(*query, "excludeId");
  paging.department = value_of(*query, "departmentId");
  paging.closed = value_of(*query, "open") == "false";
  paging.offset = number_or(*query, "offset", 0);
  paging.count = std::min(number_or(*query, "count", default_count), largest_count);
  return paging;
}

bool matches(const Visitor& visitor, const Paging& paging) {
  if (paging.text.empty()) return true;
  const auto is_it = [&paging](const String& one) { return one == paging.text; };
  return std::any_of(visitor.emails.begin(), visitor.emails.end(), is_it) ||
         std::any_of(visitor.phones.begin(), visitor.phones.end(), is_it) || contains(visitor.name, paging.text) ||
         contains(visitor.username, paging.text);
}

bool matches(const Agent& agent, const Paging& paging) {
  if (!paging.leave_out.empty() && agent.id.text == paging.leave_out) return false;
  return paging.text.empty() || contains(agent.name, paging.text) || contains(agent.username, paging.text);
}

bool matches(const Chat& chat, const Paging& paging) {
  if (paging.closed || (!paging.department.empty() && chat.department.text != paging.department)) return false;
  return paging.text.empty() || contains(chat.title, paging.text);
}

}  // namespace parley::rocketchat
