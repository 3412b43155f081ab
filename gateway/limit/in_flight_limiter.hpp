// Places for requests that wait for a backend, and a bounded queue before them: one worker's share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "adapters/contract/counter.hpp"
#include "adapters/io/waiting.hpp"

namespace parley::gateway::limit {

/// Used on its worker's thread only, but for what says otherwise: nothing is locked, and a place that becomes free wakes nobody on another thread.
class InFlightLimiter {
 public:
  struct Bounds {
    std::size_t inside = 1024;
    std::size_t queue = 1024;
    std::uint32_t wait = 1;  ///< seconds of the worker's clock
  };

  /// Given back when it goes. The limiter must outlive it.
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

  /// From now on; who is inside already stays.
  void set(const Bounds& bounds);
  /// A place, if one is free and nobody stands in line for it.
  [[nodiscard]] Place try_enter() noexcept;
  /// Stands in line for one where none is free. Empty: the line was full, or it took too long.
  io::Task<Place> enter();

  /// How many are inside, and how many stand in line. Any thread.
  [[nodiscard]] std::size_t inside() const noexcept { return inside_.value(); }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.value(); }

  /// Once a second: who has stood in line too long is sent away.
  void check_time(std::uint32_t tick);
  /// At the end: gives up who stands in line; the event loop destroys them.
  void abandon() noexcept;

 private:
  struct Waiter {
    explicit Waiter(InFlightLimiter& owner) noexcept;
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    void unlink() noexcept;
    /// With or without a place: its wait is over.
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
