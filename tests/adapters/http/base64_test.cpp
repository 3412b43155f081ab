// Base64: the vectors of RFC 4648, 10; every byte in both directions; invalid text.
#include "adapters/http/base64.hpp"

#include <doctest/doctest.h>

#include <string>

namespace parley::http {

TEST_CASE("base64: the vectors of the standard, both ways") {
  const struct {
    std::string_view bytes, text;
  } cases[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    CHECK(base64_encode(one.bytes) == one.text);
    CHECK(base64_decode(one.text) == String(one.bytes));
  }
}

TEST_CASE("base64: decoding reverses encoding for every byte at every place") {
  for (std::size_t size = 1; size <= 4; ++size) {
    for (int byte = 0; byte < 256; ++byte) {
      const String bytes(size, static_cast<char>(byte));
      CHECK(base64_decode(base64_encode(bytes)) == bytes);
    }
  }
}

TEST_CASE("base64: invalid text is refused") {
  const struct {
    const char* name;
    std::string text;
  } cases[] = {
      {"no padding", "Zg"},
      {"half of the padding", "Zg="},
      {"padding alone", "===="},
      {"three signs of padding", "Z==="},
      {"padding in front", "=Zg="},
      {"padding in the middle", "Zg==Zg=="},
      {"padding before the last", "Zg=g"},
      {"a blank in front", " Zm9vYm"},
      {"blanks in front of whole blocks", "    Zm9v"},
      {"a line break behind", "Zm9v\n"},
      {"line breaks behind whole blocks", "Zm9v\n\n\n\n"},
      {"a blank inside", "Zm 9"},
      {"the alphabet of URLs", "-_-_"},
      {"a byte beyond ASCII", "Zm9\xe9"},
      {"a zero byte", std::string("Zm9\0", 4)},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(!base64_decode(one.text));
  }
}

TEST_CASE("base64: unused bits of the last digit are ignored") {
  CHECK(base64_decode("Zh==") == "f");
  CHECK(base64_decode("Zm9=") == "fo");
}

}  // namespace parley::http
