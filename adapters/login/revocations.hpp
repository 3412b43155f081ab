// Which signed tokens were revoked before their end. Memory is bounded, and yet no revocation is forgotten.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <map>
#include <mutex>

#include "adapters/login/tokens.hpp"

namespace parley::login {

/// Any thread. Each owner has a bounded number of lines. The number of owners is bounded by the users, because only
/// signed tokens come here. When an owner exceeds the bound, the half of the lines that ends first is pooled: every
/// token of that owner that ends by then counts as revoked. So a flood of logouts logs out only the user who makes it.
class Revocations {
 public:
  struct Owner {
    Fingerprint whose{};
    TokenKind kind = TokenKind::access;
    friend auto operator<=>(const Owner&, const Owner&) = default;
  };
  /// A login's token and the tokens that replaced it, numbered from 0. All of them end at the same time.
  struct Line {
    std::int64_t end = 0;
    std::uint64_t id = 0;
    friend auto operator<=>(const Line&, const Line&) = default;
  };

  explicit Revocations(std::size_t lines_of_an_owner = 4096) : most_(lines_of_an_owner) {}

  /// Revokes a token that has not ended by `now`, and those before it in its line. false: it was revoked already. The
  /// step is atomic: if several callers revoke the same token, exactly one gets true.
  bool take_back(const Owner& owner, const Line& line, std::uint64_t number, std::int64_t now);
  [[nodiscard]] bool contains(const Owner& owner, const Line& line, std::uint64_t number) const;

  /// The number of lines that are stored one by one, over all owners.
  [[nodiscard]] std::size_t lines() const;
  [[nodiscard]] std::size_t owners() const;

 private:
  struct Taken {
    /// Counts every line that ends at `end` or before as revoked, and frees their entries.
    void pool(std::int64_t end);
    [[nodiscard]] bool contains(const Line& line, std::uint64_t number) const;

    std::int64_t pooled = 0;              ///< every line that ends by then is revoked
    std::map<Line, std::uint64_t> lines;  ///< the highest revoked number of each line
  };

  void drop_ended(std::int64_t now);

  const std::size_t most_;
  std::atomic<bool> any_{false};
  mutable std::mutex mutex_;
  std::map<Owner, Taken> owners_;
};

}  // namespace parley::login
