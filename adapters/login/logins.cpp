// Login over the users of the configuration.
#include "adapters/login/logins.hpp"

#include <algorithm>

#include "adapters/http/secret.hpp"
#include "schemas/ascii.hpp"

namespace parley::login {
namespace {

using std::chrono::seconds;

constexpr int sessions_of_a_refresh_token = 30;
constexpr std::size_t shortest_key = 32;

}  // namespace

Logins::Logins(std::string_view vendor, const Settings& settings)
    : signer_(vendor, settings.token_key.value), session_(std::chrono::duration_cast<seconds>(settings.session)) {
  for (const Login& login : settings.logins) {
    User& user = users_.emplace_back();
    user.email = ascii::lower(login.email);
    user.id = login.id.empty() ? user.email : login.id;
    user.name = login.name;
    user.digest = sha256_hex(login.password.value);
    user.fingerprint = signer_.fingerprint(user.id, user.digest);
  }
}

const Logins::User* Logins::sign_in(By by, std::string_view who, std::string_view digest) const {
  const String wanted = by == By::email ? ascii::lower(who) : String(who);
  const String hex = ascii::lower(digest);
  const User* found = nullptr;
  for (const User& user : users_) {  // compares all users, and both parts: equal time
    const String& own = by == By::email ? user.email : user.name;
    const bool same_user = http::same_secret(wanted, own);
    const bool same_password = http::same_secret(hex, user.digest);
    if (same_user && same_password && !own.empty()) found = &user;
  }
  return found;
}

String Logins::issue(TokenKind kind, const User& user) const {
  const seconds good_for = kind == TokenKind::refresh ? session_ * sessions_of_a_refresh_token : session_;
  return signer_.issue(kind, user.fingerprint, TokenSigner::Clock::now() + good_for);
}

const Logins::User* Logins::holder(TokenKind kind, std::string_view token) const {
  if (users_.empty()) return nullptr;
  const std::optional<Fingerprint> whose = signer_.check(kind, token, TokenSigner::Clock::now());
  if (!whose) return nullptr;
  const auto at =
      std::find_if(users_.begin(), users_.end(), [&whose](const User& user) { return user.fingerprint == *whose; });
  return at == users_.end() ? nullptr : &*at;
}

void Logins::revoke(TokenKind kind, std::string_view token) const {
  signer_.revoke(kind, token, TokenSigner::Clock::now());
}

std::optional<Logins::Renewed> Logins::renew(std::string_view refresh_token) const {
  const auto now = TokenSigner::Clock::now();
  std::optional<String> next;
  const User* user = holder(TokenKind::refresh, refresh_token);
  if (user != nullptr) next = signer_.renew(TokenKind::refresh, refresh_token, now);
  if (next) return Renewed{user, *std::move(next)};
  signer_.revoke_line_of_used(TokenKind::refresh, refresh_token, now);
  return {};
}

void check_logins(const Settings& settings, bool open, config::Mark at, config::Faults& faults) {
  const auto add = [&faults, at](String path, String what) {
    faults.push_back({at, std::move(path), std::move(what)});
  };
  if (settings.logins.empty()) {
    if (!settings.token_key.value.empty()) add("auth.token_key", "has no effect without logins");
    if (settings.session != Settings().session)
      faults.push_back({at, "auth.session", "has no effect without logins", config::Severity::warning});
    return;
  }
  if (open) add("auth.logins", "a route that is open to everybody has nothing to log in for");
  if (!settings.token_key.value.empty() && settings.token_key.value.size() < shortest_key) {
    add("auth.token_key", "expected 32 bytes or more, as from `openssl rand -hex 32`; got " +
                              std::to_string(settings.token_key.value.size()));
  }
  if (settings.session < seconds(1)) add("auth.session", "expected a second or more");
  for (std::size_t i = 0; i < settings.logins.size(); ++i) {
    const Login& login = settings.logins[i];
    const String path = "auth.logins[" + std::to_string(i) + ']';
    if (login.password.value.empty()) add(path + ".password", "must not be empty");
    for (std::size_t j = 0; j < i; ++j) {
      const Login& other = settings.logins[j];
      const auto taken = [&](const char* key, const String& mine, const String& theirs) {
        if (mine.empty() || !ascii::same_ignoring_case(mine, theirs)) return;
        add(path + '.' + key, "is taken by auth.logins[" + std::to_string(j) + ']');
      };
      taken("id", login.id, other.id.empty() ? other.email : other.id);  // the id of a user without one is the address
      taken("name", login.name, other.name);
      taken("email", login.email, other.email);
      if (login.id.empty() && !ascii::same_ignoring_case(login.email, other.email))
        taken("email", login.email, other.id);
    }
  }
}

}  // namespace parley::login
