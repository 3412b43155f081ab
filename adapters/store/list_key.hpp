// The key of an answer in a worker's cache that depends on a whole query: a list, or the messages of a chat.
#pragma once

#include "schemas/operation.hpp"

namespace parley::store {

/// A key that two such operations share only if a store answers both alike: the operation and its whole query, but not what a store does
/// not look at (`ListQuery::asked`). Empty for other operations.
[[nodiscard]] String list_key(const Operation& operation);

}  // namespace parley::store
