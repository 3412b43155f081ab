// Indented JSON is still the same JSON.
#include "gateway/translate/pretty.hpp"

#include <doctest/doctest.h>

#include "tests/support/filler.hpp"
#include "tests/support/mutate.hpp"

namespace parley::gateway::translate {

TEST_CASE("pretty") {
  const struct {
    const char* name;
    const char* json;
    const char* expected;
  } cases[] = {
      {"scalar", "1", "1\n"},
      {"empty object and list", R"({"a":{},"b":[ ]})", "{\n  \"a\": {},\n  \"b\": []\n}\n"},
      {"nested", R"([{"a":[1,2]}])", "[\n  {\n    \"a\": [\n      1,\n      2\n    ]\n  }\n]\n"},
      {"punctuation in strings", R"({"a,{\"[":"]\\"})", "{\n  \"a,{\\\"[\": \"]\\\\\"\n}\n"},
      {"blanks of the source go", "{ \"a\" :\n 1 }", "{\n  \"a\": 1\n}\n"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(pretty(one.json) == one.expected);
  }
}

TEST_CASE("pretty changes no document") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    test::Random random(seed);
    test::Value document = test::object();
    test::mutate(document, 20, random);
    const String text = test::print(document);
    CHECK(test::difference(text, pretty(text)) == "");
  }
}

}  // namespace parley::gateway::translate
