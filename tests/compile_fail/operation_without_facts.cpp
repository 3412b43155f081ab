// An operation without a name, which does not say whether it writes.
// EXPECT: an operation has no `facts`: its name, and whether it writes
#include "tests/compile_fail/ping.hpp"

namespace parley {

struct Nameless {
  using Answer = RecordedPage;
};
static_assert(OperationList<Ping, Nameless>::count == 2);

}  // namespace parley
