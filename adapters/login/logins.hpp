// The users of a route who may log in, and the tokens they get: what the facades with a login call share.
#pragma once

#include "adapters/login/settings.hpp"
#include "adapters/login/tokens.hpp"

namespace parley::login {

/// Immutable; any thread.
class Logins {
 public:
  struct User {
    String id;     ///< the principal; the e-mail address where the configuration gives none
    String name;   ///< may be empty
    String email;  ///< lower case; may be empty
    String digest;
    Fingerprint fingerprint{};
  };
  enum class By : std::uint8_t { name, email };

  /// `vendor`: tokens of another vendor's routes are nothing here.
  Logins(std::string_view vendor, const Settings& settings);

  [[nodiscard]] bool empty() const noexcept { return users_.empty(); }
  /// How long an access token is good.
  [[nodiscard]] std::chrono::seconds session() const noexcept { return session_; }

  /// The user of that name or e-mail address whose password has this SHA-256 in hex; nullptr where there is none. The time
  /// it takes tells nothing of who exists.
  [[nodiscard]] const User* sign_in(By by, std::string_view who, std::string_view digest) const;

  /// A token for a session, or a refresh token, which is good for thirty of them and for one use.
  [[nodiscard]] String issue(TokenKind kind, const User& user) const;
  /// The user who holds a good token; nullptr where it is none, or nobody's any more.
  [[nodiscard]] const User* holder(TokenKind kind, std::string_view token) const;
  void revoke(TokenKind kind, std::string_view token) const;

  struct Renewed {
    const User* user = nullptr;
    String refresh_token;
  };
  /// Uses a refresh token up: whose it was, and the one in its place, which ends when the first one would have. Nothing: it is
  /// none, was used before, or is nobody's any more. One that was used before takes all that came in its place back.
  [[nodiscard]] std::optional<Renewed> renew(std::string_view refresh_token) const;

 private:
  TokenSigner signer_;
  List<User> users_;
  std::chrono::seconds session_;
};

/// Adds the faults of a route's logins whoever the vendor is. `open`: the route asks for no credentials. `at`: where `auth` stands.
void check_logins(const Settings& settings, bool open, config::Mark at, config::Faults& faults);

}  // namespace parley::login
