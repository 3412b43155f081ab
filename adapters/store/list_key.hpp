// The key of a list answer in a worker's cache.
#pragma once

#include "schemas/operation.hpp"

namespace parley::store {

/// A key that two list operations share only if a store answers both with the same page: the operation and its whole query, but not what a
/// store does not look at (`ListQuery::asked`, `ListChats::domain`). Empty for an operation that is no list.
[[nodiscard]] String list_key(const Operation& operation);

}  // namespace parley::store
