// The Rocket.Chat livechat API as served, in one of two profiles: "8" (servers of today) and "0.70" (Pimenta).
#pragma once

#include "adapters/facade.hpp"
#include "config/settings.hpp"

namespace parley::rocketchat {

/// Which server we look like. A profile never mixes shapes, texts or statuses with the other.
enum class Profile : std::uint8_t { v8, pimenta };

/// `8`, `0.70` or `pimenta`; empty is `8`. nullopt: no such profile.
[[nodiscard]] std::optional<Profile> find_profile(std::string_view name) noexcept;

inline constexpr std::string_view json_type = "application/json";  // exactly: the vendor's own tests compare it

/// The calls, in the same places in both profiles (endpoints.cpp).
[[nodiscard]] std::span<const adapters::Endpoint> endpoints() noexcept;
/// Whether `endpoint` is one of ours, or the one with that operation; nullptr and other vendors' are not.
[[nodiscard]] bool is_endpoint(const adapters::Endpoint* endpoint) noexcept;
[[nodiscard]] bool is_endpoint(const adapters::Endpoint* endpoint, OperationKind operation) noexcept;

/// Headers that every answer carries: no storing, and any origin may read it.
void add_common_headers(Profile profile, adapters::Reply& reply);

class Facade final : public adapters::Facade {
 public:
  /// The route must have passed check_route.
  explicit Facade(const config::Route& route);

  [[nodiscard]] std::span<const adapters::Endpoint> endpoints() const noexcept override {
    return rocketchat::endpoints();
  }
  [[nodiscard]] bool ignores_path_case() const noexcept override { return false; }
  Result<void> admit(const adapters::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const adapters::Request& request, adapters::Reply& reply) const override;
  void render(const Error& error, const adapters::Request& request, adapters::Reply& reply) const override;

  [[nodiscard]] Profile profile() const noexcept { return profile_; }
  /// Whether the route keeps a custom field of that name: one of its registry, or any where it has none.
  [[nodiscard]] bool keeps(std::string_view custom_field) const noexcept;

 private:
  Profile profile_;
  config::Auth auth_;
  List<String> custom_fields_;
  bool report_losses_;
};

}  // namespace parley::rocketchat
