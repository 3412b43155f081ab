// What a cached answer depends on, and what a change touches, as slots: both sides of the same agreement.
#pragma once

#include <vector>

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "adapters/store/versions.hpp"

namespace parley::store {

struct Dependencies {
  std::vector<Slot> slots;  ///< of every record that was looked for, also of those that are not there yet
  std::size_t bytes = 0;    ///< the JSON of those that are, together
};

/// What an answer that was made from these visitors, agents and chats depends on.
[[nodiscard]] Dependencies dependencies_of(const Gathered& gathered);

/// Adds the slots of what these changes touch: a visitor's id and his tokens before and after, an agent's and a chat's id.
void add_touched(const Changes& changes, std::vector<Slot>& slots);

}  // namespace parley::store
