// The store that a command works on: the one that --config and --backend name.
#pragma once

#include <memory>
#include <optional>

#include "adapters/contract/archive.hpp"
#include "gateway/cli/common.hpp"

namespace parley::gateway::cli {

/// Finds a backend by name. If there is none, prints a line to `streams.err`, with the nearest name or all of them, and returns nullptr.
[[nodiscard]] const config::Backend* backend_option(const config::Settings& settings, std::string_view name,
                                                    Streams streams);

struct ChosenStore {
  config::Settings settings;
  config::Backend backend;

  /// Errors: unavailable, with the reason.
  [[nodiscard]] Result<std::unique_ptr<contract::Archive>> open_archive() const;
};

/// Reads the settings and finds the backend, which must be a store. Otherwise prints the reason to `streams.err`, sets `exit`, and returns
/// nothing.
[[nodiscard]] std::optional<ChosenStore> choose_store(const String& config, const String& backend, Streams streams,
                                                      Exit& exit);

}  // namespace parley::gateway::cli
