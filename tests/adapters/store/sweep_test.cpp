// Housekeeping, on every store: who leaves the site, and what grows old.
#include "adapters/store/rules/sweep.hpp"

#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;
using std::chrono::milliseconds;

namespace {

Time in(std::int64_t milliseconds) { return Time::at(Time::now().since_epoch + milliseconds); }
constexpr std::int64_t hour = 3'600'000;

Swept swept(World& world, const Retention& retention, Time now, std::size_t limit = 100) {
  const auto done = world->sweep(retention, now, limit);
  REQUIRE(done.has_value());
  return *done;
}

String on_site(World& world) {
  String all;
  ListVisitors list;
  list.on_site = true;
  for (const Visitor& one : world->list<Visitor>(list)) all.append(one.token.view()).append(" ");
  return all;
}

/// `count` chats of one visitor, with a message each: the first ended at second 1, the next at second 2 …
contract::Records ended_chats(int count) {
  contract::Records records;
  records.visitors.emplace_back().id.text = "v";
  for (int at = 1; at <= count; ++at) {
    Chat& chat = records.chats.emplace_back();
    chat.id.text = "c" + std::to_string(at);
    chat.visitor.text = "v";
    chat.state = ChatState::ended;
    chat.begin_at = Time::at(at);
    chat.end_at = Time::at(at * 1'000);
    Message& message = records.messages.emplace_back();
    message.id.text = "m" + std::to_string(at);
    message.chat = chat.id;
    message.kind = MessageKind::text;
    message.at = Time::at(at * 1'000 - 500);
    message.text = "Hello";
  }
  return records;
}

String chats_of(World& world) {
  String all;
  const ChatFilter any{.state = ChatFilter::State::any};
  for (const Chat& one : world->list<Chat>(ListChats{.domain = {}, .query = {}, .filter = any}))
    all.append(one.id.text.view()).append(" ");
  return all;
}
std::size_t messages_of(World& world, std::string_view chat) {
  const ListMessages list{.chat = {.id = {Text(chat)}}, .query = {}};
  return world->get<Transcript>(list).messages.records.size();
}

}  // namespace

EVERY_STORE("a silent visitor leaves the site and comes back as a new visit") {
  World world(kind);
  const Visitor first = world->visitor(registration("t"));
  world->visitor(registration("chatting"));
  world->get<OpenedChat>(opening("chatting"));
  const Retention retention{.out_of_site = milliseconds(hour)};
  CHECK(swept(world, retention, in(hour / 2)).visitors_left == 0);
  CHECK(on_site(world) == "t chatting ");

  const Swept done = swept(world, retention, in(2 * hour));
  CHECK(done.visitors_left == 1);  // not who has an open chat
  CHECK_FALSE(done.more);
  CHECK(on_site(world) == "chatting ");
  const Visitor gone = world->visitor(by_token("t"));
  CHECK(gone.status == VisitorStatus::out_of_site);
  CHECK(gone.presence == Presence::offline);
  CHECK(gone.visits == first.visits);
  CHECK(swept(world, retention, in(2 * hour)).visitors_left == 0);
  world->restart();
  CHECK(on_site(world) == "chatting ");

  world->get<RecordedPage>(page_of("t", "https://x.example/"));
  const Visitor back = world->visitor(by_token("t"));
  CHECK(back.status == VisitorStatus::in_site);
  CHECK(back.visits == first.visits + 1);
  CHECK(back.visit_at >= first.visit_at);
  CHECK(on_site(world) == "t chatting ");
  CHECK(swept(world, {}, in(99 * hour)).visitors_left == 0);  // never
}

EVERY_STORE("a visitor whose chat has ended leaves the site, too") {
  World world(kind);
  world->visitor(registration("t"));
  const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
  world->chat(closing(chat, "t"));
  CHECK(on_site(world) == "t ");
  CHECK(swept(world, {.out_of_site = milliseconds(hour)}, in(2 * hour)).visitors_left == 1);
  CHECK(world->visitor(by_token("t")).status == VisitorStatus::out_of_site);
}

EVERY_STORE("chats are removed with their messages, from their end on, a limited number at a time") {
  World world(kind);
  contract::Records records = ended_chats(5);
  records.chats[1].state = ChatState::active;  // goes on, however old it is
  records.chats[1].end_at = {};
  world.load(records);
  const Retention retention{.chats = milliseconds(10'000)};
  CHECK(swept(world, retention, Time::at(11'000)).chats == 0);  // the first is just as old as it may be
  CHECK(chats_of(world) == "c1 c2 c3 c4 c5 ");
  Swept done = swept(world, retention, Time::at(14'001), 2);
  CHECK(done.chats == 2);
  CHECK(done.more);
  done = swept(world, retention, Time::at(14'001), 2);
  CHECK(done.chats == 1);
  CHECK_FALSE(done.more);
  CHECK(chats_of(world) == "c2 c5 ");
  CHECK(messages_of(world, "c2") == 1);
  CHECK(world->refused(GetChat{{.id = {"c1"}}}) == Code::no_such_chat);
  world->restart();
  CHECK(chats_of(world) == "c2 c5 ");
}

EVERY_STORE("messages are removed before their chat, which keeps its counts") {
  World world(kind);
  world.load(ended_chats(3));
  const Retention retention{.messages = milliseconds(1'000), .chats = milliseconds(100'000)};
  Swept done = swept(world, retention, Time::at(3'500), 1);
  CHECK(done.chats_without_messages == 1);
  CHECK(done.more);
  done = swept(world, retention, Time::at(3'500), 10);
  CHECK(done.chats_without_messages == 1);
  CHECK(done.chats == 0);
  CHECK_FALSE(done.more);
  CHECK(swept(world, retention, Time::at(3'500)).chats_without_messages == 0);  // each only once
  CHECK(messages_of(world, "c1") == 0);
  CHECK(messages_of(world, "c3") == 1);
  CHECK(world->chat(GetChat{{.id = {"c1"}}}).messages == 1);

  // A chat that goes in the same sweep does not count as one whose messages were removed.
  done = swept(world, {.messages = milliseconds(1'000), .chats = milliseconds(1'000)}, Time::at(9'000));
  CHECK(done.chats == 3);
  CHECK(done.chats_without_messages == 0);
  CHECK(chats_of(world).empty());
}

EVERY_STORE("messages that are loaded again grow old again") {
  World world(kind);
  const contract::Records records = ended_chats(1);
  world.load(records);
  const Retention retention{.messages = milliseconds(1'000)};
  CHECK(swept(world, retention, Time::at(9'000)).chats_without_messages == 1);
  world.load(records);
  CHECK(messages_of(world, "c1") == 1);
  CHECK(swept(world, retention, Time::at(9'000)).chats_without_messages == 1);
  CHECK(messages_of(world, "c1") == 0);
}

EVERY_STORE("an ended chat without a known end grows old from its begin, and without either it stays") {
  World world(kind);
  contract::Records records = ended_chats(2);
  records.messages.clear();
  records.chats[0].end_at = {};
  records.chats[1].end_at = records.chats[1].begin_at = {};
  world.load(records);
  CHECK(swept(world, {.chats = milliseconds(1'000)}, Time::at(1'500)).chats == 1);
  CHECK(chats_of(world) == "c2 ");
}

EVERY_STORE("old page visits and offline messages are removed") {
  World world(kind);
  world->visitor(registration("t"));
  for (const char* page : {"1", "2", "3"}) world->get<RecordedPage>(page_of("t", String("https://x.example/") + page));
  contract::Records records;
  for (const std::int64_t at : {3'000, 1'000, 0}) {
    OfflineMessage& message = records.offline_messages.emplace_back();
    message.id.text = "o" + std::to_string(at);
    if (at != 0) message.at = Time::at(at);
  }
  world.load(records);
  const Retention retention{.page_visits = milliseconds(hour), .offline_messages = milliseconds(1'000)};
  Swept done = swept(world, retention, Time::at(3'500));
  CHECK(done.offline_messages == 1);
  CHECK(done.page_visits == 0);
  CHECK_FALSE(done.more);
  const auto left = world->list<OfflineMessage>(ListOfflineMessages{});
  CHECK(left.size() == 2);  // one is young, and of one the time is not known

  done = swept(world, retention, in(2 * hour), 2);
  CHECK(done.offline_messages == 1);
  CHECK(done.page_visits == 2);
  CHECK(done.more);
  done = swept(world, retention, in(2 * hour), 2);
  CHECK(done.page_visits == 1);
  CHECK_FALSE(done.more);
  CHECK(world->get<ErasedVisitor>(DeleteVisitor{.token = "t"}).pages == 0);
}
