// Classification and conversion of ASCII bytes. No other byte is a letter, in any locale.
#include "schemas/ascii.hpp"

#include <doctest/doctest.h>

namespace parley {

TEST_CASE("ascii: every byte is classified as in ASCII") {
  for (int code = 0; code < 256; ++code) {
    CAPTURE(code);
    const char byte = static_cast<char>(code);
    const bool upper = code >= 65 && code <= 90;
    const bool small = code >= 97 && code <= 122;
    const bool digit = code >= 48 && code <= 57;
    CHECK(ascii::is_letter(byte) == (upper || small));
    CHECK(ascii::is_digit(byte) == digit);
    CHECK(ascii::is_letter_or_digit(byte) == (upper || small || digit));
    CHECK(ascii::to_lower(byte) == (upper ? static_cast<char>(code + 32) : byte));
    const std::size_t place = std::string_view("0123456789abcdef0123456789ABCDEF").find(byte);
    CHECK(ascii::hex_value(byte) == (place == std::string_view::npos ? -1 : static_cast<int>(place % 16)));
  }
}

TEST_CASE("ascii: texts") {
  CHECK(ascii::all_digits("0123"));
  CHECK(!ascii::all_digits(""));
  CHECK(!ascii::all_digits("12a"));
  CHECK(ascii::same_ignoring_case("Content-TYPE", "content-type"));
  CHECK(!ascii::same_ignoring_case("content-type", "content-types"));
  CHECK(!ascii::same_ignoring_case("\xc3\x89", "\xc3\xa9"));
  CHECK(ascii::starts_ignoring_case("BEARER x", "bearer "));
  CHECK(!ascii::starts_ignoring_case("bearer", "bearer "));
  CHECK(ascii::lower("A-Z\xc3\x89") == "a-z\xc3\x89");
  String hex = "#";
  ascii::append_hex({"\x00\x7f\xff", 3}, hex);
  CHECK(hex == "#007fff");
}

TEST_CASE("ascii: trim removes only the given blanks, at both ends") {
  CHECK(ascii::trim(" \t\r\na b\n") == "a b");
  CHECK(ascii::trim("a") == "a");
  CHECK(ascii::trim("") == "");
  CHECK(ascii::trim(" \n ") == "");
  CHECK(ascii::trim(" \na\n ", " ") == "\na\n");
}

}  // namespace parley
