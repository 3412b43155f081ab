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

namespace {

Message message_of(std::string_view id, std::int64_t number, std::int64_t shown_at) {
  Message message;
  message.id.text = id;
  message.chat.text = "c";
  message.kind = MessageKind::text;
  message.number = number;
  message.at = Time::at(5);
  message.shown_at = Time::at(shown_at);
  message.updated_at = Time::at(7);
  return message;
}

}  // namespace

TEST_CASE("a loaded message keeps the place that it says, if it is the next one; else it gets the next") {
  MemoryTransaction store;
  contract::Records records;
  records.chats = {chat_of("c", "ann", ChatState::ended)};
  records.chats[0].messages = 9;  // as its vendor or its dump counted
  records.chats[0].updated_at = Time::at(8);
  std::int64_t last = Time::now().since_epoch + 3'600'000;  // the other machine's clock
  records.messages = {message_of("m1", 1, 1'000), message_of("m2", 2, last)};
  REQUIRE(load(records, store).has_value());
  REQUIRE(store.messages.size() == 2);
  CHECK(store.messages[0].value == records.messages[0]);
  CHECK(store.messages[1].value == records.messages[1]);
  CHECK(store.chats[0].value.messages == 2);
  CHECK(store.chats[0].value.last_message_at == Time::at(last));
  CHECK(store.chats[0].value.updated_at == Time::at(8));

  // Its number is another's; there is a gap before it; its time is before that of the last, or far in the future; it has no time.
  std::int64_t number = 2;
  for (const Message& misplaced : {message_of("m3", 2, last + 10), message_of("m4", 9, last + 20),
                                   message_of("m5", 5, last), message_of("m7", 6, last + 24 * 3'600'000), [] {
                                     Message one = message_of("m6", 7, 0);
                                     one.shown_at = {};
                                     return one;
                                   }()}) {
    contract::Records more;
    more.messages = {misplaced};
    REQUIRE(load(more, store).has_value());
    const Message& stored = store.messages.back().value;
    CAPTURE(misplaced.id.text.view());
    CHECK(stored.id == misplaced.id);
    CHECK(stored.number == ++number);
    CHECK(stored.shown_at == Time::at(++last));
    CHECK(stored.updated_at != misplaced.updated_at);
  }
  CHECK(store.chats[0].value.messages == 7);
}

TEST_CASE("a loaded visitor without an open chat keeps a status that is not that of somebody who chats") {
  struct Case {
    VisitorStatus said;
    ChatState chat;
    VisitorStatus becomes;
  };
  for (const Case& one : {Case{VisitorStatus::out_of_site, ChatState::ended, VisitorStatus::out_of_site},
                          Case{VisitorStatus::in_site, ChatState::ended, VisitorStatus::in_site},
                          Case{VisitorStatus::offline_message, ChatState::ended, VisitorStatus::offline_message},
                          Case{VisitorStatus::chatting, ChatState::ended, VisitorStatus::chat_ended},
                          Case{VisitorStatus::waiting_for_chat, ChatState::ended, VisitorStatus::chat_ended},
                          Case{VisitorStatus::unknown, ChatState::ended, VisitorStatus::chat_ended},
                          Case{VisitorStatus::out_of_site, ChatState::queued, VisitorStatus::waiting_for_chat},
                          Case{VisitorStatus::in_site, ChatState::queued, VisitorStatus::waiting_for_chat}}) {
    CAPTURE(static_cast<int>(one.said));
    MemoryTransaction store;
    contract::Records records;
    records.visitors = {visitor_named("ann")};
    records.visitors[0].status = one.said;
    records.chats = {chat_of("c", "ann", one.chat)};
    REQUIRE(load(records, store).has_value());
    CHECK(store.visitors[0].value.status == one.becomes);
    // Only an open chat is a sign of life.
    CHECK(store.seen.count("ann") == (one.chat == ChatState::ended ? 0 : 1));
    records.chats.clear();
    REQUIRE(load(records, store).has_value());  // the visitor alone, when the store has the chat
    CHECK(store.visitors[0].value.status == one.becomes);
  }
}

TEST_CASE("loaded page visits are added once, and equal ones as often as they say; one without a time is refused") {
  MemoryTransaction store;
  contract::Records records;
  PageVisit page;
  page.token = "t";
  page.url = "https://x.example/";
  page.at = Time::at(1'000);
  records.page_visits = {page, page, page};
  records.page_visits[1].repeat = 1;
  records.page_visits[2].at = Time::at(1'001);
  for (int times = 0; times < 2; ++times) {
    REQUIRE(check_loadable(records).has_value());
    REQUIRE(load(records, store).has_value());
    CHECK(store.pages.size() == 3);
  }
  for (const auto& spoil : {+[](PageVisit& one) { one.at = {}; }, +[](PageVisit& one) { one.token = {}; }}) {
    contract::Records bad = records;
    spoil(bad.page_visits[1]);
    const auto checked = check_loadable(bad);
    REQUIRE(checked.has_error());
    CHECK(checked.error().field == "page_visits[1]");
  }
}

TEST_CASE("loaded counters only raise those of the store, and an unknown or endless one is refused") {
  MemoryTransaction store;
  const auto load_counter = [&store](std::string_view name, std::int64_t value) {
    contract::Records records;
    records.counters.emplace_back();
    records.counters[0].name = name;
    records.counters[0].value = value;
    if (auto checked = check_loadable(records); !checked) return checked.error().field;
    REQUIRE(load(records, store).has_value());
    return String();
  };
  load_counter("guest", 7);
  load_counter("guest", 5);
  load_counter("chats", 3);
  load_counter("offline_messages", 2);
  CHECK(load_counter("theirs", 9) == "counters[0]");
  CHECK(load_counter("chats", -1) == "counters[0]");
  CHECK(load_counter("chats", INT64_MAX) == "counters[0]");
  CHECK(store.counters.size() == 3);
  CHECK(store.counters.at("guest") == 7);
  CHECK(store.counters.at("chats") == 3);
  CHECK(store.counters.at("offline_messages") == 2);
}
