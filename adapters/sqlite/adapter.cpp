// The embedded store as an adapter: it brings a backend, and no vendor's API.
#include "adapters/contract/adapter.hpp"

#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/trial.hpp"

namespace parley::sqlite {
namespace {

void check(const config::Backend& settings, config::Faults& faults) {
  if (settings.path.empty()) {
    faults.push_back({settings.mark, "backends." + settings.name + ".path",
                      "missing: the file of the store, for example \"./parley-data/parley.db\""});
  }
  if (settings.page_changes != "url" && settings.page_changes != "title") {
    faults.push_back({settings.mark, "backends." + settings.name + ".page_changes",
                      "expected url or title, got \"" + settings.page_changes + '"'});
  }
}

constexpr std::string_view keys[] = {"path", "demo", "page_changes"};

}  // namespace

extern const contract::Adapter adapter;
const contract::Adapter adapter{.name = "sqlite",
                                .open_backend = &Store::open,
                                .check_backend = &check,
                                .shapes = {},
                                .support = &support,
                                .backend_keys = keys,
                                .try_backend = &try_open};

}  // namespace parley::sqlite
