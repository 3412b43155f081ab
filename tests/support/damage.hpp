// Damages messages of HTTP, for tests of their readers.
#pragma once

#include "schemas/text.hpp"
#include "tests/support/random.hpp"

namespace parley::test {

/// Changes, adds or removes single bytes of a message of HTTP, which must not be empty.
inline void damage(String& text, Random& random) {
  static constexpr std::string_view bytes("\r\n \t:,;0a\0\x7f\x80", 12);
  for (std::size_t count = 1 + random.below(3); count > 0; --count) {
    const std::size_t at = random.below(text.size());
    switch (random.below(3)) {
      case 0:
        text[at] = random.pick(bytes);
        break;
      case 1:
        text.insert(at, 1, random.pick(bytes));
        break;
      default:
        text.erase(at, 1);
    }
  }
}

}  // namespace parley::test
