// The last error of each upstream: what the state page shows beside its breaker.
#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

struct Trouble {
  Time at{};
  String text;  ///< the code and what the log says of it; no secrets
};

/// By backend and server. Any thread.
class Troubles {
 public:
  static constexpr std::size_t most = 256;

  /// Of the errors of one second the first is kept: a flood of them costs a look each.
  void note(std::string_view backend, std::string_view server, const Error& error, Time now);
  [[nodiscard]] std::optional<Trouble> find(std::string_view backend, std::string_view server) const;

 private:
  struct Entry {
    String backend;
    String server;
    Trouble trouble;
  };
  mutable std::mutex mutex_;
  List<Entry> entries_;
};

}  // namespace parley::gateway::observe
