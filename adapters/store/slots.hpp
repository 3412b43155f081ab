// The slots that a cached answer depends on, and those that a change touches. Both must agree.
#pragma once

#include <vector>

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "adapters/store/versions.hpp"

namespace parley::store {

struct Dependencies {
  std::vector<Slot> slots;  ///< of every record that was asked for, even if it does not exist
  std::size_t bytes = 0;    ///< total JSON size of the records that exist
};

/// What an answer made from these visitors, agents and chats depends on.
[[nodiscard]] Dependencies dependencies_of(const Gathered& gathered);

/// Adds the slots that these changes touch: a visitor's id and its tokens before and after, an agent's id, a chat's id.
void add_touched(const Changes& changes, std::vector<Slot>& slots);

}  // namespace parley::store
