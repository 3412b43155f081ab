// A backend without a function for an operation that its table lists as possible.
// EXPECT: a backend has no function for an operation of its table
#include "tests/compile_fail/operations.hpp"

namespace parley::contract {

struct Forgetful : Refusing {
  int operator()(const GetAgent&) const { return 1; }
};
int run(const Operation& operation) { return dispatch<few>(operation, Forgetful{}); }

}  // namespace parley::contract
