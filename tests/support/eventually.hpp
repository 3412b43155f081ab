// Waits for another thread or process.
#pragma once

#include <chrono>
#include <thread>

namespace parley::test {

/// Calls `holds()` until it returns true. Returns false if that takes more than ten seconds.
template <class F>
bool eventually(F holds) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace parley::test
