// The embedded store as an adapter: it has a backend, but no vendor API.
#include "adapters/contract/adapter.hpp"

#include "adapters/contract/store_settings.hpp"
#include "adapters/sqlite/archive.hpp"
#include "adapters/sqlite/settings.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/trial.hpp"
#include "config/file.hpp"

namespace parley::sqlite {
namespace {

void check(const config::Backend& backend, config::Faults& faults) {
  const auto& settings = config::settings_of<BackendSettings>(backend);
  if (settings.path.empty()) {
    faults.push_back({backend.mark, "backends." + backend.name + ".path",
                      "missing: the file of the store, for example \"./parley-data/parley.db\""});
  }
  if (settings.page_changes != "url" && settings.page_changes != "title") {
    faults.push_back({backend.mark, "backends." + backend.name + ".page_changes",
                      "expected url or title, got \"" + settings.page_changes + '"'});
  }
}

void files_of(const config::Backend& backend, List<contract::BackendFile>& files) {
  const String& path = config::settings_of<BackendSettings>(backend).path;
  if (path.empty()) return;
  files.push_back({.path = path, .key = "path", .store = true});
  files.push_back({.path = path + ".lock", .key = "path"});
  const String database = config::resolved(path);  // SQLite follows links before it names its other files
  for (const char* suffix : {"-wal", "-shm", "-journal"}) files.push_back({.path = database + suffix, .key = "path"});
}

constexpr const config::OwnTable* tables[] = {&config::own_table<BackendSettings>,
                                              &config::own_table<contract::StoreSettings>};

}  // namespace

extern const contract::Adapter adapter;
const contract::Adapter adapter{.name = "sqlite",
                                .open_backend = &Store::open,
                                .check_backend = &check,
                                .open_archive = &Archive::open,
                                .shapes = {},
                                .support = &support,
                                .tables = tables,
                                .files = &files_of,
                                .try_backend = &try_open};

}  // namespace parley::sqlite
