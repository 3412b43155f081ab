// The requests of the chat history as operations; see chats.hpp. write_chats.cpp has the answers.
#include "adapters/comm100/facade/chats.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/comm100/fields.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

using http::Request;

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

/// Unknown names are passed over.
Includes read_includes(const Request& request) {
  Includes includes;
  for (const String& name : included(request)) {
    for (const Included& one : known_includes) {
      if (ascii::same_ignoring_case(one.name, name)) includes.*one.wanted = true;
    }
  }
  return includes;
}

ChatRef chat_ref(RecordName&& name) { return {.id = {std::move(name.id)}, .sequence = name.number}; }

Result<ChatRef> path_chat(const Request& request) {
  Result<RecordName> name = path_name(request);
  if (!name) return std::move(name).error();
  return chat_ref(*std::move(name));
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

Result<ListChats> read_search(const Request& request, FoundPage& page) {
  ListChats operation;
  ChatFilter& filter = operation.filter;
  filter.state = ChatFilter::State::ended;
  Result<Search> search = read_search_body(request, shape::view<chat_search>);
  if (!search) return std::move(search).error();
  filter.from = search->from;
  filter.to = search->to;
  Result<String> department = asked_department(request, search->filters);
  if (!department) return std::move(department).error();
  filter.department.text = *std::move(department);
  compare_shown_department(operation);
  Result<Order> order = read_order(request, shape::view<chat>, "startTime", true, "a chat");
  if (!order) return std::move(order).error();
  filter.newest_first = order->falling;
  if (!order->keys.empty()) operation.query.shape = &shape::view<chat>;
  operation.query.order = std::move(order->keys);
  if (Result<void> read = read_page(request, operation.query, page); !read) return std::move(read).error();
  page.includes = read_includes(request);
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
  Result<List<RecordName>> names = body_names(request, shape::view<chat_key>);
  if (!names) return std::move(names).error();
  DeleteChats operation;
  operation.chats.reserve(names->size());
  for (RecordName& name : *names) operation.chats.push_back(chat_ref(std::move(name)));
  return operation;
}

}  // namespace parley::comm100
