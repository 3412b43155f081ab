// SHA-256: the example of FIPS 180-2, B.1, and the empty text.
#include "adapters/io/digest.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("SHA-256 is written as sha256sum prints it") {
  CHECK(io::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(io::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace parley::test
