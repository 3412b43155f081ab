// Signed tokens: their user, kind and end, and that no bit of them can be changed.
#include "adapters/login/tokens.hpp"

#include <doctest/doctest.h>

using namespace parley;
using login::TokenKind;
using login::TokenSigner;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const TokenSigner::Clock::time_point start{seconds(1'700'000'000)};
const String key = "0123456789abcdef0123456789abcdef";

}  // namespace

TEST_CASE("tokens: a good one tells whose it is, until it ends") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "secret");
  const String token = signer.issue(TokenKind::access, ann, start + seconds(60));
  CHECK(token.size() == 96);
  CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == String::npos);
  CHECK(signer.check(TokenKind::access, token, start) == ann);
  CHECK(signer.check(TokenKind::access, token, start + seconds(59)) == ann);
  CHECK_FALSE(signer.check(TokenKind::access, token, start + seconds(60)));
  CHECK(signer.issue(TokenKind::access, ann, start + seconds(60)) != token);
}

TEST_CASE("tokens: no token ends before the announced time") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "secret");
  const auto until = start + seconds(1) + milliseconds(1);
  const String token = signer.issue(TokenKind::access, ann, until);
  CHECK(signer.check(TokenKind::access, token, until - milliseconds(1)) == ann);
  CHECK_FALSE(signer.check(TokenKind::access, token, start + seconds(2)));
}

TEST_CASE("tokens: the key, the scope and the kind must be the same") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "secret");
  const String token = signer.issue(TokenKind::refresh, ann, start + seconds(60));
  CHECK(TokenSigner("vendor", key).check(TokenKind::refresh, token, start) == ann);  // as at another gateway
  CHECK_FALSE(signer.check(TokenKind::access, token, start));
  CHECK_FALSE(TokenSigner("other", key).check(TokenKind::refresh, token, start));
  CHECK_FALSE(TokenSigner("vendor", key + "0").check(TokenKind::refresh, token, start));
  CHECK_FALSE(TokenSigner("vendor", "").check(TokenKind::refresh, token, start));
}

TEST_CASE("tokens: without a configured key, the process has one key for all revisions of a route") {
  const TokenSigner before("vendor", "");
  const TokenSigner after("vendor", "");
  const login::Fingerprint ann = before.fingerprint("ann", "secret");
  CHECK(after.fingerprint("ann", "secret") == ann);
  CHECK(after.check(TokenKind::access, before.issue(TokenKind::access, ann, start + seconds(60)), start) == ann);
}

TEST_CASE("tokens: the fingerprint depends on name and secret separately, not on their concatenation") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "secret");
  CHECK(signer.fingerprint("ann", "other") != ann);
  CHECK(signer.fingerprint("bob", "secret") != ann);
  CHECK(signer.fingerprint("anns", "ecret") != ann);
  CHECK(signer.fingerprint("ann6:secret", "") != ann);
}

TEST_CASE("tokens: no character can be changed, added or left out") {
  const TokenSigner signer("vendor", key);
  const String token = signer.issue(TokenKind::access, signer.fingerprint("ann", "secret"), start + seconds(60));
  for (std::size_t i = 0; i < token.size(); ++i) {
    CAPTURE(i);
    String changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(signer.check(TokenKind::access, changed, start));
    changed[i] = '=';
    CHECK_FALSE(signer.check(TokenKind::access, changed, start));
    CHECK_FALSE(signer.check(TokenKind::access, token.substr(0, i), start));
  }
  CHECK_FALSE(signer.check(TokenKind::access, token + "A", start));
  CHECK_FALSE(signer.check(TokenKind::access, token + "====", start));
  CHECK_FALSE(signer.check(TokenKind::access, String(96, '\0'), start));
}

TEST_CASE("tokens: a revoked token is invalid, the others stay valid") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "secret");
  const String one = signer.issue(TokenKind::access, ann, start + seconds(60));
  const String other = signer.issue(TokenKind::access, ann, start + seconds(60));
  signer.revoke(TokenKind::access, "no token", start);
  signer.revoke(TokenKind::refresh, one, start);  // another kind, so another token
  CHECK(signer.check(TokenKind::access, one, start) == ann);
  signer.revoke(TokenKind::access, one, start);
  CHECK_FALSE(signer.check(TokenKind::access, one, start));
  CHECK_FALSE(TokenSigner("vendor", key).check(TokenKind::access, one, start));
  CHECK(signer.check(TokenKind::access, other, start) == ann);
}

TEST_CASE("tokens: a renewed one is good once, and all of them end when the first one would have") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "renews");
  const String first = signer.issue(TokenKind::refresh, ann, start + seconds(60));
  CHECK_FALSE(signer.renew(TokenKind::access, first, start));
  CHECK_FALSE(signer.renew(TokenKind::refresh, first + "A", start));
  const std::optional<String> second = signer.renew(TokenKind::refresh, first, start + seconds(30));
  REQUIRE(second.has_value());
  CHECK(*second != first);
  CHECK_FALSE(signer.renew(TokenKind::refresh, first, start + seconds(30)));
  CHECK_FALSE(signer.check(TokenKind::refresh, first, start));
  CHECK(signer.check(TokenKind::refresh, *second, start + seconds(59)) == ann);
  CHECK_FALSE(signer.check(TokenKind::refresh, *second, start + seconds(60)));
  CHECK_FALSE(signer.renew(TokenKind::refresh, *second, start + seconds(60)));
  const std::optional<String> third = signer.renew(TokenKind::refresh, *second, start + seconds(59));
  REQUIRE(third.has_value());
  CHECK_FALSE(signer.check(TokenKind::refresh, *third, start + seconds(60)));
  CHECK_FALSE(signer.renew(TokenKind::refresh, first, start + seconds(59)));
}

TEST_CASE("tokens: however many a user takes back, another's stay taken back") {
  const TokenSigner signer("vendor", key);
  const login::Fingerprint ann = signer.fingerprint("ann", "left");
  const login::Fingerprint eve = signer.fingerprint("eve", "floods");
  const String left = signer.issue(TokenKind::access, ann, start + seconds(60));
  const String kept = signer.issue(TokenKind::access, ann, start + seconds(60));
  signer.revoke(TokenKind::access, left, start);
  for (int i = 0; i < 10'000; ++i) {
    signer.revoke(TokenKind::access, signer.issue(TokenKind::access, eve, start + seconds(90)), start);
  }
  CHECK_FALSE(signer.check(TokenKind::access, left, start));
  CHECK(signer.check(TokenKind::access, kept, start) == ann);
}

TEST_CASE("tokens: SHA-256 has its standard values") {
  CHECK(login::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(login::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
