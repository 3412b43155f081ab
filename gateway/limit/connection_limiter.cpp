// Counts connections. The clients are spread over 16 maps with a lock each, so that workers seldom wait for each other.
#include "gateway/limit/connection_limiter.hpp"

#include <arpa/inet.h>

#include <functional>

namespace parley::gateway::limit {
namespace {

String client_of(std::string_view address) {
  const String text(address);
  in6_addr six{};
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return text;
  return {reinterpret_cast<const char*>(&six), 8};
}

}  // namespace

ConnectionLimiter::Shard& ConnectionLimiter::shard_of(const String& client) noexcept {
  return shards_[std::hash<String>()(client) % shards_.size()];
}

ConnectionLimiter::Place ConnectionLimiter::enter(std::string_view address, std::int64_t most,
                                                  std::int64_t per_client) {
  if (size_.fetch_add(1, std::memory_order_relaxed) >= most) {
    size_.fetch_sub(1, std::memory_order_relaxed);
    return {};
  }
  String client = client_of(address);
  Shard& shard = shard_of(client);
  {
    const std::scoped_lock lock(shard.mutex);
    std::int64_t& there = shard.clients[client];
    if (per_client == 0 || there < per_client) {
      ++there;
      return {*this, std::move(client)};
    }
  }
  size_.fetch_sub(1, std::memory_order_relaxed);
  return {};
}

void ConnectionLimiter::leave(const String& client) noexcept {
  Shard& shard = shard_of(client);
  {
    const std::scoped_lock lock(shard.mutex);
    const auto at = shard.clients.find(client);
    if (--at->second == 0) shard.clients.erase(at);
  }
  size_.fetch_sub(1, std::memory_order_relaxed);
}

}  // namespace parley::gateway::limit
