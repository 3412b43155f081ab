// Which signed tokens were taken back before their end: in bounded memory, and yet none is forgotten.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <map>
#include <mutex>

#include "adapters/login/tokens.hpp"

namespace parley::login {

/// Any thread. What one owner takes back is bounded, and so is the number of owners, as only signed tokens come here. Beyond
/// the bound, the half of the owner's that ends first is pooled: every token of his that ends by then counts as taken back. So
/// a flood of logouts logs out whoever makes it, and nobody else.
class Revocations {
 public:
  struct Owner {
    Fingerprint whose{};
    TokenKind kind = TokenKind::access;
    friend auto operator<=>(const Owner&, const Owner&) = default;
  };
  /// A token of a login and those that took its place, counted from 0: they end together.
  struct Line {
    std::int64_t end = 0;
    std::uint64_t id = 0;
    friend auto operator<=>(const Line&, const Line&) = default;
  };

  explicit Revocations(std::size_t lines_of_an_owner = 4096) : most_(lines_of_an_owner) {}

  /// Takes a token that has not ended by `now` back, with those of its line before it. false: it was taken back already. One
  /// step: of several who do it at once, one is told true.
  bool take_back(const Owner& owner, const Line& line, std::uint64_t number, std::int64_t now);
  [[nodiscard]] bool contains(const Owner& owner, const Line& line, std::uint64_t number) const;

  /// What is known apart, over all owners.
  [[nodiscard]] std::size_t lines() const;
  [[nodiscard]] std::size_t owners() const;

 private:
  struct Taken {
    /// What ends at `end` or before needs no place of its own any more.
    void pool(std::int64_t end);
    [[nodiscard]] bool contains(const Line& line, std::uint64_t number) const;

    std::int64_t pooled = 0;              ///< what ends by then is taken back
    std::map<Line, std::uint64_t> lines;  ///< the last token of each that is
  };

  void drop_ended(std::int64_t now);

  const std::size_t most_;
  std::atomic<bool> any_{false};
  mutable std::mutex mutex_;
  std::map<Owner, Taken> owners_;
};

}  // namespace parley::login
