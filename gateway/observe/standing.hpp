// Values that are not counted but read for each scrape: load, limits, certificates, configuration.
#pragma once

#include <chrono>

#include "config/settings.hpp"
#include "gateway/observe/exposition.hpp"

namespace parley::gateway::observe {

/// Collected by the admin listener for each scrape.
struct Standing {
  std::size_t in_flight = 0;  ///< requests that wait for a backend
  std::size_t queued = 0;     ///< requests in the queue before them
  std::uint64_t memory = 0;   ///< bytes that waiting requests and answers hold
  config::Limits limits;      ///< the limits of these values
  struct Certificate {
    String listener;
    String file;
    std::chrono::system_clock::time_point ends;
  };
  List<Certificate> certificates;
  std::chrono::system_clock::time_point loaded{};  ///< when the configuration was last read
  bool loaded_well = true;                         ///< false: it had faults, and an older one is served
};

void expose_standing(const Standing& standing, Exposition& out);

}  // namespace parley::gateway::observe
