// The users of a route who may log in, and their tokens. Facades with a login call share this code.
#pragma once

#include "adapters/login/settings.hpp"
#include "adapters/login/tokens.hpp"

namespace parley::login {

/// Immutable. Any thread.
class Logins {
 public:
  struct User {
    String id;     ///< the principal; the e-mail address if the configuration gives no id
    String name;   ///< may be empty
    String email;  ///< lower case; may be empty
    String digest;
    Fingerprint fingerprint{};
  };
  enum class By : std::uint8_t { name, email };

  /// `vendor`: tokens made for another vendor's routes are not valid here.
  Logins(std::string_view vendor, const Settings& settings);

  [[nodiscard]] bool empty() const noexcept { return users_.empty(); }
  /// How long an access token is valid.
  [[nodiscard]] std::chrono::seconds session() const noexcept { return session_; }

  /// The user with that name or e-mail address whose password has this SHA-256 (hex); nullptr if there is none. The
  /// time it takes does not tell which users exist.
  [[nodiscard]] const User* sign_in(By by, std::string_view who, std::string_view digest) const;

  /// Makes a token. An access token lasts one session. A refresh token lasts thirty sessions and can be used once.
  [[nodiscard]] String issue(TokenKind kind, const User& user) const;
  /// The user of a valid token; nullptr if the token is not valid or no such user is configured any more.
  [[nodiscard]] const User* holder(TokenKind kind, std::string_view token) const;
  void revoke(TokenKind kind, std::string_view token) const;

  struct Renewed {
    const User* user = nullptr;
    String refresh_token;
  };
  /// Uses up a refresh token. Returns its user and the token that replaces it, which ends when the first token of the
  /// line would have. Nothing: the token is not valid, was used before, or its user is not configured any more. If it
  /// was used before, all tokens that replaced it are revoked, too.
  [[nodiscard]] std::optional<Renewed> renew(std::string_view refresh_token) const;

 private:
  TokenSigner signer_;
  List<User> users_;
  std::chrono::seconds session_;
};

/// Adds the faults that a route's logins can have with every vendor. `open`: the route requires no credentials. `at`:
/// the place of `auth`.
void check_logins(const Settings& settings, bool open, config::Mark at, config::Faults& faults);

}  // namespace parley::login
