// An assertion for fuzz targets: aborts where it does not hold.
#pragma once

#include <cstdlib>

namespace parley::fuzz {

inline void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace parley::fuzz
