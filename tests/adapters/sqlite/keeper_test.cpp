// The keeper: when it sweeps, what it tells, and that it stops.
#include "adapters/sqlite/keeper.hpp"

#include <atomic>

#include "tests/adapters/sqlite/world.hpp"
#include "tests/support/eventually.hpp"

using namespace parley;
using namespace parley::sqlite;
using namespace parley::sqlite::test;
using parley::test::eventually;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// Keeps what the keeper tells.
struct News final : contract::EventSink {
  void breaker_changed(const contract::BreakerChange&) noexcept override {}
  void store_swept(const contract::StoreSwept& swept) noexcept override {
    const std::scoped_lock lock(mutex);
    backend = swept.backend;
    chats += swept.chats;
    pages += swept.page_visits;
    offline_messages += swept.offline_messages;
    ++lines;
  }
  std::mutex mutex;
  String backend;
  std::size_t chats = 0;
  std::size_t pages = 0;
  std::size_t offline_messages = 0;
  std::atomic<int> lines{0};
};

double figure(const contract::Backend& backend, std::string_view name, std::string_view word = {}) {
  List<contract::Figure> figures;
  backend.measure(figures);
  for (const contract::Figure& one : figures) {
    if (one.name == name && one.word == word) return one.value;
  }
  return -1;
}

std::unique_ptr<contract::Backend> open_with(const String& path, const BackendSettings& settings) {
  config::Backend backend = settings_for(path);
  BackendSettings& own = backend.own.edit<BackendSettings>();
  own = settings;
  own.path = path;
  auto store = Store::open(backend);
  REQUIRE(store.has_value());
  return *std::move(store);
}

contract::Records old_messages(std::size_t count) {
  contract::Records records;
  for (std::size_t at = 0; at < count; ++at) {
    OfflineMessage& message = records.offline_messages.emplace_back();
    message.id.text = "o" + std::to_string(at);
    message.at = Time::at(1'600'000'000'000);
  }
  return records;
}

}  // namespace

TEST_CASE("a keeper rests as long as the shortest time that it watches, but from 1 s to 30 s") {
  CHECK_FALSE(rest_of({}).has_value());
  CHECK(rest_of({.out_of_site = minutes(30)}) == seconds(30));
  CHECK(rest_of({.out_of_site = minutes(30), .messages = seconds(12)}) == seconds(12));
  CHECK(rest_of({.chats = milliseconds(5)}) == seconds(1));
  CHECK(rest_of({.page_visits = seconds(29)}) == seconds(29));
  CHECK(rest_of({.offline_messages = seconds(2)}) == seconds(2));
}

TEST_CASE("a store keeps house from the time on when somebody hears of it, in steps, and tells each sweep once") {
  const Folder folder;
  const auto news = std::make_shared<News>();
  {
    const auto store = open_with(folder.file(), {.out_of_site = {}, .retention = {.offline_messages = minutes(1)}});
    REQUIRE(store->load(old_messages(450)).has_value());
    Worker worker(*store);
    CHECK(worker.list<OfflineMessage>(ListOfflineMessages{}).size() ==
          450);  // a command that opens a store removes nothing
    store->report_to(news);
    CHECK(eventually([&] { return news->lines == 1; }));
    CHECK(worker.list<OfflineMessage>(ListOfflineMessages{}).empty());
    CHECK(figure(*store, "store_swept_total", "offline_messages") == 450);
    CHECK(figure(*store, "store_swept_total", "chats") == 0);
    CHECK(figure(*store, "store_sweep_failures_total") == 0);
  }
  CHECK(news->lines == 1);  // the store has ended, and with it the keeper, in the midst of a rest of 30 s
  CHECK(news->backend == "local");
  CHECK(news->offline_messages == 450);
}

TEST_CASE("nothing is told where nothing was removed") {
  const Folder folder;
  const auto news = std::make_shared<News>();
  const auto store = open_with(folder.file(), {.out_of_site = seconds(1)});
  Worker worker(*store);
  worker.visitor(registration("t"));
  store->report_to(news);
  // A visitor leaves, and comes back as a new visit.
  CHECK(eventually([&] { return worker.visitor(by_token("t")).status == VisitorStatus::out_of_site; }));
  CHECK(eventually([&] { return figure(*store, "store_swept_total", "visitors") == 1; }));
  worker.get<RecordedPage>(page_of("t", "https://x.example/"));
  const Visitor back = worker.visitor(by_token("t"));
  CHECK(back.status == VisitorStatus::in_site);
  CHECK(back.visits == 2);
  CHECK(eventually([&] { return figure(*store, "store_swept_total", "visitors") == 2; }));
  CHECK(news->lines == 0);
}

TEST_CASE("a store that keeps everything for ever has no keeper's thread, and its figures are there") {
  const Folder folder;
  const auto store = open_with(folder.file(), {.out_of_site = {}});
  store->report_to(nullptr);
  CHECK(figure(*store, "store_swept_total", "visitors") == 0);
}

TEST_CASE("without a sink, the keeper works all the same") {
  const Folder folder;
  const auto store = open_with(folder.file(), {.retention = {.offline_messages = minutes(1)}});
  REQUIRE(store->load(old_messages(3)).has_value());
  store->report_to(nullptr);
  CHECK(eventually([&] { return figure(*store, "store_swept_total", "offline_messages") == 3; }));
}
