// Measures how long the stages of a request take.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace parley::gateway::observe {

/// head: from the first byte until endpoint and caller are known. body: until the body has come and is decoded. backend: until
/// there is an outcome. encode: until the answer is complete.
enum class Stage : std::uint8_t { head, body, backend, encode };

class StageTimer {
 public:
  using Clock = std::chrono::steady_clock;
  using Moment = Clock::time_point;

  [[nodiscard]] bool running() const noexcept { return running_; }
  void begin(Moment now) noexcept {
    begun_ = last_ = now;
    stages_ = {};
    running_ = true;
  }
  void stop() noexcept { running_ = false; }
  /// Switches the measuring of single stages on or off. Only the access log needs them; without it `pass` does not read the
  /// clock.
  void tell_stages(bool yes) noexcept { detailed_ = yes; }
  /// Ends a stage.
  void pass(Stage stage) noexcept {
    if (detailed_) pass(stage, Clock::now());
  }
  /// Ends the last stage when the answer is complete. Returns the time, at which the next pipelined request begins.
  Moment end() noexcept {
    const Moment now = Clock::now();
    pass(Stage::encode, now);
    return now;
  }

  [[nodiscard]] std::uint64_t microseconds(Stage stage) const noexcept {
    return count(stages_[static_cast<std::size_t>(stage)]);
  }
  /// From `begin` to `end`.
  [[nodiscard]] std::uint64_t microseconds() const noexcept { return count(last_ - begun_); }

 private:
  static std::uint64_t count(Clock::duration time) noexcept {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count());
  }
  void pass(Stage stage, Moment now) noexcept {
    stages_[static_cast<std::size_t>(stage)] += now - last_;
    last_ = now;
  }

  Moment begun_{};
  Moment last_{};
  std::array<Clock::duration, 4> stages_{};
  bool running_ = false;
  bool detailed_ = false;
};

}  // namespace parley::gateway::observe
