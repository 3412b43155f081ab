// The requests of the chat history as operations; see chats.hpp. write_chats.cpp has the answers.
#include "adapters/comm100/facade/chats.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

using http::Request;

constexpr std::size_t default_size = 50;
constexpr std::size_t largest_size = 500;
constexpr std::size_t most_deleted = 1000;  // in one call; the vendor names no number

/// The name of an included entity, and its switch. The vendor has more entities; Parley has nothing to show for them.
struct Included {
  std::string_view name;
  bool Includes::*wanted;
};
constexpr std::array<Included, 5> known_includes = {{{"messages", &Includes::messages},
                                                     {"visitor", &Includes::visitor},
                                                     {"chatAgent", &Includes::agents},
                                                     {"postChatSurvey", &Includes::survey},
                                                     {"customVariable", &Includes::values}}};

/// Reads `include=a,b` and `include=a&include=b`. Unknown names are passed over.
Includes read_includes(const Request& request) {
  Includes includes;
  http::QueryPairs pairs(request.query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = http::percent_decode(pair->first, true);
    if (!key || !ascii::same_ignoring_case(*key, "include")) continue;
    const std::optional<String> value = http::percent_decode(pair->second, true);
    for (std::string_view rest = value ? std::string_view(*value) : std::string_view(); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view name = ascii::trim(rest.substr(0, comma));
      for (const Included& one : known_includes) {
        if (ascii::same_ignoring_case(one.name, name)) includes.*one.wanted = true;
      }
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return includes;
}

Result<ChatRef> path_chat(const Request& request) {
  std::optional<ChatRef> chat = chat_named(request.parameters.front());
  if (!chat) return fault(Code::invalid_field, "Parameter 'id' must be an integer from 1 or a guid.", "id");
  return *std::move(chat);
}

/// Reads sortBy and sortOrder: by startTime, the latest first, unless the request wants another order.
Result<void> read_order(const Request& request, ListChats& operation) {
  const String by = http::query_value(request.query, "sortBy", true).value_or("startTime");
  const String order = http::query_value(request.query, "sortOrder", true).value_or("desc");
  const auto is = [](std::string_view text, std::string_view one, std::string_view other) {
    return ascii::same_ignoring_case(text, one) || ascii::same_ignoring_case(text, other);
  };
  const bool rising = is(order, "asc", "ascending");
  if (!rising && !order.empty() && !is(order, "desc", "descending")) {
    return fault(Code::invalid_field, "Parameter 'sortOrder' must be asc or desc.", "sortOrder");
  }
  operation.filter.newest_first = !rising;
  if (is(by, "startTime", "")) return {};
  for (const shape::Row& row : shape::view<chat>.rows) {
    if (!ascii::same_ignoring_case(row.key, by) || row.type->view != nullptr || row.type->element != nullptr) continue;
    operation.query.shape = &shape::view<chat>;
    operation.query.order = {{{String(row.key)}, !rising}};
    return {};
  }
  return fault(Code::invalid_field, "Parameter 'sortBy' is not a member of a chat.", "sortBy");
}

/// The guid of a department whose id is free text does not give that id back, and the zero guid is shown for none. For these the documents
/// are compared, which show the guid.
void compare_shown_department(ListChats& operation) {
  const std::optional<ids::Guid> guid = ids::parse_guid(operation.filter.department.text);
  if (!guid || (*guid != ids::Guid{} && !ids::may_be_mapped(*guid))) return;
  operation.filter.department = {};
  operation.query.shape = &shape::view<chat>;
  ListTest same{.kind = ListTest::Kind::equals, .path = {"departmentId"}, .values = {ids::format(*guid)}};
  operation.query.conditions.push_back({{std::move(same)}});
}

/// The filters of the body. A request without a body has none.
Result<void> read_filters(const Request& request, ChatFilter& filter) {
  if (request.body.empty()) return {};
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return parsed;
  ChatSearch search;
  shape::Reading reading(true);
  shape::read_object(shape::view<chat_search>, body.root(), &search, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  return apply(search, filter);
}

Result<ListChats> read_search(const Request& request, FoundPage& page) {
  ListChats operation;
  operation.filter.state = ChatFilter::State::ended;
  if (Result<void> read = read_filters(request, operation.filter); !read) return std::move(read).error();
  Result<String> department = query_id(request, "departmentId");
  if (!department) return std::move(department).error();
  if (!department->empty()) operation.filter.department.text = *std::move(department);
  compare_shown_department(operation);
  if (Result<void> read = read_order(request, operation); !read) return std::move(read).error();

  const Result<std::size_t> index = query_number(request, "pageIndex", 1);
  if (!index) return index.error();
  const Result<std::size_t> size = query_number(request, "pageSize", default_size);
  if (!size) return size.error();
  page.includes = read_includes(request);
  page.index = *index;
  page.size = std::min(*size, largest_size);
  page.scheme = request.secure || request.header("X-Forwarded-Proto") == "https" ? "https" : "http";
  page.host = request.header("Host").value_or(std::string_view());
  page.path = request.target.substr(0, request.target.find('?'));
  page.query = request.query;
  operation.query.offset = (page.index - 1) * page.size;
  operation.query.limit = page.size;
  return operation;
}

}  // namespace

Result<ListMessages> read_chat(const Facade&, const Request& request, Includes& includes) {
  Result<ChatRef> chat = path_chat(request);
  if (!chat) return std::move(chat).error();
  includes = read_includes(request);
  // Without `include=messages` the chat alone is wanted, and one message is the least that can be asked for.
  return ListMessages{.chat = *std::move(chat),
                      .query = {.notes = true, .limit = includes.messages ? std::size_t{0} : std::size_t{1}}};
}

Result<ListChats> search_chats(const Facade&, const Request& request, FoundPage& page) {
  return read_search(request, page);
}

Result<ListChats> search_missed_chats(const Facade&, const Request& request, FoundPage& page) {
  Result<ListChats> operation = read_search(request, page);
  if (!operation) return operation;
  ListTest not_normal{.kind = ListTest::Kind::equals, .path = {"status"}, .values = {"missed", "refused"}};
  operation->query.shape = &shape::view<chat>;
  operation->query.conditions.push_back({{std::move(not_normal)}});
  return operation;
}

Result<DeleteChats> delete_chat(const Facade&, const Request& request) {
  Result<ChatRef> chat = path_chat(request);
  if (!chat) return std::move(chat).error();
  return DeleteChats{.chats = {*std::move(chat)}};
}

Result<DeleteChats> delete_chats(const Facade&, const Request& request) {
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  const shape::Node& root = body.root();
  if (!root.is_array()) return fault(Code::invalid_field, "The request body must be a list of ids.");
  if (root.size > most_deleted) return fault(Code::invalid_field, "The request body must have at most 1000 ids.");
  DeleteChats operation;
  operation.chats.reserve(root.size);
  shape::Reading reading(true);
  for (const shape::Node& child : root) {
    const shape::Reading::Step step(reading, operation.chats.size());
    ChatKey key;
    if (child.is_object()) {  // clients send back what a search has found
      shape::read_object(shape::view<chat_key>, child, &key, reading);
    } else {
      ChatNumber::read(child, key.chat, reading);
    }
    if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
    operation.chats.push_back(std::move(key.chat));
  }
  return operation;
}

}  // namespace parley::comm100
