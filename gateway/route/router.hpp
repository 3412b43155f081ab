// Finds the endpoint that a request is for: listener, host, prefix, path, method, in this order.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "adapters/http/request.hpp"
#include "gateway/route/mount.hpp"
#include "gateway/route/target.hpp"

namespace parley::gateway::route {

inline constexpr std::size_t max_parameters = 8;
inline constexpr std::size_t max_segments = 16;

/// The decoded `:name` segments of one request; keeps its memory from one request to the next.
class Parameters {
 public:
  void clear() noexcept { size_ = 0; }
  void add(std::string_view value) { values_[size_++].assign(value); }
  [[nodiscard]] std::span<const String> view() const noexcept { return {values_.data(), size_}; }

 private:
  std::array<String, max_parameters> values_;
  std::size_t size_ = 0;
};

/// Where a request belongs. After a miss `mount` is the one in whose voice it is refused, or nullptr; `endpoint` is nullptr.
struct Found {
  const Mount* mount = nullptr;
  const MountedEndpoint* endpoint = nullptr;
};

/// Immutable once built; shared by all workers.
class Router {
 public:
  /// `listeners[i]` holds the mounts that listener i serves, as indices.
  Router(List<std::unique_ptr<Mount>> mounts, const List<List<std::size_t>>& listeners);

  /// Fills `found` and `parameters`, and sets `path`, `parameters` and `endpoint` of the request. Errors:
  /// no_such_endpoint; method_not_allowed (`detail` lists the methods, `GET, HEAD`); malformed_request (bad percent
  /// escape, or no UTF-8). GET endpoints answer HEAD.
  Result<void> match(std::size_t listener, const Target& target, std::string_view host, http::Request& request,
                     Parameters& parameters, Found& found) const;

  [[nodiscard]] const List<std::unique_ptr<Mount>>& mounts() const noexcept { return mounts_; }

 private:
  struct HostGroup {
    String host;
    List<const Mount*> mounts;  ///< the longest prefix first
  };
  struct Listener {
    List<HostGroup> hosts;  ///< sorted by name
    HostGroup any;
  };
  [[nodiscard]] const HostGroup* find_host(const Listener& listener, std::string_view host) const;

  List<std::unique_ptr<Mount>> mounts_;
  List<Listener> listeners_;
};

}  // namespace parley::gateway::route
