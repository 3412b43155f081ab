// What all workers count together.
#pragma once

#include "gateway/limit/crowd.hpp"
#include "gateway/limit/memory.hpp"

namespace parley::gateway {

/// One for the process; outlives the workers.
struct Totals {
  std::size_t workers = 1;  ///< who share them
  Crowd crowd;
  Memory memory;
};

}  // namespace parley::gateway
