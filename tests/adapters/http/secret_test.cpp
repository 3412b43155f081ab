// Comparison of secrets: equal only in full, whatever their lengths.
#include "adapters/http/secret.hpp"

#include <doctest/doctest.h>

namespace parley::http {

TEST_CASE("a secret is equal only to itself") {
  CHECK(same_secret("", ""));
  CHECK(same_secret("secret", "secret"));
  for (const char* shown : {"", "secre", "secret1", "Secret", "secres", "secretsecret", "s"}) {
    CAPTURE(shown);
    CHECK(!same_secret(shown, "secret"));
    CHECK(!same_secret("secret", shown));
  }
  CHECK(!same_secret({"\0", 1}, ""));
}

}  // namespace parley::http
