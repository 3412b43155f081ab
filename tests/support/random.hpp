// Random numbers with a seed. A failing property test prints its seed, and the same seed fails again.
#pragma once

#include <cstdint>
#include <random>

#include "schemas/text.hpp"

namespace parley::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `end` - 1; `end` must not be 0.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class Container>
  const auto& pick(const Container& container) {
    return container[below(std::size(container))];
  }
  template <class T>
  void shuffle(List<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::mt19937_64 engine_;  // without std::uniform_int_distribution, whose results differ between libraries
};

}  // namespace parley::test
