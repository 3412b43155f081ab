// Makes canonical records out of their own tables: every member filled, or a random mix, without naming a single field.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "tests/support/json.hpp"
#include "tests/support/random.hpp"

namespace parley::test {

/// A canonical document with every member set to a value that is not its default and differs from every other one. Lists
/// have one element; attributes are plain text values. A chat has
/// its visitor and its agent as participants.
[[nodiscard]] Value filled(const shape::View& canonical);

/// A canonical document with about two thirds of the members set, to values that hurt; lists have up to three elements;
/// attributes have urls, kinds and JSON values. Required members are always there. Of a chat's participants the first is its
/// visitor, the others are agents.
[[nodiscard]] Value random_record(const shape::View& canonical, Random& random);

/// An id of any kind: guid, packed, free text.
[[nodiscard]] String random_id(Random& random);

}  // namespace parley::test
