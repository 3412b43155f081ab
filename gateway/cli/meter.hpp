// Shows how far a command is, and its speed, on a terminal.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>

#include "gateway/cli/cli.hpp"

namespace parley::gateway::cli {

/// A line on standard error that is written again at most five times a second. Shows nothing if that is no terminal.
class Meter {
 public:
  /// `what`: the things that are counted, `documents`.
  Meter(Streams streams, std::string_view what)
      : err_(streams.err), what_(what), shows_(&err_ == &std::cerr && ::isatty(STDERR_FILENO) == 1) {}

  /// `before`: how many of `count` an earlier run has dealt with.
  void show(std::size_t count, std::size_t before, std::size_t bytes) {
    const auto now = Clock::now();
    if (!shows_ || now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const auto rate = static_cast<std::size_t>(static_cast<double>(count - before) / std::max(seconds, 0.001));
    err_ << '\r' << count << ' ' << what_ << ", " << bytes / 1'000'000 << " MB, " << rate << "/s\x1b[K" << std::flush;
    dirty_ = true;
  }
  /// Clears the line for the next message.
  void clear() {
    if (dirty_) err_ << "\r\x1b[K" << std::flush;
    dirty_ = false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::ostream& err_;
  const std::string_view what_;
  const bool shows_;
  bool dirty_ = false;
  const Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
};

}  // namespace parley::gateway::cli
