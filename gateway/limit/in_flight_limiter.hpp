// Limits the requests of one worker that wait for a backend, with a bounded queue for more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "adapters/contract/counter.hpp"
#include "adapters/io/waiting.hpp"

namespace parley::gateway::limit {

/// Used on its worker's thread only, unless a function says otherwise. So it needs no lock, and freeing a place wakes no other
/// thread.
class InFlightLimiter {
 public:
  struct Bounds {
    std::size_t inside = 1024;
    std::size_t queue = 1024;
    std::uint32_t wait = 1;  ///< seconds of the worker's clock
  };

  /// The place of one request; its destructor frees it. The limiter must outlive it.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept : limiter_(std::exchange(other.limiter_, nullptr)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(limiter_, other.limiter_);
      return *this;
    }
    ~Place() {
      if (limiter_ != nullptr) limiter_->leave();
    }
    [[nodiscard]] explicit operator bool() const noexcept { return limiter_ != nullptr; }

   private:
    friend class InFlightLimiter;
    explicit Place(InFlightLimiter& limiter) noexcept : limiter_(&limiter) {}

    InFlightLimiter* limiter_ = nullptr;
  };

  InFlightLimiter() = default;
  InFlightLimiter(const InFlightLimiter&) = delete;
  InFlightLimiter& operator=(const InFlightLimiter&) = delete;

  /// Sets the bounds. Requests that have a place keep it.
  void set(const Bounds& bounds);
  /// Takes a place if one is free and the queue is empty; else returns an empty place.
  [[nodiscard]] Place try_enter() noexcept;
  /// Takes a place, or waits in the queue for one. Returns an empty place if the queue is full or the wait exceeds
  /// `Bounds::wait`.
  io::Task<Place> enter();

  /// The number of places in use, and of requests in the queue. Any thread.
  [[nodiscard]] std::size_t inside() const noexcept { return inside_.value(); }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.value(); }

  /// Called once a second: ends the waits that exceed `Bounds::wait`.
  void check_time(std::uint32_t tick);
  /// Called at shutdown: drops the queue. The event loop destroys the waiting coroutines.
  void abandon() noexcept;

 private:
  struct Waiter {
    explicit Waiter(InFlightLimiter& owner) noexcept;
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    void unlink() noexcept;
    /// Ends the wait, with or without a place.
    void end();

    InFlightLimiter& limiter;
    io::Waiting<> waiting;
    Place place;
    Waiter* previous = nullptr;
    Waiter* next = nullptr;
    std::uint32_t since = 0;
    bool in_line = false;
  };

  void leave();
  void let_in();

  Bounds bounds_;
  contract::Level inside_;
  contract::Level waiting_;
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::uint32_t tick_ = 0;
};

}  // namespace parley::gateway::limit
