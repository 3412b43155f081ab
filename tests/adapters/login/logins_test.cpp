// Users who may log in: which credentials and tokens are accepted, and which configurations are refused.
#include "adapters/login/logins.hpp"

#include <doctest/doctest.h>

using namespace parley;
using login::Logins;
using login::sha256_hex;
using login::TokenKind;

namespace {

login::Settings two_users() {
  login::Settings auth;
  auth.logins = {{"id-ann", "ann", "Ann@Example.com", {"secret"}}, {"", "", "bob@example.com", {"hidden"}}};
  auth.token_key.value = "0123456789abcdef0123456789abcdef";
  return auth;
}

String who(const Logins::User* user) { return user == nullptr ? String("nobody") : user->id; }

}  // namespace

TEST_CASE("logins: a name or an e-mail address with its password") {
  const Logins logins("vendor", two_users());
  using By = Logins::By;
  const struct {
    const char* name;
    By by;
    const char* who;
    String digest;
    const char* user;
  } cases[] = {
      {"by name", By::name, "ann", sha256_hex("secret"), "id-ann"},
      {"by address", By::email, "ann@example.com", sha256_hex("secret"), "id-ann"},
      {"addresses have no case", By::email, "ANN@EXAMPLE.COM", sha256_hex("secret"), "id-ann"},
      {"no id: the address is one", By::email, "bob@example.com", sha256_hex("hidden"), "bob@example.com"},
      {"names have case", By::name, "Ann", sha256_hex("secret"), "nobody"},
      {"wrong password", By::name, "ann", sha256_hex("Secret"), "nobody"},
      {"another's password", By::name, "ann", sha256_hex("hidden"), "nobody"},
      {"no such user", By::name, "eve", sha256_hex("secret"), "nobody"},
      {"the password itself is no digest", By::name, "ann", "secret", "nobody"},
      {"no digest", By::name, "ann", "", "nobody"},
      {"an address is no name", By::name, "ann@example.com", sha256_hex("secret"), "nobody"},
      {"a user without a name has none to be called by", By::name, "", sha256_hex("hidden"), "nobody"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(who(logins.sign_in(one.by, one.who, one.digest)) == one.user);
  }
  String upper = sha256_hex("secret");
  for (char& byte : upper) byte = byte >= 'a' ? static_cast<char>(byte - 32) : byte;
  CHECK(who(logins.sign_in(By::name, "ann", upper)) == "id-ann");
}

TEST_CASE("logins: a token is valid while its user is configured with the same password") {
  login::Settings auth = two_users();
  const Logins logins("vendor", auth);
  const Logins::User& ann = *logins.sign_in(Logins::By::name, "ann", sha256_hex("secret"));
  const String token = logins.issue(TokenKind::access, ann);
  const String refresh = logins.issue(TokenKind::refresh, ann);
  CHECK(who(logins.holder(TokenKind::access, token)) == "id-ann");
  CHECK(who(logins.holder(TokenKind::refresh, refresh)) == "id-ann");
  CHECK(who(logins.holder(TokenKind::access, refresh)) == "nobody");
  CHECK(who(Logins("vendor", auth).holder(TokenKind::access, token)) == "id-ann");
  CHECK(who(Logins("other", auth).holder(TokenKind::access, token)) == "nobody");

  login::Settings changed = auth;
  changed.logins[0].password.value = "new";
  CHECK(who(Logins("vendor", changed).holder(TokenKind::access, token)) == "nobody");
  login::Settings without = auth;
  without.logins.erase(without.logins.begin());
  CHECK(who(Logins("vendor", without).holder(TokenKind::access, token)) == "nobody");

  logins.revoke(TokenKind::access, token);
  CHECK(who(logins.holder(TokenKind::access, token)) == "nobody");
}

TEST_CASE("logins: a refresh token can be renewed once, while its user is configured") {
  login::Settings auth = two_users();
  const Logins logins("vendor", auth);
  const Logins::User& ann = *logins.sign_in(Logins::By::name, "ann", sha256_hex("secret"));
  const String first = logins.issue(TokenKind::refresh, ann);
  login::Settings without = auth;
  without.logins.erase(without.logins.begin());
  CHECK_FALSE(Logins("vendor", without).renew(first).has_value());
  const std::optional<Logins::Renewed> renewed = logins.renew(first);  // not used up by the failed attempt
  REQUIRE(renewed.has_value());
  CHECK(who(renewed->user) == "id-ann");
  CHECK(who(logins.holder(TokenKind::refresh, first)) == "nobody");
  CHECK(logins.renew(renewed->refresh_token).has_value());
  CHECK_FALSE(logins.renew(logins.issue(TokenKind::access, ann)).has_value());
}

TEST_CASE("logins: a refresh token that is shown twice ends those in its place, and no other login") {
  const login::Settings auth = two_users();
  const Logins logins("vendor", auth);
  const Logins::User& ann = *logins.sign_in(Logins::By::name, "ann", sha256_hex("secret"));
  const String stolen = logins.issue(TokenKind::refresh, ann);
  const String elsewhere = logins.issue(TokenKind::refresh, ann);
  const std::optional<Logins::Renewed> thief = logins.renew(stolen);
  REQUIRE(thief.has_value());
  const std::optional<Logins::Renewed> again = logins.renew(thief->refresh_token);
  REQUIRE(again.has_value());
  CHECK_FALSE(logins.renew(stolen).has_value());
  CHECK_FALSE(logins.renew(again->refresh_token).has_value());
  CHECK(logins.renew(elsewhere).has_value());
}

TEST_CASE("logins: an access token ends with its session, a refresh token later") {
  login::Settings auth = two_users();
  auth.session = std::chrono::milliseconds(-1000);  // ends before it begins; check_logins refuses such a value
  const Logins logins("vendor", auth);
  const Logins::User& ann = *logins.sign_in(Logins::By::name, "ann", sha256_hex("secret"));
  CHECK(who(logins.holder(TokenKind::access, logins.issue(TokenKind::access, ann))) == "nobody");
}

TEST_CASE("logins: faults of the configuration") {
  const auto faults = [](auto change, bool open = false) {
    login::Settings auth = two_users();
    change(auth);
    config::Faults found;
    login::check_logins(auth, open, {}, found);
    String text;
    for (const config::Fault& fault : found) text.append(fault.path).append(": ").append(fault.what).append("\n");
    return text;
  };
  using Auth = login::Settings;
  CHECK(faults([](Auth&) {}).empty());
  CHECK(faults([](Auth& auth) { auth.logins.clear(); }) == "auth.token_key: has no effect without logins\n");
  CHECK(faults([](Auth& auth) { auth.logins.clear(), auth.token_key = {}, auth.session = std::chrono::hours(1); }) ==
        "auth.session: has no effect without logins\n");
  CHECK(faults([](Auth&) {}, true) == "auth.logins: a route that is open to everybody has nothing to log in for\n");
  CHECK(faults([](Auth& auth) { auth.token_key.value.resize(31); }) ==
        "auth.token_key: expected 32 bytes or more, as from `openssl rand -hex 32`; got 31\n");
  CHECK(faults([](Auth& auth) { auth.token_key = {}; }).empty());
  CHECK(faults([](Auth& auth) { auth.session = std::chrono::milliseconds(999); }) ==
        "auth.session: expected a second or more\n");
  CHECK(faults([](Auth& auth) { auth.logins[1].password = {}; }) == "auth.logins[1].password: must not be empty\n");
  CHECK(faults([](Auth& auth) { auth.logins[1].id = "id-ann", auth.logins[1].email = "ann@example.COM"; }) ==
        "auth.logins[1].id: is taken by auth.logins[0]\nauth.logins[1].email: is taken by auth.logins[0]\n");
}

TEST_CASE("logins: no two users are one principal, by an id or by the address that stands for it") {
  using Login = login::Login;
  const auto faults = [](const Login& first, const Login& second) {
    login::Settings auth;
    auth.logins = {first, second};
    config::Faults found;
    login::check_logins(auth, false, {}, found);
    String text;
    for (const config::Fault& fault : found) text.append(fault.path).append(": ").append(fault.what).append("\n");
    return text;
  };
  const Login by_id{"x@example.com", "", "other@example.com", {"a"}};
  const Login by_address{"", "", "X@example.com", {"b"}};
  CHECK(faults(by_id, by_address) == "auth.logins[1].email: is taken by auth.logins[0]\n");
  CHECK(faults(by_address, by_id) == "auth.logins[1].id: is taken by auth.logins[0]\n");
  CHECK(faults(by_address, by_address) == "auth.logins[1].email: is taken by auth.logins[0]\n");
  CHECK(faults(by_id, {"", "", "y@example.com", {"b"}}).empty());
  CHECK(faults({"x", "", "x@example.com", {"a"}}, {"x@example.com", "", "y@example.com", {"b"}}).empty());
}
