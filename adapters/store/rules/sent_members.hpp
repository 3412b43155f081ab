// Changes of a record by the members that an operation has a value for.
#pragma once

#include <optional>

#include "schemas/shape/codecs.hpp"

namespace parley::store {

template <class Member>
void set_if_sent(const std::optional<Member>& sent, Member& member) {
  if (sent) member = *sent;
}

/// Those that are sent replace those of the same shape and key.
inline void merge(const shape::Extensions& sent, shape::Extensions& kept) {
  for (const shape::Extension& one : sent) {
    std::erase_if(kept, [&one](const shape::Extension& old) { return old.shape == one.shape && old.key == one.key; });
    kept.push_back(one);
  }
}

}  // namespace parley::store
