// Reading a store beside the process that serves it: one moment, nothing written, and a copy that is whole.
#include "adapters/sqlite/archive.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/conversation.hpp"
#include "tests/support/contains.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::store::test::closing;
using parley::store::test::from_visitor;
using parley::test::contains;

namespace {

std::unique_ptr<contract::Archive> archive_of(const String& path) {
  auto opened = Archive::open(settings_for(path));
  REQUIRE_MESSAGE(opened.has_value(), (opened ? String() : opened.error().message));
  return *std::move(opened);
}

String text_of(const String& path, const char* sql) {
  auto connection = Connection::open(path, Connection::Mode::write);
  REQUIRE(connection.has_value());
  Statement statement(**connection, sql);
  Rows rows = statement.rows();
  return rows.next() ? String(rows.text(0)) : String();
}

/// The kinds of the records of a visitor, in their order.
String kinds_of(contract::Archive& archive, std::string_view id, std::string_view token) {
  String all;
  const auto take = [&all](std::string_view kind, std::string_view json) -> Result<void> {
    CHECK(json.starts_with('{'));
    all.append(kind).append(" ");
    return {};
  };
  const auto read = archive.read_visitor(id, token, take);
  return read ? all : read.error().message;
}

}  // namespace

TEST_CASE("an archive reads all records of a visitor while the store is open, each once") {
  World world;
  RegisterVisitor ann = registration("t");
  ann.email = "ann@example.com";
  const Visitor visitor = world->visitor(ann);
  world->visitor(registration("other"));
  const auto archive = archive_of(world.folder.file());
  CHECK(kinds_of(*archive, {}, "t") == "visitor ");

  const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
  world->get<PostedMessage>(from_visitor(chat, "t", "Hello"));
  world->get<RecordedPage>(page_of("t", "https://x.example/"));
  OfflineMessage message;
  message.email = "ANN@example.com";
  message.visitor = visitor.id;
  world->get<Ref<OfflineMessage>>(LeaveOfflineMessage{message});
  const String all = "visitor contact chat message page_visit offline_message ";
  CHECK(kinds_of(*archive, {}, "t") == all);
  CHECK(kinds_of(*archive, visitor.id.text.view(), {}) == all);
  CHECK(kinds_of(*archive, {}, "other") == "visitor ");
  CHECK(contains(kinds_of(*archive, {}, "nobody"), "no visitor"));

  // A taker that gives up ends the reading, and the next one begins anew.
  std::size_t taken = 0;
  const auto refused = archive->read_visitor({}, "t", [&taken](auto, auto) -> Result<void> {
    return ++taken < 2 ? Result<void>() : Error{.code = Code::unavailable, .message = "enough"};
  });
  REQUIRE(refused.has_error());
  CHECK(refused.error().message == "enough");
  CHECK(taken == 2);
  world->chat(closing(chat, "t"));
  CHECK(kinds_of(*archive, {}, "t") == "visitor contact chat message message page_visit offline_message ");
}

TEST_CASE("an archive refuses what is no store of this version") {
  const Folder folder;
  const auto why = [&folder] {
    const auto opened = Archive::open(settings_for(folder.file()));
    REQUIRE(opened.has_error());
    return opened.error().message;
  };
  CHECK(contains(why(), "there is no store " + folder.file()));
  CHECK_FALSE(std::filesystem::exists(folder.file()));
  std::ofstream(folder.file()) << String(5000, 'x');
  CHECK(contains(why(), "not a database"));
  std::filesystem::remove(folder.file());
  { const auto store = open(folder.file()); }
  {
    auto connection = Connection::open(folder.file(), Connection::Mode::write);
    REQUIRE(connection.has_value());
    (*connection)->run("pragma user_version = 2");
  }
  CHECK(contains(why(), "the store has schema 2 instead of 6: start the gateway once"));
}

TEST_CASE("a copy that is made while clients write is whole, and holds each write or not") {
  World world;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    Worker worker(*world.backend);
    for (int at = 0; !done; ++at) {
      const String token = "t" + std::to_string(at);
      worker.visitor(registration(token));
      const ChatId chat = worker.get<OpenedChat>(opening(token)).chat->id;
      worker.get<PostedMessage>(from_visitor(chat, token, "Hello"));
    }
  });
  const auto archive = archive_of(world.folder.file());
  for (int round = 0; round < 5; ++round) {
    const String copy = world.folder.file("copy" + std::to_string(round) + ".db");
    std::ofstream(copy).close();
    const auto copied = archive->copy_to(copy);
    REQUIRE_MESSAGE(copied.has_value(), (copied ? String() : copied.error().message));
    CHECK(text_of(copy, "pragma integrity_check") == "ok");
    CHECK(text_of(copy, "select count(*) from chats where visitor not in (select id from visitors)") == "0");
    CHECK(text_of(copy, "select count(*) from messages where chat not in (select number from chats)") == "0");
  }
  done = true;
  writer.join();

  const String last = world.folder.file("last.db");
  std::ofstream(last).close();
  REQUIRE(archive->copy_to(last).has_value());
  const std::size_t visitors = world->list<Visitor>(ListVisitors{}).size();
  const auto store = open(last);
  Worker worker(*store);
  CHECK(worker.list<Visitor>(ListVisitors{}).size() == visitors);
  CHECK(worker.get<OpenedChat>(opening("t0")).created == false);
  // The archive reads on, and still changes nothing.
  CHECK(contains(kinds_of(*archive, {}, "t0"), "visitor contact chat message"));
  const auto full = archive->copy_to(last);
  REQUIRE(full.has_error());
  CHECK(contains(full.error().message, "cannot be copied"));
}
