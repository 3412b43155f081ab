// Places in texts: found, written, parsed, and converted to a larger text.
#include "gateway/translate/text_place.hpp"

#include <doctest/doctest.h>

namespace parley::gateway::translate {

TEST_CASE("a place in a text, in words and back") {
  CHECK(words_of(place_at("ab\ncd", 0)) == " (line 1, column 1)");
  CHECK(words_of(place_at("ab\ncd", 4)) == " (line 2, column 2)");
  const auto split = split_place("a colon is expected (here) (line 12, column 34)");
  REQUIRE(split.has_value());
  CHECK(split->what == "a colon is expected (here)");
  CHECK(split->place.line == 12);
  CHECK(split->place.column == 34);
  for (const char* none :
       {"", "no place", "x (line 1)", "x (line 1, column )", "x (line 1, column 2) y", "x (line a, column 2)"}) {
    CAPTURE(none);
    CHECK_FALSE(split_place(none).has_value());
  }
}

TEST_CASE("the place in a part is converted to the place in the whole") {
  const auto moved = [](const char* message) {
    return moved_to(Error{.code = Code::invalid_field, .message = message}, {.line = 7, .column = 3}).message;
  };
  CHECK(moved("bad (line 1, column 5)") == "bad (line 7, column 7)");
  CHECK(moved("bad (line 2, column 5)") == "bad (line 8, column 5)");
  CHECK(moved("bad") == "bad (line 7, column 3)");
}

}  // namespace parley::gateway::translate
