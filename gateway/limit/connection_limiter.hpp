// Limits the connections of all workers together, in total and for each client.
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

/// Any thread. Used when a connection is accepted and when it ends, never in between.
class ConnectionLimiter {
 public:
  /// The place of one connection; its destructor frees it. The limiter must outlive it.
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

  /// Takes a place for a connection from `address` (as text). Returns an empty place if there are `most` connections already,
  /// or `per_client` (0 = no limit) from this client. A client is an IPv4 address or the first 64 bits of an IPv6 address,
  /// since one site owns all addresses behind these bits.
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
