// What is so at the moment and nobody counts: how full the gateway is, its certificates, its configuration.
#pragma once

#include <chrono>

#include "config/settings.hpp"
#include "gateway/observe/exposition.hpp"

namespace parley::gateway::observe {

/// Gathered by whoever knows it when somebody asks for the metrics.
struct Standing {
  std::size_t in_flight = 0;  ///< requests that wait for a backend
  std::size_t queued = 0;     ///< requests that wait for a place among those
  std::uint64_t memory = 0;   ///< bytes that requests and answers hold meanwhile
  config::Limits limits;      ///< of all that
  struct Certificate {
    String listener;
    String file;
    std::chrono::system_clock::time_point ends;
  };
  List<Certificate> certificates;
  std::chrono::system_clock::time_point loaded{};  ///< when the configuration was read last
  bool loaded_well = true;                         ///< false: it was faulty, and an older one is served
};

void expose_standing(const Standing& standing, Exposition& out);

}  // namespace parley::gateway::observe
