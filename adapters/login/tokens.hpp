// Tokens of a login: signed instead of remembered, so that a reload, a restart and another gateway with the same key
// know them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::login {

enum class TokenKind : std::uint8_t { access = 1, refresh = 2 };

/// Whose a token is, as bytes that only the key's holders can make. Another password makes another.
using Fingerprint = std::array<std::uint8_t, 16>;

/// Any thread.
class TokenSigner {
 public:
  using Clock = std::chrono::system_clock;

  /// Tokens of one `scope` are nothing in another. An empty `key` is one that the process makes for itself, once. Throws
  /// std::runtime_error where the system has no randomness.
  TokenSigner(std::string_view scope, std::string_view key);

  [[nodiscard]] Fingerprint fingerprint(std::string_view who, std::string_view secret) const;

  /// A new token, good until `until`, which is rounded up to whole seconds: 96 characters of `A-Z a-z 0-9 - _`, no two
  /// alike. Throws as the constructor does.
  [[nodiscard]] String issue(TokenKind kind, const Fingerprint& whose, Clock::time_point until) const;

  /// Whose it is. Nothing: not made with this key, scope and kind; over; or taken back.
  [[nodiscard]] std::optional<Fingerprint> check(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// Takes a good token back, with those that it came in place of, and gives the next one, which ends when the first one
  /// would have. Nothing: as `check`. Of several who renew one token at once, one gets another.
  [[nodiscard]] std::optional<String> renew(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// Takes back what came in place of a token that was taken back already: two have had it, and one of them stole it
  /// (RFC 9700, 4.14.2). Nothing where it was not taken back.
  void revoke_line_of_used(TokenKind kind, std::string_view token, Clock::time_point now) const;

  /// Takes a good token back. What is taken back is so for this process: others are not told, and a restart forgets it.
  void revoke(TokenKind kind, std::string_view token, Clock::time_point now) const;

 private:
  String scope_;
  String key_;
};

/// 64 lower-case hex digits.
[[nodiscard]] String sha256_hex(std::string_view text);

}  // namespace parley::login
