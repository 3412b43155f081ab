// Turns a good document into an odd one: what a vendor's next version, or a careless client, would send.
#pragma once

#include "tests/support/json.hpp"
#include "tests/support/random.hpp"

namespace parley::test {

enum class Mutation : std::uint8_t {
  insert,   ///< a member nobody knows, of any type
  drop,     ///< a member or an element is gone
  shuffle,  ///< members in another order
  retype,   ///< a value of another type: null, a 30-digit number, an object, …
};

/// Changes one random place of the tree. The root keeps its kind.
void mutate(Value& root, Mutation mutation, Random& random);
/// `count` random mutations of random kinds.
void mutate(Value& root, std::size_t count, Random& random);

/// The same JSON in another spelling: blanks, `\uXXXX` escapes.
[[nodiscard]] String respell(const Value& value, Random& random);

/// A text that hurts: emoji, right-to-left, quotes, U+2028, control characters, 10 KB.
[[nodiscard]] String hostile_text(Random& random);

}  // namespace parley::test
