// Percent-encoding: what is decoded, what is refused, and that decoding reverses encoding.
#include "adapters/http/percent.hpp"

#include <doctest/doctest.h>

#include <string>

namespace parley::http {

TEST_CASE("percent-decoding is strict") {
  const struct {
    const char* name;
    std::string_view text;
    bool plus;
    std::optional<String> decoded;
  } cases[] = {
      {"nothing", "", false, ""},
      {"plain", "abc", false, "abc"},
      {"a blank", "a%20b", false, "a b"},
      {"both cases of digits", "%2f%2F%aB", false, {}},  // the last one is not UTF-8
      {"UTF-8", "%C3%a9", false, "\xc3\xa9"},
      {"a plus in a path", "a+b", false, "a+b"},
      {"a plus in a query", "a+b", true, "a b"},
      {"an escaped plus", "a%2Bb", true, "a+b"},
      {"a percent sign at the end", "a%", false, {}},
      {"one digit", "a%2", false, {}},
      {"no digit", "%2g", false, {}},
      {"no digit first", "%g2", false, {}},
      {"half a character", "%C3", false, {}},
      {"a byte that is no UTF-8", "\xff", false, {}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(percent_decode(one.text, one.plus) == one.decoded);
  }
}

TEST_CASE("percent-encoding keeps letters, digits and four signs, and appends") {
  String out = "q=";
  percent_encode("aZ09-._~ /?&=+%", out);
  CHECK(out == "q=aZ09-._~%20%2F%3F%26%3D%2B%25");
  String bytes;
  for (int byte = 0; byte < 128; ++byte) bytes += static_cast<char>(byte);
  bytes += "\xc3\xa9";
  String encoded;
  percent_encode(bytes, encoded);
  CHECK(encoded.ends_with("%C3%A9"));
  CHECK(percent_decode(encoded, true) == bytes);
}

}  // namespace parley::http
