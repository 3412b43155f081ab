// A facade: one vendor's API as Parley serves it.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

#include "adapters/contract/endpoint.hpp"

namespace parley::contract {

/// Which extra slashes a path may have beyond its pattern. closing: one behind the last segment. closing_and_leading:
/// also any number before the first segment.
enum class Slashes : std::uint8_t { none, closing, closing_and_leading };

/// The state of a route's rate limit after a request was counted.
struct Limit {
  std::int64_t requests = 0;   ///< allowed in one window
  std::int64_t remaining = 0;  ///< left in this window
  std::int64_t reset = 0;      ///< when the next window begins, in milliseconds since 1970
};

/// Immutable and shared by all workers. Every member function may be called on any thread at any time.
class Facade {
 public:
  virtual ~Facade() = default;
  [[nodiscard]] virtual std::span<const Endpoint> endpoints() const noexcept = 0;
  /// Whether the literal segments of a path match in any letter case (Enghouse, Comm100).
  [[nodiscard]] virtual bool ignores_path_case() const noexcept = 0;
  /// Which extra slashes the vendor's router accepts. By default, a facade that ignores case accepts a closing one.
  [[nodiscard]] virtual Slashes slashes() const noexcept {
    return ignores_path_case() ? Slashes::closing : Slashes::none;
  }
  /// How long this vendor's clients wait for an answer, minus the time on the network. A backend has that much time.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const noexcept { return std::chrono::seconds(15); }
  /// Checks the credentials of a request, for endpoints that require them. Returns the principal: a name for logs and
  /// rate limits, not a secret; empty where the route is open to everybody. The name lives as long as both request and
  /// facade. Errors: unauthorized, forbidden, missing_field.
  virtual Result<std::string_view> admit(const http::Request& request) const = 0;
  /// Shows an outcome in this vendor's style for a request of another vendor, on a route with `emit`. (An endpoint
  /// shows the answers to its own requests.) Sets status, type, headers and body, and lists in `reply.losses` what it
  /// could not carry. A long list may become `reply.source`, which may refer to `outcome`. Errors:
  /// unsupported_operation where the style has no document for the outcome.
  virtual Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const = 0;
  /// Writes an error in the vendor's style. `request.endpoint` may be nullptr. Never fails and never shows
  /// `error.detail`.
  virtual void render(const Error& error, const http::Request& request, http::Reply& reply) const = 0;
  /// Adds the vendor's rate-limit headers to a finished answer, whether the request was let through or refused.
  virtual void show_limit(const Limit& limit, http::Reply& reply) const {
    static_cast<void>(limit);
    static_cast<void>(reply);
  }
};

}  // namespace parley::contract
