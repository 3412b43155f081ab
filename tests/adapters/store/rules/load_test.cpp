// Loading into a transaction in memory: what it sets by itself, and what it refuses.
#include "adapters/store/rules/load.hpp"

#include "adapters/store/rules/guests.hpp"
#include "tests/adapters/store/decisions.hpp"
#include "tests/adapters/store/memory_transaction.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

namespace {

Chat chat_of(std::string_view id, std::string_view visitor, ChatState state) {
  Chat chat;
  chat.id.text = id;
  chat.visitor.text = visitor;
  chat.state = state;
  return chat;
}

}  // namespace

TEST_CASE("a record without an id cannot be loaded, and the error names it") {
  contract::Records records;
  CHECK(check_loadable(records).has_value());
  records.visitors.push_back(visitor_named("ann"));
  records.contacts.resize(2);
  records.contacts[0].id.text = "contact";
  const auto checked = check_loadable(records);
  REQUIRE(checked.has_error());
  CHECK(checked.error().field == "contacts[1].id");
}

TEST_CASE("loading a chat for another visitor than before sets the status of both") {
  MemoryTransaction store;
  contract::Records records;
  records.visitors = {visitor_named("ann"), visitor_named("bob")};
  records.chats = {chat_of("old", "ann", ChatState::ended), chat_of("new", "ann", ChatState::queued)};
  REQUIRE(load(records, store).has_value());
  CHECK(store.visitors[0].value.status == VisitorStatus::waiting_for_chat);
  CHECK(store.visitors[1].value.status == VisitorStatus::unknown);  // never chatted: keeps its loaded status

  contract::Records moved;
  moved.chats = {chat_of("new", "bob", ChatState::queued)};
  REQUIRE(load(moved, store).has_value());
  CHECK(store.chats.size() == 2);
  CHECK(store.visitors[0].value.status == VisitorStatus::chat_ended);
  CHECK(store.visitors[1].value.status == VisitorStatus::waiting_for_chat);
}

TEST_CASE("loaded guest names raise the guest counter") {
  MemoryTransaction store;
  contract::Records records;
  for (const char* name : {"guest-7", "guest-3", "ann", "guest-1000000000"}) {
    records.visitors.push_back(visitor_named(name));
    records.visitors.back().username = name;
  }
  REQUIRE(load(records, store).has_value());
  CHECK(store.counters.at(guest_counter) == 7);
}
