// Two list operations have the same key only if they ask for the same page.
#include "adapters/store/list_key.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/visitor.hpp"

using namespace parley;
using namespace parley::store;

namespace {

using Kind = ListTest::Kind;

ListVisitors visitors(ListQuery query) { return {std::move(query)}; }
ListVisitors tested(ListTest test) { return visitors({.conditions = {{{std::move(test)}}}}); }
ListVisitors sorted(List<SortKey> order) { return visitors({.order = std::move(order)}); }

}  // namespace

TEST_CASE("each part of a list query is a part of its key") {
  const ListTest test{.kind = Kind::equals, .path = {"a", "b"}, .values = {"c", "d"}};
  const auto changed = [&test](auto change) {
    ListTest other = test;
    change(other);
    return tested(std::move(other));
  };
  const List<Operation> different = {
      ListVisitors{},
      ListAgents{},
      ListChats{},
      visitors({.shape = &shape::canonical_view<Visitor>}),
      visitors({.shape = &shape::canonical_view<Agent>}),
      visitors({.offset = 1}),
      visitors({.limit = 1}),
      visitors({.offset = 256}),
      sorted({{{"a"}, false}}),
      sorted({{{"a"}, true}}),
      sorted({{{"b"}, false}}),
      sorted({{{"a", "b"}, false}}),
      sorted({{{"a", "bc"}, false}}),
      sorted({{{"ab", "c"}, false}}),
      sorted({{{"a"}, false}, {{"b"}, false}}),
      sorted({{{"b"}, false}, {{"a"}, false}}),
      tested(test),
      visitors({.conditions = {{{test, test}}}}),
      visitors({.conditions = {{{test}}, {{test}}}}),
      changed([](ListTest& one) { one.kind = Kind::contains; }),
      changed([](ListTest& one) { one.any_element = true; }),
      changed([](ListTest& one) { one.negated = true; }),
      changed([](ListTest& one) { one.from = Time::at(0); }),
      changed([](ListTest& one) { one.to = Time::at(0); }),
      changed([](ListTest& one) { one.path = {"ab"}; }),
      changed([](ListTest& one) {
        one.path = {"a"}, one.values = {"b", "c", "d"};
      }),
      changed([](ListTest& one) { one.values = {"cd"}; }),
      changed([](ListTest& one) {
        one.values = {"c", "d", ""};
      }),
      changed([](ListTest& one) {
        one.values = {"C", "d"};
      }),
  };
  List<String> keys;
  for (const Operation& one : different) keys.push_back(list_key(one));
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  CHECK(std::find(keys.begin(), keys.end(), String()) == keys.end());
  for (const Operation& one : different) CHECK(list_key(one) == list_key(Operation(one)));
}

TEST_CASE("what a store does not look at is no part of the key") {
  ListVisitors asked = visitors({.offset = 3});
  const String key = list_key(asked);
  asked.query.asked = {.api = "some", .parameters = {{"offset", "3"}}};
  CHECK(list_key(asked) == key);
}

TEST_CASE("lists of chats with other filters, and other messages of a chat, have other keys") {
  using State = ChatFilter::State;
  const auto chats = [](const ChatFilter& filter, const char* domain = "") {
    return list_key(ListChats{.domain = domain, .query = {}, .filter = filter});
  };
  const auto messages = [](const ChatRef& chat, const MessageQuery& query = {}) {
    return list_key(ListMessages{.chat = chat, .query = query});
  };
  const Time time = Time::at(5);
  Attribute value;
  value.name = "n";
  value.value = "v";
  List<String> keys = {chats({}),
                       chats({}, "tenant"),
                       chats({.state = State::any}),
                       chats({.state = State::ended}),
                       chats({.from = time}),
                       chats({.to = time}),
                       chats({.visitor = {"x"}}),
                       chats({.agent = {"x"}}),
                       chats({.department = {"x"}}),
                       chats({.service = "x"}),
                       chats({.values = {value}}),
                       chats({.newest_first = true}),
                       messages({.id = {"c"}}),
                       messages({.id = {"d"}}),
                       messages({.sequence = 1}),
                       messages({.id = {"c"}, .token = "t"}),
                       messages({.id = {"c"}, .token = ""}),
                       messages({.id = {"c"}, .domain = "t"}),
                       messages({.id = {"c"}, .must = ChatRef::Must::be_open}),
                       messages({.id = {"c"}}, {.after = time}),
                       messages({.id = {"c"}}, {.before = time}),
                       messages({.id = {"c"}}, {.text = "t"}),
                       messages({.id = {"c"}}, {.newest_first = true}),
                       messages({.id = {"c"}}, {.written_only = true}),
                       messages({.id = {"c"}}, {.notes = true}),
                       messages({.id = {"c"}}, {.offset = 1}),
                       messages({.id = {"c"}}, {.limit = 1}),
                       messages({.id = {"c"}}, {.count = true})};
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  CHECK(chats({.service = "x"}) == chats({.service = "x"}));
}

TEST_CASE("an operation that is no list has no key") {
  CHECK(list_key(GetAgent{}).empty());
  CHECK(list_key(RegisterVisitor{}).empty());
}
