// Turns a valid document into an unusual one, as a vendor's next version or a careless client may send.
#pragma once

#include "tests/support/json.hpp"
#include "tests/support/random.hpp"

namespace parley::test {

enum class Mutation : std::uint8_t {
  insert,   ///< adds an unknown member or an element, of any type
  drop,     ///< removes a member or an element
  shuffle,  ///< changes the order of members
  retype,   ///< replaces a value: null, a number of 30 digits, an object, …
};

/// Changes one random place of the tree, but not the kind of the root.
void mutate(Value& root, Mutation mutation, Random& random);
/// Makes `count` random mutations of random kinds.
void mutate(Value& root, std::size_t count, Random& random);

/// The same JSON in another spelling: with blanks and `\uXXXX` escapes.
[[nodiscard]] String respell(const Value& value, Random& random);

/// A text that careless code handles wrongly: emoji, right-to-left, quotes, U+2028, control characters, 10 KiB.
[[nodiscard]] String hostile_text(Random& random);

}  // namespace parley::test
