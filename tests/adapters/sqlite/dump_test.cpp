// A store that is loaded from the dump of another one is the same store: their dumps are equal to the byte.
#include "gateway/translate/dump.hpp"
#include "adapters/sqlite/archive.hpp"

#include <sstream>

#include "adapters/sqlite/keeper.hpp"
#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/conversation.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/json.hpp"
#include "tests/support/random.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using gateway::translate::append_dump_line;
using gateway::translate::DocumentSplitter;
using gateway::translate::DumpReader;
using gateway::translate::Piece;
using parley::store::test::agent;
using parley::store::test::assigning;
using parley::store::test::closing;
using parley::store::test::from_agent;
using parley::store::test::from_visitor;
using parley::test::contains;
using parley::test::Random;
using std::chrono::milliseconds;

namespace {

String dump_of(const String& path) {
  auto archive = Archive::open(settings_for(path));
  REQUIRE_MESSAGE(archive.has_value(), (archive ? String() : archive.error().message));
  String lines;
  const auto take = [&lines](std::string_view kind, std::string_view json) -> Result<void> {
    append_dump_line(kind, json, lines);
    return {};
  };
  const auto read = (*archive)->read_all(take);
  REQUIRE_MESSAGE(read.has_value(), (read ? String() : read.error().message));
  return lines;
}

/// Loads the lines, `batch` at a time. Returns the first error.
Result<void> load_dump(contract::Backend& backend, std::string_view lines, std::size_t batch = 1000) {
  DumpReader reader;
  contract::Records records;
  std::size_t gathered = 0;
  DocumentSplitter splitter({}, [&](const Piece& piece) -> Result<void> {
    if (auto read = reader.read(piece, records, nullptr); !read) return read;
    if (++gathered % batch != 0) return {};
    auto loaded = backend.load(records);
    records = {};
    return loaded;
  });
  if (auto fed = splitter.feed(lines); !fed) return fed;
  if (auto ended = splitter.finish(); !ended) return ended;
  return backend.load(records);
}

/// The first line that differs, for a message.
String first_difference(std::string_view one, std::string_view other) {
  const auto at =
      static_cast<std::size_t>(std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first - one.begin());
  const auto line_of = [at](std::string_view text) {
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return String(text.substr(begin, text.find('\n', at) - begin));
  };
  return one == other ? String() : line_of(one) + "\n" + line_of(other);
}

/// A store with these lines has the same dump, also if they are loaded twice and in pieces.
void check_law(const String& dump, std::size_t batch) {
  const World other;
  const auto loaded = load_dump(*other.backend, dump, batch);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? String() : loaded.error().message + loaded.error().detail));
  CHECK(first_difference(dump, dump_of(other.folder.file())) == "");
  REQUIRE(load_dump(*other.backend, dump).has_value());
  CHECK(first_difference(dump, dump_of(other.folder.file())) == "");
}

std::size_t count(std::string_view dump, std::string_view kind) {
  const String begin = "{\"kind\":\"" + String(kind) + "\"";
  std::size_t found = 0;
  for (std::size_t at = dump.find(begin); at != std::string_view::npos; at = dump.find(begin, at + 1)) ++found;
  return found;
}

/// One client that does everything that a client can do, at random.
class Anybody {
 public:
  Anybody(World& world, std::uint64_t seed) : world_(world), random_(seed) {}

  void act() {
    const String token = "token " + std::to_string(random_.below(4));
    const String by = random_.chance(50) ? "bob" : "eve";
    RegisterVisitor visitor = registration(token);
    if (random_.chance(30)) visitor.email = token + "@example.com";
    if (random_.chance(30)) visitor.name = "Name \n\xE2\x80\xA8 " + std::to_string(random_.below(100));
    world_->visitor(visitor);
    const ChatId chat = world_->get<OpenedChat>(opening(token)).chat->id;
    switch (random_.below(15)) {
      case 0:
        return keep(closing(chat, token));
      case 1:
        return keep(assigning(chat, by, by));
      case 2:
        return change(chat, token);
      case 3:
        return pages(token, chat);
      case 4:
        return keep(RateChat{.chat = {.id = chat}, .rating = {.grade = 4, .comment = "fine"}});
      case 5:
        return keep(SetPresence{.token = token, .presence = Presence::away});
      case 6: {
        OfflineMessage left;
        left.email = token + "@example.com";
        left.text = "call me";
        return keep(LeaveOfflineMessage{left});
      }
      case 7: {
        PutDepartment put;
        put.department.text = "d" + std::to_string(random_.below(3));
        put.create = random_.chance(50);
        put.name = Text("Sales");
        return keep(std::move(put));
      }
      case 8:
        keep(closing(chat, token));
        return leave();
      case 9:
        keep(closing(chat, token));
        return keep(random_.chance(30) ? Operation(DeleteVisitor{.token = token}) : Operation(by_token(token)));
      case 10:
        keep(closing(chat, token));
        return keep(DeleteChats{{{.id = chat}}});
      case 11:
        return send_file(chat, token);
      default:
        return post(chat, token, by);
    }
  }

 private:
  void keep(const Operation& operation) { static_cast<void>(world_->run(operation)); }
  void post(const ChatId& chat, const String& token, const String& by) {
    for (std::size_t left = 1 + random_.below(5); left > 0; --left) {
      const bool mine = random_.chance(60);
      keep(mine ? from_visitor(chat, token, "v\r\n") : from_agent(chat, by, "a"));
    }
  }
  void send_file(const ChatId& chat, const String& token, std::size_t least = 0) {
    PostFile send;
    send.chat.id = chat;
    send.chat.token = Text(token);
    send.file.id.text = "file-" + std::to_string(++files_);
    send.file.type = "text/plain";
    for (std::size_t left = least + random_.below(3); left > 0; --left) {
      const String bytes(1 + random_.below(300), static_cast<char>(random_.below(256)));
      REQUIRE(world_->keep_part(send.file.id, send.file.parts++, bytes).has_value());
      send.file.size += static_cast<std::int64_t>(bytes.size());
    }
    keep(send);
  }
  void change(const ChatId& chat, const String& token) {
    const Ref<Message> message = world_->get<PostedMessage>(from_visitor(chat, token, "before")).message;
    EditMessage edit{.chat = {.id = chat}, .author = message->author, .id = message->id, .text = "after"};
    edit.chat.token = Text(token);
    keep(edit);
    DeleteMessage remove{.chat = edit.chat, .author = message->author, .id = message->id};
    if (random_.chance(50)) keep(remove);
  }
  void pages(const String& token, const ChatId& chat) {
    RecordPageVisit page = page_of(token, "https://x.example/");
    page.chat = chat;
    keep(page);
  }

 public:
  /// A visitor who does nothing else sends a file.
  void send() {
    world_->visitor(registration("sender"));
    send_file(world_->get<OpenedChat>(opening("sender")).chat->id, "sender", 1);
  }
  /// Everybody without an open chat leaves the site.
  void leave() {
    auto& writes = dynamic_cast<Store&>(*world_.backend).writes();
    REQUIRE(
        sweep(writes, {.out_of_site = milliseconds(0)}, Time::at(Time::now().since_epoch + 60'000), 10).has_value());
  }

 private:
  World& world_;
  Random random_;
  int files_ = 0;
};

template <class T>
String random_line(std::string_view kind, Random& random, std::string_view chat = {}) {
  parley::test::Value record = parley::test::random_record(shape::canonical_view<T>, random);
  if (!chat.empty()) {
    record.erase("chat");
    record.children.push_back(parley::test::member("chat", parley::test::string(chat)));
  }
  String line;
  append_dump_line(kind, parley::test::print(record), line);
  return line;
}

}  // namespace

TEST_CASE("the dump of random conversations makes an equal store, in one piece and in many") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    World world;
    contract::Records records;
    for (const char* id : {"bob", "eve"}) records.agents.push_back(agent_named(id, id, "Online"));
    for (const std::int64_t repeat : {0, 1, 2}) {  // in one millisecond
      PageVisit& page = records.page_visits.emplace_back();
      page.token = "nobody";
      page.at = Time::at(1'600'000'000'000);
      page.repeat = repeat;
    }
    world.load(records);
    Anybody anybody(world, seed);
    for (int round = 0; round < 160; ++round) anybody.act();
    world->visitor(registration("quiet"));
    anybody.send();
    anybody.leave();
    const String dump = dump_of(world.folder.file());
    for (const char* kind : {"agent", "department", "visitor", "chat", "message", "file", "file_part", "page_visit",
                             "offline_message", "contact", "counter"}) {
      CAPTURE(kind);
      CHECK(count(dump, kind) > 0);
    }
    CHECK(contains(dump, "\"repeat\":"));
    CHECK(contains(dump, "\"status\":\"outOfSite\""));
    check_law(dump, seed == 1 ? 1 : seed * 7);
  }
}

TEST_CASE("the dump of records with any members, of any vendor, makes an equal store") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    World world;
    String lines = random_line<Agent>("agent", random) + random_line<Department>("department", random);
    for (int at = 0; at < 5; ++at) lines += random_line<Visitor>("visitor", random);
    lines += "{\"kind\":\"chat\",\"record\":{\"id\":\"c\",\"state\":\"ended\",\"visitor\":\"ann\"}}\n";
    for (int at = 0; at < 5; ++at) lines += random_line<Chat>("chat", random);
    for (int at = 0; at < 3; ++at) lines += random_line<OfflineMessage>("offline_message", random);
    lines += random_line<Contact>("contact", random);
    const String as_they_are = lines;
    for (int at = 0; at < 8; ++at) lines += random_line<Message>("message", random, "c");
    lines += R"({"kind":"visitor","record":{"id":"ann","odd":{"a": [1 ,2]},"name":5,)"
             R"("extensions":{"vendor.visitor":{"theirs":"\u00e9 \u2028"},"other.visitor":{"x":1.50}}}})";
    // One by one, so that the order of the messages is not that of their times.
    const auto loaded = load_dump(*world.backend, lines, 1);
    REQUIRE_MESSAGE(loaded.has_value(), (loaded ? String() : loaded.error().message));
    const String dump = dump_of(world.folder.file());
    CHECK(contains(dump, R"("odd":{"a": [1 ,2]})"));
    CHECK(contains(dump, R"("theirs":"\u00e9 \u2028")"));
    CHECK(contains(dump, "1.50"));
    // Nothing is lost on the first way either. A chat or offline message without a number gets one, and identities are told whose they are.
    std::istringstream each(as_they_are);
    std::size_t same = 0;
    for (std::string line; std::getline(each, line);) {
      if (line.starts_with(R"({"kind":"chat")") && !contains(line, R"("sequence":)")) continue;
      if (line.starts_with(R"({"kind":"offline_message")") && !contains(line, R"("number":)")) continue;
      if (line.starts_with(R"({"kind":"contact")") && contains(line, R"("identities":[{)")) continue;
      CAPTURE(line.substr(0, 200));
      CHECK((contains(dump, line + '\n')));
      ++same;
    }
    CHECK(same >= 8);
    check_law(dump, seed % 2 == 0 ? 3 : 1000);
  }
}

TEST_CASE("a dump is the store as of one moment, while clients write") {
  World world;
  world->visitor(registration("t"));
  const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
  auto archive = Archive::open(settings_for(world.folder.file()));
  REQUIRE(archive.has_value());
  String kinds;
  const auto take = [&](std::string_view kind, std::string_view) -> Result<void> {
    if (kind == "visitor") {
      world->get<PostedMessage>(from_visitor(chat, "t", "Hello"));
      world->visitor(registration("later"));
    }
    kinds.append(kind).append(" ");
    return {};
  };
  REQUIRE((*archive)->read_all(take).has_value());
  CHECK(kinds == "visitor chat contact counter counter ");
  kinds.clear();
  const auto refused = (*archive)->read_all(
      [](auto, auto) -> Result<void> { return Error{.code = Code::unavailable, .message = "enough"}; });
  REQUIRE(refused.has_error());
  CHECK(refused.error().message == "enough");
  REQUIRE((*archive)
              ->read_all([&kinds](std::string_view kind, auto) -> Result<void> {
                kinds.append(kind).append(" ");
                return {};
              })
              .has_value());
  CHECK(kinds == "visitor visitor chat message contact counter counter ");
}

TEST_CASE("an interrupted load leaves chats that agree with their messages, and a client may go on in between") {
  World world;
  world->visitor(registration("t"));
  const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
  for (int at = 0; at < 6; ++at) world->get<PostedMessage>(from_visitor(chat, "t", "v"));
  const String dump = dump_of(world.folder.file());
  const std::size_t third = dump.find("\"number\":3,");
  REQUIRE(third != String::npos);
  const std::size_t begin = dump.rfind('\n', third) + 1;

  World other;
  REQUIRE(load_dump(*other.backend, dump.substr(0, begin)).has_value());
  const auto chat_now = [&other, &chat] { return other->chat(Operation(GetChat{{.id = chat}})); };
  CHECK(chat_now().messages == 2);
  CHECK(other->get<PostedMessage>(from_visitor(chat, "t", "between")).message->number == 3);
  CHECK(chat_now().messages == 3);
  REQUIRE(load_dump(*other.backend, dump.substr(begin)).has_value());
  const Chat after = chat_now();
  CHECK(after.messages == 7);
  CHECK(after.visitor_messages == 7);
  const auto transcript = other->get<Transcript>(ListMessages{.chat = {.id = chat}});
  REQUIRE(transcript.messages.records.size() == 7);
  for (std::size_t at = 0; at < 7; ++at)
    CHECK(transcript.messages.records[at]->number == static_cast<std::int64_t>(at + 1));
  CHECK(after.last_message_at == transcript.messages.records[6]->shown_at);
}

TEST_CASE("a visitor's page visits are found by their time, however many there are") {
  const World world;
  auto connection = Connection::open(world.folder.file(), Connection::Mode::read);
  REQUIRE(connection.has_value());
  Statement plan(**connection,
                 "explain query plan select count(*) from page_visits where token = 'a' and at = 1 and chat = '' and "
                 "change = '' and title = '' and url = ''");
  Rows rows = plan.rows();
  REQUIRE(rows.next());
  CHECK(contains(rows.text(3), "(token=? AND at=?)"));
}
