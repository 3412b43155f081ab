// The figures of a store.
#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite::test;

namespace {

double bytes_of(const String& path) { return static_cast<double>(std::filesystem::file_size(path)); }

double figure(const contract::Backend& backend, std::string_view name, std::string_view word = {}) {
  List<contract::Figure> figures;
  backend.measure(figures);
  for (const contract::Figure& one : figures) {
    if (one.name == name && one.word == word) return one.value;
  }
  FAIL("no figure ", name, ' ', word);
  return 0;
}

}  // namespace

TEST_CASE("a store counts its commits, and its sessions' cache hits and misses") {
  World world;
  CHECK(figure(*world.backend, "store_writes_total") == 0);
  world->visitor(registration("token-1"));
  world->visitor(registration("token-2"));
  CHECK(figure(*world.backend, "store_commits_total") == 2);
  CHECK(figure(*world.backend, "store_writes_total") == 2);
  CHECK(figure(*world.backend, "store_commit_failures_total") == 0);
  CHECK(figure(*world.backend, "store_writes_waiting") == 0);
  CHECK(figure(*world.backend, "store_lists_waiting") == 0);

  world->visitor(by_token("token-1"));
  CHECK(figure(*world.backend, "store_cache_lookups_total", "hit") == 0);
  CHECK(figure(*world.backend, "store_cache_lookups_total", "miss") == 1);
  world->visitor(by_token("token-1"));
  CHECK(figure(*world.backend, "store_cache_lookups_total", "hit") == 1);
  {
    Worker second(*world.backend);
    second.visitor(by_token("token-1"));
  }
  // A destroyed session is still counted: the figure must not fall.
  CHECK(figure(*world.backend, "store_cache_lookups_total", "miss") == 2);
  world->visitor(registration("token-1"));
  world->visitor(by_token("token-1"));  // the cached record is outdated
  CHECK(figure(*world.backend, "store_cache_lookups_total", "miss") == 3);
}

TEST_CASE("a list counts as one lookup") {
  World world;
  world->visitor(registration("t"));
  world->list<Visitor>(ListVisitors{});
  CHECK(figure(*world.backend, "store_cache_lookups_total", "hit") == 0);
  CHECK(figure(*world.backend, "store_cache_lookups_total", "miss") == 1);
  world->list<Visitor>(ListVisitors{});
  CHECK(figure(*world.backend, "store_cache_lookups_total", "hit") == 1);
  CHECK(figure(*world.backend, "store_cache_lookups_total", "miss") == 1);
}

TEST_CASE("a store reports the sizes of its files") {
  World world;
  for (int i = 0; i < 20; ++i) world->visitor(registration("token-" + std::to_string(i)));
  const String path = world.folder.file();
  CHECK(figure(*world.backend, "store_bytes", "data") == bytes_of(path));
  CHECK(figure(*world.backend, "store_bytes", "log") == bytes_of(path + "-wal"));
  CHECK(figure(*world.backend, "store_bytes", "log") > 0);
}
