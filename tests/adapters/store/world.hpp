// The behaviour of a store, described once: a test written with EVERY_STORE runs on each store in this build.
#pragma once

#include <memory>
#include <vector>

#include "adapters/store/rules/sweep.hpp"
#include "tests/adapters/store/client.hpp"

namespace parley::store::test {

/// A store, and a client of it.
class TestedStore : public Client {
 public:
  virtual Result<void> load(const contract::Records& records) = 0;
  [[nodiscard]] virtual bool empty() = 0;
  /// Ends the store and opens it again, as a restart of the program does.
  virtual void restart() = 0;
  /// As BackendSession.
  virtual Result<void> keep_part(const FileId& file, std::int64_t part, std::string_view bytes) = 0;
  virtual Result<void> drop_parts(const FileId& file) = 0;
  /// One step of the housekeeping, as store::sweep.
  virtual Result<Swept> sweep(const Retention& retention, Time now, std::size_t limit) = 0;
};

/// How to make a new store. Each kind of store adds itself with a `StoreKind`.
struct StoreKind {
  using Make = std::unique_ptr<TestedStore> (*)(const String& page_changes);

  StoreKind(std::string_view its_name, Make its_make) : name(its_name), make(its_make) { all().push_back(this); }
  static std::vector<const StoreKind*>& all() {
    static std::vector<const StoreKind*> kinds;
    return kinds;
  }

  std::string_view name;
  Make make;
};

/// A new store with one client.
struct World {
  explicit World(const StoreKind& kind, const String& page_changes = "url") : store(kind.make(page_changes)) {}
  TestedStore* operator->() { return store.get(); }
  void load(const contract::Records& records) {
    const auto loaded = store->load(records);
    REQUIRE_MESSAGE(loaded.has_value(), (loaded ? String() : loaded.error().message + " " + loaded.error().detail));
  }
  std::unique_ptr<TestedStore> store;
};

#define PARLEY_EVERY_STORE(function, test_name)      \
  static void function(const StoreKind& kind);       \
  TEST_CASE(test_name) {                             \
    for (const StoreKind* kind : StoreKind::all()) { \
      CAPTURE(kind->name);                           \
      function(*kind);                               \
    }                                                \
  }                                                  \
  static void function(const StoreKind& kind)

/// A test case that runs for each `kind` of store; make a World of it.
#define EVERY_STORE(test_name) PARLEY_EVERY_STORE(DOCTEST_ANONYMOUS(every_store_), test_name)

}  // namespace parley::store::test
