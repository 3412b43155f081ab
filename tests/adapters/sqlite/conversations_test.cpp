// Conversations of many clients at once, and those of a store that an older version wrote.
#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/conversation.hpp"
#include "tests/support/random.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::store::test::agent;
using parley::store::test::assigning;
using parley::store::test::closing;
using parley::store::test::from_agent;
using parley::store::test::from_visitor;
using parley::store::test::named_value;
using parley::store::test::numbered;

namespace {

constexpr int threads = 4;
constexpr int visitors = 3;
const String agents[] = {"bob", "eve"};

String token_of(std::size_t visitor) { return "token " + std::to_string(visitor); }

/// What one client was told.
struct Told {
  List<Ref<Message>> posted;
  std::set<String> deleted;
  int wrong = 0;
};

/// A client on a worker of its own, which does one random thing after the other.
class RandomClient {
 public:
  RandomClient(contract::Backend& backend, std::uint64_t seed, Told& told)
      : worker_(backend), random_(seed), told_(told) {}

  void act() {
    const std::size_t what = random_.below(100);
    const String token = token_of(random_.below(visitors));
    if (what < 10) return close(token);
    if (what < 20) return assign(token);
    if (what < 25) return remove();
    if (what < 35) return read();
    post(token, what < 60);
  }

 private:
  ChatId open(const String& token) { return worker_.get<OpenedChat>(opening(token)).chat->id; }

  /// An answer that is an error must have one of these codes: other clients change the chat meanwhile.
  template <class T>
  std::optional<T> try_run(const Operation& operation, std::initializer_list<Code> allowed) {
    Result<Outcome> result = worker_.run(operation);
    if (result) return std::get<T>(*std::move(result));
    const Code code = result.error().code;
    if (std::find(allowed.begin(), allowed.end(), code) == allowed.end()) ++told_.wrong;
    return {};
  }
  void post(const String& token, bool by_visitor) {
    const ChatId chat = open(token);
    PostMessage message = by_visitor ? from_visitor(chat, token, "v") : from_agent(chat, agents[random_.below(2)], "a");
    message.text = std::to_string(random_.below(1000));
    message.id.text = ids::new_random17();
    const auto posted = try_run<PostedMessage>(message, {Code::chat_ended});
    if (!posted) return;
    if (!posted->created || posted->message->text != message.text) ++told_.wrong;
    told_.posted.push_back(posted->message);
    if (!random_.chance(20)) return;
    const auto again = try_run<PostedMessage>(message, {});
    if (!again || again->created || again->message->number != posted->message->number) ++told_.wrong;
  }
  void close(const String& token) { try_run<Ref<Chat>>(closing(open(token), token), {Code::chat_ended}); }
  void assign(const String& token) {
    AssignChat assign = assigning(open(token), "bob", agents[random_.below(2)]);
    assign.transfer = random_.chance(50);
    try_run<Ref<Chat>>(assign, {Code::chat_ended, Code::chat_taken});
  }
  void remove() {
    if (told_.posted.empty()) return;
    const Message& message = *told_.posted[random_.below(told_.posted.size())];
    DeleteMessage remove{.chat = {.id = message.chat}, .author = message.author, .id = message.id};
    if (message.author.kind == ActorKind::visitor) remove.chat.token = message.author.token;
    if (try_run<Ref<Message>>(remove, {Code::chat_ended, Code::no_such_message})) {
      told_.deleted.insert(message.id.text.str());
    }
  }
  /// Whoever lists a chat sees all that this client was told of before, in order.
  void read() {
    if (told_.posted.empty()) return;
    const ChatId& chat = told_.posted[random_.below(told_.posted.size())]->chat;
    const auto transcript = try_run<Transcript>(ListMessages{.chat = {.id = chat}}, {});
    if (!transcript) return;
    std::map<String, std::int64_t> numbers;
    std::int64_t last = 0;
    for (const Ref<Message>& message : transcript->messages.records) {
      if (message->number <= last) ++told_.wrong;
      last = message->number;
      numbers[message->id.text.str()] = message->number;
    }
    for (const Ref<Message>& mine : told_.posted) {
      const String id = mine->id.text.str();
      if (mine->chat == chat && told_.deleted.count(id) == 0 && numbers[id] != mine->number) ++told_.wrong;
    }
  }

  Worker worker_;
  parley::test::Random random_;
  Told& told_;
};

std::int64_t number(const String& path, const char* sql) {
  auto connection = Connection::open(path, Connection::Mode::read);
  REQUIRE(connection.has_value());
  const std::int64_t found = (*connection)->number(sql);
  const auto fault = (*connection)->take_fault();
  REQUIRE_MESSAGE(!fault.has_value(), (fault ? fault->detail : String()));
  return found;
}

}  // namespace

TEST_CASE("conversations of many clients at once keep their invariants") {
  World world;
  contract::Records records;
  for (const String& id : agents) records.agents.push_back(agent_named(id, id, "Online"));
  world.load(records);
  for (std::size_t at = 0; at < visitors; ++at) world->visitor(registration(token_of(at)));

  std::vector<Told> told(threads);
  std::vector<std::thread> all;
  for (int at = 0; at < threads; ++at) {
    all.emplace_back([&, at] {
      RandomClient client(*world.backend, static_cast<std::uint64_t>(at) + 1, told[static_cast<std::size_t>(at)]);
      for (int round = 0; round < 150; ++round) client.act();
    });
  }
  for (std::thread& one : all) one.join();

  std::size_t posted = 0;
  std::set<std::pair<String, std::int64_t>> places;
  for (const Told& one : told) {
    CHECK(one.wrong == 0);
    std::map<String, std::int64_t> last;
    for (const Ref<Message>& message : one.posted) {
      ++posted;
      CHECK(places.emplace(message->chat.text.str(), message->number).second);
      std::int64_t& before = last[message->chat.text.str()];
      CHECK(message->number > before);  // accepted in the order in which this client sent them
      before = message->number;
    }
  }
  CHECK(posted > 200);

  const String path = world.folder.file();
  const auto count = [&path](const char* sql) { return number(path, sql); };
  CHECK(count("select count(*) from messages where written") == static_cast<std::int64_t>(posted));
  // Numbered from 1 without gaps, in the order of their times.
  CHECK(count("select count(*) from (select chat from messages group by chat having min(number) <> 1 or max(number) <> "
              "count(*))") == 0);
  CHECK(count("select count(*) from messages a join messages b on a.chat = b.chat and a.number = b.number + 1 "
              "where a.shown_at <= b.shown_at") == 0);
  // The chat's record agrees with its messages.
  CHECK(count("select count(*) from chats where coalesce(json_extract(body, '$.messages'), 0) <> "
              "(select count(*) from messages where chat = chats.number)") == 0);
  CHECK(count("select count(*) from chats where coalesce(json_extract(body, '$.visitor_messages'), 0) + "
              "coalesce(json_extract(body, '$.agent_messages'), 0) <> "
              "(select count(*) from messages where chat = chats.number and written)") == 0);
  // The last thing that happens in a chat is its end.
  CHECK(
      count("select count(*) from chats where standing = 3 and (select json_extract(m.body, '$.kind') from messages m "
            "where m.chat = chats.number order by m.number desc limit 1) <> 'closed'") == 0);
  CHECK(count("select count(*) from chats where standing = 3") > 0);
  // One open chat for each visitor; each agent has as many chats as its record says.
  CHECK(
      count(
          "select count(*) from (select visitor from chats where standing < 3 group by visitor having count(*) > 1)") ==
      0);
  CHECK(count("select count(*) from agents where coalesce(json_extract(body, '$.ongoing_chats'), 0) <> "
              "(select count(*) from chats where standing < 3 and agent = agents.id)") == 0);
  CHECK(
      count(
          "select count(*) = count(distinct sequence) and min(sequence) = 1 and max(sequence) = count(*) from chats") ==
      1);
}

TEST_CASE("the same message sent by many clients at once is one message") {
  World world;
  world->visitor(registration("t"));
  const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
  PostMessage post = from_visitor(chat, "t", "Hello");
  post.id.text = "mine";
  std::atomic<int> created = 0;
  std::vector<std::thread> all;
  for (int at = 0; at < threads; ++at) {
    all.emplace_back([&] {
      Worker worker(*world.backend);
      for (int round = 0; round < 16; ++round) created += worker.get<PostedMessage>(post).created ? 1 : 0;
    });
  }
  for (std::thread& one : all) one.join();
  CHECK(created == 1);
  CHECK(world->chat(GetChat{{.id = chat}}).messages == 1);
}

TEST_CASE("a store of version 1 opens, and its chats can be found and written to") {
  const Folder folder;
  {
    // What 0.1.0 wrote: chats without columns to search by, and no table of messages.
    const auto connection = [&] {
      std::ofstream(folder.file()).close();
      auto opened = Connection::open(folder.file(), Connection::Mode::write);
      REQUIRE(opened.has_value());
      return *std::move(opened);
    }();
    REQUIRE(migrate(*connection, migrations().first(1)).has_value());
    connection->run(
        R"(insert into visitors (id, token, body) values ('v', 't', '{"id":"v","token":"t","name":"Ann","last_chat":"c1"}'))");
    connection->run(R"(insert into agents (id, body) values ('bob', '{"id":"bob","name":"Bob","ongoing_chats":1}'))");
    connection->run(
        R"(insert into chats (id, visitor, standing, body) values ('c0', 'v', 3, '{"id":"c0","state":"ended",)"
        R"("begin_at":"2020-09-13T12:26:40.123Z","end_at":"2020-09-13T13:26:40.000Z","visitor":"v","service":"Shop",)"
        R"("call_data":[{"name":"order","value":"4711"},{"name":"paid","value":true}],)"
        R"("extensions":{"rocketchat.room":{"unitId":1.50}}}'))");
    connection->run(
        R"(insert into chats (id, visitor, standing, body) values ('c1', 'v', 2, '{"id":"c1","state":"active",)"
        R"("begin_at":"2021-01-02T03:04:05.006Z","visitor":"v","agent":"bob","department":"sales",)"
        R"("participants":[{"id":"v"},{"id":"bob","is_agent":true}]}'))");
    REQUIRE_FALSE(connection->take_fault().has_value());
  }
  const auto store = open(folder.file());
  Worker worker(*store);
  CHECK(worker.visitor(by_token("t")).name == "Ann");
  const Chat first = worker.chat(GetChat{numbered(1)});
  CHECK(first.id.text == "c0");
  REQUIRE(first.extensions.size() == 1);
  CHECK(first.extensions[0].json == "1.50");
  using State = ChatFilter::State;
  const auto found = [&worker](const ChatFilter& filter) {
    String all;
    for (const Chat& chat : worker.list<Chat>(ListChats{.domain = {}, .query = {}, .filter = filter})) {
      all.append(chat.id.text.view()).append(" ");
    }
    return all;
  };
  const Time begin = Time::at(1'600'000'000'123);
  CHECK(found({.state = State::any, .from = begin, .to = begin}) == "c0 ");
  CHECK(found({.state = State::any, .to = Time::at(begin.since_epoch - 1)}).empty());
  CHECK(found({.state = State::any, .service = "Shop"}) == "c0 ");
  CHECK(found({.state = State::any, .agent = {"bob"}}) == "c1 ");
  CHECK(found({.state = State::any, .department = {"sales"}}) == "c1 ");
  CHECK(found({.state = State::any, .values = {named_value("order", "4711")}}) == "c0 ");
  CHECK(found({}) == "c1 ");
  CHECK(worker.get<PostedMessage>(from_visitor({"c1"}, "t", "Hello")).message->number == 1);
  worker.chat(closing({"c1"}));
  CHECK(worker.get<OpenedChat>(opening("t")).chat->sequence == 3);
}
