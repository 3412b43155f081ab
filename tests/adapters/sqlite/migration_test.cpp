// Stores of older versions, with data: everything that the present version needs is there after they were opened.
#include <fstream>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/conversation.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::store::test::closing;
using parley::store::test::from_visitor;
using std::chrono::milliseconds;

namespace {

/// A file as the first `version` migrations make it, with rows that such a version wrote.
void write_old(const String& path, std::size_t version, std::initializer_list<const char*> rows) {
  std::ofstream(path).close();
  auto opened = Connection::open(path, Connection::Mode::write);
  REQUIRE(opened.has_value());
  REQUIRE(migrate(**opened, migrations().first(version)).has_value());
  for (const char* row : rows) (*opened)->run(row);
  REQUIRE_FALSE((*opened)->take_fault().has_value());
}

constexpr const char* ann = R"(insert into visitors (id, token, body) values ('ann', 'a', '{"id":"ann","token":"a"}'))";
constexpr const char* eve = R"(insert into visitors (id, token, body) values ('eve', 'e', '{"id":"eve","token":"e"}'))";
constexpr const char* visit =
    "insert into page_visits (token, chat, change, title, url, at) "
    "values ('a', '', 'url', 'T', 'https://x.example/', 1600000000000)";

/// What is true of a store that was opened, with the ended chats c0 (of Ann, ended 2020-09-13T13:26:40.123Z) and c1 (of Ann, whose end is
/// not known, begun 2021-01-02T03:04:05.006Z), and the open chat c2 of Eve.
void check_opened(const String& path) {
  const auto backend = open(path);
  auto& writes = dynamic_cast<Store&>(*backend).writes();
  Worker worker(*backend);
  ListVisitors here;
  here.on_site = true;
  const List<Visitor> on_site = worker.list<Visitor>(here);
  REQUIRE(on_site.size() == 1);  // who has an open chat
  CHECK(on_site[0].id.text == "eve");

  const store::Retention retention{.chats = milliseconds(1'000)};
  constexpr std::int64_t end = 1'600'003'600'123;
  constexpr std::int64_t begin = 1'609'556'645'006;
  const auto swept = [&](std::int64_t now) { return sweep(writes, retention, Time::at(now), 10)->chats; };
  CHECK(swept(end + 1'000) == 0);
  CHECK(swept(end + 1'001) == 1);
  CHECK(swept(begin + 1'000) == 0);
  CHECK(swept(begin + 1'001) == 1);
  CHECK(swept(Time::now().since_epoch) == 0);  // c2 goes on

  CHECK(worker.get<PostedMessage>(from_visitor({"c2"}, "e", "Hello")).created);
  worker.chat(closing({"c2"}));
  CHECK(worker.get<ErasedVisitor>(DeleteVisitor{.token = "e"}).messages >= 2);
  CHECK(worker.get<ErasedVisitor>(DeleteVisitor{.token = "a"}).pages == 1);
  OfflineMessage message;
  message.text = "Hello";
  CHECK(worker.get<Ref<OfflineMessage>>(LeaveOfflineMessage{message})->number == 1);
  CHECK(worker.get<Ref<Department>>(PutDepartment{.create = true})->disabled == false);
}

}  // namespace

TEST_CASE("a store of schema 1, as version 0.1.0 first wrote it, keeps house and erases") {
  const Folder folder;
  write_old(folder.file(), 1,
            {ann, eve, visit,
             R"(insert into chats (id, visitor, standing, body) values ('c0', 'ann', 3, '{"id":"c0","state":"ended",)"
             R"("visitor":"ann","begin_at":"2020-09-13T12:26:40.123Z","end_at":"2020-09-13T13:26:40.123Z"}'))",
             R"(insert into chats (id, visitor, standing, body) values ('c1', 'ann', 3, '{"id":"c1","state":"ended",)"
             R"("visitor":"ann","begin_at":"2021-01-02T03:04:05.006Z"}'))",
             R"(insert into chats (id, visitor, standing, body) values ('c2', 'eve', 1, '{"id":"c2","visitor":"eve",)"
             R"("state":"waiting","begin_at":"2021-01-02T03:04:05.006Z"}'))"});
  check_opened(folder.file());
}

TEST_CASE("a store of schema 2 keeps house and erases") {
  const Folder folder;
  write_old(
      folder.file(), 2,
      {ann, eve, visit,
       R"(insert into chats (id, visitor, standing, sequence, begin_at, body) values ('c0', 'ann', 3, 1, 1600000000123, )"
       R"('{"id":"c0","state":"ended","sequence":1,"visitor":"ann","begin_at":"2020-09-13T12:26:40.123Z",)"
       R"("end_at":"2020-09-13T13:26:40.123Z","messages":1}'))",
       R"(insert into chats (id, visitor, standing, sequence, begin_at, body) values ('c1', 'ann', 3, 2, 1609556645006, )"
       R"('{"id":"c1","state":"ended","sequence":2,"visitor":"ann","begin_at":"2021-01-02T03:04:05.006Z"}'))",
       R"(insert into chats (id, visitor, standing, sequence, begin_at, body) values ('c2', 'eve', 1, 3, 1609556645006, )"
       R"('{"id":"c2","state":"waiting","sequence":3,"visitor":"eve","begin_at":"2021-01-02T03:04:05.006Z"}'))",
       "insert into counters (name, value) values ('chats', 3)",
       R"(insert into messages (chat, shown_at, number, id, hidden, written, body) values (1, 1600000000124, 1, 'm', 0, 1, )"
       R"('{"id":"m","chat":"c0","number":1,"kind":"text","text":"Hi","shown_at":"2020-09-13T12:26:40.124Z"}'))"});
  check_opened(folder.file());
}

TEST_CASE("a contact of schema 4 has its history, and is known by the visitor from the next chat on") {
  const Folder folder;
  write_old(
      folder.file(), 4,
      {ann,
       R"(insert into chats (id, visitor, standing, sequence, begin_at, end_at, body) values ('c0', 'ann', 3, 1, 1600000000123, 1600000000123, )"
       R"('{"id":"c0","state":"ended","sequence":1,"visitor":"ann","contact":"person","begin_at":"2020-09-13T12:26:40.123Z"}'))",
       "insert into counters (name, value) values ('chats', 1)",
       R"(insert into contacts (id, body) values ('person', '{"id":"person","name":"Ann","channels":[{"name":"api","visitor":"ann"}]}'))",
       "insert into contact_visitors (visitor, contact) values ('ann', 1)"});
  const auto backend = open(folder.file());
  Worker worker(*backend);
  ListChats history;
  history.filter.state = ChatFilter::State::ended;
  history.filter.contact.text = "person";
  CHECK(worker.list<Chat>(history).size() == 1);
  CHECK(worker.get<OpenedChat>(store::test::opening("a")).chat->contact.text == "person");
  const Contact person = *worker.get<Ref<Contact>>(GetContact{{.id = {"person"}}});
  REQUIRE(person.identities.size() == 1);
  CHECK(person.identities[0].value == "ann");
  CHECK(worker.list<Contact>(ListContacts{.query = {}, .filter = {.kind = IdentityKind::visitor, .value = "ann"}})
            .size() == 1);
}
