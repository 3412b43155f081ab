// The last error of each upstream, for the state page.
#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

struct Trouble {
  Time at{};
  String text;  ///< the code and the text of the log; no secrets
};

/// The last errors by backend and server. Any thread.
class Troubles {
 public:
  static constexpr std::size_t most = 256;

  /// Keeps the first error of each second, so that many errors cost little.
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
