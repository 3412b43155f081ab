// What a fuzz target insists on, beside not crashing.
#pragma once

#include <cstdlib>

namespace parley::fuzz {

inline void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace parley::fuzz
