// A connection that was accepted, on its way to the worker that serves it.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "adapters/io/stream.hpp"
#include "gateway/limit/crowd.hpp"

namespace parley::gateway {

/// One of a worker's connections, counted as long as this lives.
class Counted {
 public:
  Counted() = default;
  explicit Counted(std::atomic<std::size_t>& count) noexcept : count_(&count) {
    count.fetch_add(1, std::memory_order_relaxed);
  }
  Counted(Counted&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  Counted& operator=(Counted&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~Counted() {
    if (count_ != nullptr) count_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::size_t>* count_ = nullptr;
};

struct Accepted {
  io::Descriptor socket;  ///< non-blocking
  std::size_t listener = 0;
  String peer;
  Crowd::Place place;
  Counted counted;                      ///< by the worker that it goes to
  std::shared_ptr<io::TlsServers> tls;  ///< of its listener; none = plain
};

}  // namespace parley::gateway
