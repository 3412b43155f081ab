// W3C Trace Context, level 1: the trace that a request belongs to.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "adapters/http/request.hpp"

namespace parley::gateway::observe {

/// The `traceparent` of the calls that a request causes: `00-<trace id>-<our span>-<flags>`. Empty until it is made.
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

/// Whether `text` is a valid value of a `traceparent` header. Of a later version, only the part that level 1 defines is
/// checked.
[[nodiscard]] bool is_traceparent(std::string_view text) noexcept;

/// The `traceparent` of a request; empty if there is none, it is malformed, or there are several.
[[nodiscard]] std::string_view find_traceparent(std::span<const http::Header> headers) noexcept;

/// Makes traces. Used on one thread. Its ids are predictable, so they must not serve as secrets.
class Tracer {
 public:
  Tracer();
  explicit Tracer(std::uint64_t seed) noexcept : state_(seed) {}

  /// Makes a child of `given`, the result of find_traceparent. If that is empty, starts a new trace, with the flag `recorded`.
  [[nodiscard]] Trace child(std::string_view given, bool recorded) noexcept;
  /// A new id of 32 hex digits.
  [[nodiscard]] std::array<char, 32> id() noexcept;

 private:
  std::uint64_t number() noexcept;

  std::uint64_t state_;
};

}  // namespace parley::gateway::observe
