// An operation that does not name the type of its answer.
// EXPECT: an operation has no `Answer`: the type that it is answered with
#include "tests/compile_fail/ping.hpp"

namespace parley {

struct Unanswered {
  static constexpr OperationFacts facts = writing("Unanswered");
};
static_assert(OperationList<Ping, Unanswered>::count == 2);

}  // namespace parley
