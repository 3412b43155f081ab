// The source of an error: which part made it.
#include "schemas/error.hpp"

#include <doctest/doctest.h>

#include <type_traits>

namespace parley {

static_assert(std::is_trivially_copyable_v<Source> && sizeof(Source) == sizeof(std::string_view));

TEST_CASE("error: a source is its name, and the gateway's own where nobody says another") {
  constexpr Source desk("acme.desk");
  CHECK(desk.name() == "acme.desk");
  CHECK(desk == Source("acme.desk"));
  CHECK_FALSE(desk == Source("acme.des"));
  CHECK(Error{}.source == Source());
  CHECK(Error{}.source.name() == "gateway");
}

}  // namespace parley
