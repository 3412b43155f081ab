// Texts of headers: every byte at every place of texts of all short sizes.
#include "adapters/http/plain_text.hpp"

#include <doctest/doctest.h>

#include "schemas/text.hpp"

namespace parley::test {

TEST_CASE("which texts are plain, and which can be sent in a header") {
  CHECK(http::is_plain_text(""));
  CHECK(http::is_header_value(""));
  for (std::size_t size = 1; size <= 26; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        String text(size, ' ');
        for (std::size_t i = 0; i < size; i += 2) text[i] = '~';  // the two ends of the range
        text[at] = static_cast<char>(byte);
        const bool plain = byte >= 0x20 && byte <= 0x7e;
        if (http::is_plain_text(text) != plain || http::is_header_value(text) != (plain || byte == '\t')) {
          CAPTURE(size);
          CAPTURE(at);
          CAPTURE(byte);
          FAIL_CHECK("judged wrongly");
        }
      }
    }
  }
  CHECK(http::is_header_value("a\tb \t c"));
  CHECK_FALSE(http::is_header_value("a\tb\x7f"));
  CHECK_FALSE(http::is_plain_text(String(8, '\x80')));  // sums that would carry
  CHECK_FALSE(http::is_plain_text(String(8, '\xff')));
}

}  // namespace parley::test
