// Finds the endpoint for a request: by listener, host, prefix, path and method, in this order.
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

/// The decoded `:name` segments of a request. Reuses its memory for the next request.
class Parameters {
 public:
  void clear() noexcept { size_ = 0; }
  void add(std::string_view value) { values_[size_++].assign(value); }
  [[nodiscard]] std::span<const String> view() const noexcept { return {values_.data(), size_}; }

 private:
  std::array<String, max_parameters> values_;
  std::size_t size_ = 0;
};

/// The result of a match. After a miss `endpoint` is nullptr, and `mount` is the route that renders the error, or nullptr.
struct Found {
  const Mount* mount = nullptr;
  const MountedEndpoint* endpoint = nullptr;
};

/// Immutable once built; shared by all workers.
class Router {
 public:
  /// `listeners[i]` has the indices of the mounts that listener i serves.
  Router(List<std::unique_ptr<Mount>> mounts, const List<List<std::size_t>>& listeners);

  /// Fills `found` and `parameters`, and sets `path`, `parameters` and `endpoint` of the request. GET endpoints also answer
  /// HEAD. Errors: no_such_endpoint; method_not_allowed (`detail` lists the methods, `GET, HEAD`); malformed_request (a bad
  /// percent escape, or not UTF-8).
  Result<void> match(std::size_t listener, const Target& target, std::string_view host, http::Request& request,
                     Parameters& parameters, Found& found) const;

  [[nodiscard]] const List<std::unique_ptr<Mount>>& mounts() const noexcept { return mounts_; }

 private:
  struct Served {
    const Mount* mount;
    bool alone = false;  ///< it has a prefix, and no other mount of its group has the same
  };
  struct HostGroup {
    String host;
    List<Served> mounts;  ///< the longest prefix first
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
