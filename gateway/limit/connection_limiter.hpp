// How many connections there are, in all and from one client: all workers count together.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "schemas/text.hpp"

namespace parley::gateway::limit {

/// Any thread. Touched when a connection is accepted and when it ends, never in between.
class ConnectionLimiter {
 public:
  /// One connection's place, given back when it goes. The limiter must outlive it.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : limiter_(std::exchange(other.limiter_, nullptr)), client_(std::move(other.client_)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(limiter_, other.limiter_);
      std::swap(client_, other.client_);
      return *this;
    }
    ~Place() {
      if (limiter_ != nullptr) limiter_->leave(client_);
    }
    [[nodiscard]] explicit operator bool() const noexcept { return limiter_ != nullptr; }

   private:
    friend class ConnectionLimiter;
    Place(ConnectionLimiter& limiter, String client) noexcept : limiter_(&limiter), client_(std::move(client)) {}

    ConnectionLimiter* limiter_ = nullptr;
    String client_;
  };

  /// A place for a connection from `address` (as text), or an empty one: `most` are there, or `per_client` (0 = any number)
  /// from that client. A client is an IPv4 address, or the first 64 bits of an IPv6 address: those a site gives out itself.
  [[nodiscard]] Place enter(std::string_view address, std::int64_t most, std::int64_t per_client);
  [[nodiscard]] std::int64_t size() const noexcept { return size_.load(std::memory_order_relaxed); }

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<String, std::int64_t> clients;
  };

  void leave(const String& client) noexcept;
  Shard& shard_of(const String& client) noexcept;

  std::atomic<std::int64_t> size_{0};
  std::array<Shard, 16> shards_;
};

}  // namespace parley::gateway::limit
