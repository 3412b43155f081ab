// A facade: one vendor's API as we serve it.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

#include "adapters/contract/endpoint.hpp"

namespace parley::contract {

/// Which slashes a path may have that the pattern has not: one behind the last segment, and any number before the first.
enum class Slashes : std::uint8_t { none, closing, closing_and_leading };

/// A route's rate limit after a request was counted.
struct Limit {
  std::int64_t requests = 0;   ///< that a window allows
  std::int64_t remaining = 0;  ///< of them
  std::int64_t reset = 0;      ///< when the next window begins: milliseconds since 1970
};

/// Immutable once made; shared by all workers; every member function may be called from any thread at once.
class Facade {
 public:
  virtual ~Facade() = default;
  [[nodiscard]] virtual std::span<const Endpoint> endpoints() const noexcept = 0;
  /// Whether literal path segments match in any case (Enghouse, Comm100).
  [[nodiscard]] virtual bool ignores_path_case() const noexcept = 0;
  /// Which additional slashes the vendor's router takes. Servers that ignore case take one at the end.
  [[nodiscard]] virtual Slashes slashes() const noexcept {
    return ignores_path_case() ? Slashes::closing : Slashes::none;
  }
  /// How long this vendor's clients wait for an answer, less the way: a backend has that much time.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const noexcept { return std::chrono::seconds(15); }
  /// Checks the credentials of a request to an endpoint that asks for them. Returns the principal: a name for logs and for
  /// counting, no secret; it lives as long as request and facade; empty where the route is open to everybody. Errors:
  /// unauthorized, forbidden, missing_field.
  virtual Result<std::string_view> admit(const http::Request& request) const = 0;
  /// Shows an outcome in this style where `request` is another vendor's: on a route with `emit`. Its own requests are answered by
  /// their endpoints. Status, type, headers and body, and in `reply.losses` what it could not carry. A
  /// long list may become `reply.source`, which may refer to `outcome`. Errors:
  /// unsupported_operation where the style has no document for it.
  virtual Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const = 0;
  /// Writes an error in the vendor's voice. `request.endpoint` may be nullptr. Never fails; never shows `error.detail`.
  virtual void render(const Error& error, const http::Request& request, http::Reply& reply) const = 0;
  /// Adds what the vendor tells of a rate limit to an answer that is ready otherwise: one that was let through, or the
  /// refusal itself.
  virtual void show_limit(const Limit& limit, http::Reply& reply) const {
    static_cast<void>(limit);
    static_cast<void>(reply);
  }
};

}  // namespace parley::contract
