// W3C Trace Context, level 1: which of the caller's traces a request belongs to.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::observe {

/// The `traceparent` of what a request causes: `00-<trace id>-<our span>-<flags>`. Empty until it is made.
class Trace {
 public:
  [[nodiscard]] bool empty() const noexcept { return text_[0] == '\0'; }
  void clear() noexcept { text_[0] = '\0'; }
  /// The header's value.
  [[nodiscard]] std::string_view parent() const noexcept { return {text_.data(), empty() ? 0 : text_.size()}; }
  /// 32 hex digits.
  [[nodiscard]] std::string_view id() const noexcept { return empty() ? "" : parent().substr(3, 32); }
  /// 16 hex digits.
  [[nodiscard]] std::string_view span() const noexcept { return empty() ? "" : parent().substr(36, 16); }

 private:
  friend class Tracer;
  std::array<char, 55> text_{};
};

/// Whether `text` is the value of a `traceparent` header that may be believed. Of later versions the part that this one
/// knows has to be right.
[[nodiscard]] bool is_traceparent(std::string_view text) noexcept;

/// The one `traceparent` of a request; empty where there is none, it is malformed, or there are several.
[[nodiscard]] std::string_view find_traceparent(std::span<const http::Header> headers) noexcept;

/// Makes traces. Used on one thread. Its numbers are no secrets.
class Tracer {
 public:
  Tracer();
  explicit Tracer(std::uint64_t seed) noexcept : state_(seed) {}

  /// A child of `given`, which is what find_traceparent gave; a trace of its own where that is empty, marked as
  /// recorded where `recorded` is set.
  [[nodiscard]] Trace child(std::string_view given, bool recorded) noexcept;
  /// 32 hex digits that no other call gives.
  [[nodiscard]] std::array<char, 32> id() noexcept;

 private:
  std::uint64_t number() noexcept;

  std::uint64_t state_;
};

}  // namespace parley::gateway::observe
