// Login tokens. They are signed instead of stored, so they stay valid after a reload, after a restart, and at another
// gateway with the same key.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::login {

enum class TokenKind : std::uint8_t { access = 1, refresh = 2 };

/// Identifies a token's user. Only holders of the key can compute it. It changes with the user's password.
using Fingerprint = std::array<std::uint8_t, 16>;

/// Any thread.
class TokenSigner {
 public:
  using Clock = std::chrono::system_clock;

  /// Tokens of one `scope` are not valid in another. If `key` is empty, the process makes one key for itself. Throws
  /// std::runtime_error if the system has no random numbers.
  TokenSigner(std::string_view scope, std::string_view key);

  [[nodiscard]] Fingerprint fingerprint(std::string_view who, std::string_view secret) const;

  /// A new token of 96 characters (`A-Z a-z 0-9 - _`), valid until `until`, rounded up to a whole second. Each token is
  /// different. Throws as the constructor does.
  [[nodiscard]] String issue(TokenKind kind, const Fingerprint& whose, Clock::time_point until) const;

  /// The fingerprint of a valid token. Nothing: the token was not made with this key, scope and kind, or it has ended, or it was revoked.
  [[nodiscard]] std::optional<Fingerprint> check(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// Revokes a valid token and those before it in its line. Returns the next token, which ends when the first one would
  /// have. Nothing: as `check`. If several callers renew one token at once, only one of them gets a new token.
  [[nodiscard]] std::optional<String> renew(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// If the token was revoked already, revokes all tokens that replaced it: two clients have had it, so one of them
  /// stole it (RFC 9700, 4.14.2). Does nothing if it was not revoked.
  void revoke_line_of_used(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// Revokes a valid token. Only this process knows of it: other gateways are not told, and a restart forgets it.
  void revoke(TokenKind kind, std::string_view token, Clock::time_point now) const;

 private:
  String scope_;
  String key_;
};

/// The SHA-256 as 64 lower-case hex digits. Throws std::runtime_error if OpenSSL has no SHA-256.
[[nodiscard]] String sha256_hex(std::string_view text);

}  // namespace parley::login
