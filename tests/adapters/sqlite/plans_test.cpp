// No statement of housekeeping, of erasing, or of a list with a filter reads a whole table that grows.
#include <sqlite3.h>

#include <mutex>
#include <set>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/conversation.hpp"
#include "tests/support/contains.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::store::test::closing;
using parley::store::test::from_visitor;
using parley::test::contains;
using std::chrono::milliseconds;

namespace {

std::mutex mutex;
std::set<std::string> statements;

int note(unsigned, void*, void* statement, void*) {
  const std::scoped_lock lock(mutex);
  statements.insert(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
  return 0;
}
int trace(sqlite3* connection, const char**, const void*) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, note, nullptr);
}

/// Notes every statement that a connection runs which is opened while the object lives.
class Traced {
 public:
  Traced() {
    statements.clear();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(trace));
  }
  ~Traced() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(trace)); }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;
};

/// The steps of a statement's plan.
List<String> plan_of(sqlite3* connection, const std::string& sql) {
  List<String> steps;
  sqlite3_stmt* statement = nullptr;
  REQUIRE_MESSAGE(
      sqlite3_prepare_v2(connection, ("explain query plan " + sql).c_str(), -1, &statement, nullptr) == SQLITE_OK,
      sqlite3_errmsg(connection));
  while (sqlite3_step(statement) == SQLITE_ROW)
    steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
  sqlite3_finalize(statement);
  return steps;
}

constexpr std::string_view growing[] = {"visitors",         "chats",     "messages", "contacts", "page_visits",
                                        "offline_messages", "phones",    "emails",   "id_map",   "contact_visitors",
                                        "chat_values",      "identities"};

/// Whether a step of a plan reads a whole growing table. The oldest page visits are those with the lowest numbers: their table is read from
/// its begin, up to a limit.
bool scans(const std::string& sql, const String& step) {
  if (contains(sql, "from page_visits order by number limit")) return false;
  for (const std::string_view table : growing) {
    const String scan = "SCAN " + String(table);
    if (step == scan || step.starts_with(scan + ' ')) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the store keeps house, erases and lists with a filter by its indexes") {
  World world;
  {
    const Traced traced;
    world.restart();
    RegisterVisitor ann = registration("t");
    ann.email = "ann@example.com";
    ann.phone = "555";
    ann.id.text = "free text";
    world->visitor(ann);
    world->visitor({SetPresence{.token = "t", .presence = Presence::online}});
    world->get<RecordedPage>(page_of("t", "https://x.example/"));
    const ChatId chat = world->get<OpenedChat>(opening("t")).chat->id;
    world->get<PostedMessage>(from_visitor(chat, "t", "Hello"));
    world->get<Site>(GetSite{.token = "t"});
    world->get<Transcript>(PostMessages{.token = "t", .texts = {"one", "two"}});
    world->chat(closing(chat, "t"));
    OfflineMessage message;
    message.email = "ann@example.com";
    message.department.text = "sales";
    const OfflineMessage left = *world->get<Ref<OfflineMessage>>(LeaveOfflineMessage{message});
    world->get<Ref<OfflineMessage>>(ChangeOfflineMessage{.message = {.number = left.number}});
    for (const OfflineMessageFilter& filter : {OfflineMessageFilter{.from = left.at},
                                               {.to = left.at},
                                               {.from = left.at, .department = left.department},
                                               {.department = left.department, .newest_first = true}}) {
      world->list<OfflineMessage>(ListOfflineMessages{.filter = filter});
    }
    const Text contact = world->get<Ref<Contact>>(GetContact{{.email = "ann@example.com"}})->id.text;
    world->get<Ref<Contact>>(GetContact{{.phone = "555"}});
    ListChats history;
    history.filter.state = ChatFilter::State::ended;
    history.filter.contact.text = contact;
    CHECK(world->list<Chat>(history).size() == 1);
    for (const ContactFilter& filter : {ContactFilter{.value = "555"},
                                        {.kind = IdentityKind::email, .value = "ANN@example.com"},
                                        {.kind = IdentityKind::email},
                                        {.identities = {{"x"}, {"y"}}}}) {
      world->list<Contact>(ListContacts{.query = {}, .filter = filter});
    }
    const Contact made = *world->get<Ref<Contact>>(
        PutContact{.create = true, .name = Text("Ann"), .emails = List<Text>{"lee@example.com"}, .unique = true});
    const IdentityId identity = made.identities[0].id;
    world->get<Ref<Contact>>(GetContact{{.identity = identity}});
    world->get<Ref<Contact>>(PutIdentity{.identity = identity, .value = Text("other@example.com")});
    world->get<Ref<Contact>>(DeleteIdentity{identity});
    world->get<Ref<Contact>>(MergeContacts{made.id, {contact}});
    world->get<Ref<Contact>>(PutContact{.contact = made.id, .identities = List<Identity>()});
    const Contact spare = *world->get<Ref<Contact>>(PutContact{.create = true, .name = Text("Bob")});
    CHECK(world->get<DeletedContacts>(DeleteContacts{.contacts = {spare.id}}).contacts == 1);
    ListVisitors here;
    here.on_site = true;
    here.query.limit = 10;
    world->list<Visitor>(here);
    store::Retention retention;
    retention.out_of_site = retention.messages = retention.page_visits = retention.offline_messages = milliseconds(1);
    auto& writes = dynamic_cast<Store&>(*world.backend).writes();
    const Time later = Time::at(Time::now().since_epoch + 1'000);
    const auto swept = sweep(writes, retention, later, 10);
    REQUIRE(swept.has_value());
    CHECK(swept->visitors_left + swept->chats_without_messages + swept->page_visits + swept->offline_messages == 4);
    world->get<Ref<OfflineMessage>>(LeaveOfflineMessage{message});
    world->get<ErasedVisitor>(DeleteVisitor{.token = "t"});
    retention.chats = milliseconds(1);
    CHECK(sweep(writes, retention, later, 10)->chats == 1);
  }
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(world.folder.file().c_str(), &connection) == SQLITE_OK);
  std::size_t seen = 0;
  for (const std::string& sql : statements) {
    if (!sql.starts_with("select") && !sql.starts_with("update") && !sql.starts_with("delete")) continue;
    if (contains(sql, "select exists")) continue;  // whether there are records at all: each table up to its first row
    ++seen;
    for (const String& step : plan_of(connection, sql)) CHECK_MESSAGE(!scans(sql, step), sql, ": ", step);
  }
  CHECK(seen > 40);
  sqlite3_close(connection);
}

TEST_CASE("ended chats are found by the end of the index that grows old, whether their messages are there or not") {
  const World world;
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(world.folder.file().c_str(), &connection) == SQLITE_OK);
  bool found = false;
  {
    const Traced traced;
    World swept;
    store::Retention retention;
    retention.chats = milliseconds(1);
    REQUIRE(sweep(dynamic_cast<Store&>(*swept.backend).writes(), retention, Time::now(), 10).has_value());
  }
  for (const std::string& sql : statements) {
    if (!contains(sql, "purged in (")) continue;
    found = true;
    for (const String& step : plan_of(connection, sql)) CHECK(contains(step, "purged=? AND end_at>? AND end_at<?"));
  }
  CHECK(found);
  sqlite3_close(connection);
}
