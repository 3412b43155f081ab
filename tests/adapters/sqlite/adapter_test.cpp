// What the folder registers, and which settings of a backend it refuses.
#include "adapters/contract/adapter.hpp"

#include "tests/adapters/sqlite/world.hpp"

namespace parley::sqlite {
extern const contract::Adapter adapter;
}

using namespace parley;
using parley::sqlite::test::Folder;
using parley::sqlite::test::settings_for;

TEST_CASE("the sqlite adapter has a backend and nothing else") {
  CHECK(sqlite::adapter.name == "sqlite");
  CHECK((sqlite::adapter.make_facade == nullptr));
  CHECK(sqlite::adapter.shapes.empty());
  const Folder folder;
  CHECK(sqlite::adapter.open_backend(settings_for(folder.file())).has_value());
  for (std::size_t kind = 0; kind < operation_count; ++kind) {
    CHECK(sqlite::adapter.support->why_not(static_cast<OperationKind>(kind)).empty());
  }
}

TEST_CASE("settings") {
  config::Faults faults;
  sqlite::adapter.check_backend(settings_for("x.db"), faults);
  CHECK(faults.empty());
  sqlite::adapter.check_backend(settings_for("", "scroll"), faults);
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].path == "backends.local.path");
  CHECK(faults[1].path == "backends.local.page_changes");
}
