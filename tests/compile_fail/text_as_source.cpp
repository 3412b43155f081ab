// A text in the place of an error's source: it would be compared by its letters, and a misspelt one would never match.
// EXPECT: parley::Source
#include "schemas/error.hpp"

namespace parley {

Error bad() { return Error{.code = Code::internal, .source = "acme.chek"}; }

}  // namespace parley
