// A source made of a text that is known only when the program runs.
// EXPECT: is not a constant expression
#include "schemas/error.hpp"

namespace parley {

Source bad(const char (&name)[5]) { return Source(name); }

}  // namespace parley
