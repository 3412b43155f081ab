// Figures of the operating system about this process.
#pragma once

#include <cstdint>

namespace parley::gateway::observe {

struct ProcessFigures {
  std::uint64_t open_descriptors = 0;
  std::uint64_t most_descriptors = 0;
  std::uint64_t resident_bytes = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t threads = 0;
  double started = 0;      ///< seconds since 1970
  double cpu_seconds = 0;  ///< of all threads, user and system
};

/// Reads the figures now. A figure that the system does not give is 0.
[[nodiscard]] ProcessFigures measure_process();

}  // namespace parley::gateway::observe
