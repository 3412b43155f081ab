// Where `parley load` puts documents: a store that it opens, or the gateway that has it open.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "gateway/cli/cli.hpp"
#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::cli {

/// Documents that are stored together.
struct LoadBatch {
  contract::Records records;
  String lines;  ///< the same documents as JSON, one a line; only where the target sends them
};

class LoadTarget {
 public:
  virtual ~LoadTarget() = default;
  /// Returns after commit. Errors: unavailable, unsupported_operation (a connector).
  virtual Result<void> store(const LoadBatch& batch) = 0;
  /// Whether batches need `lines`.
  [[nodiscard]] virtual bool sends() const noexcept { return false; }
};

/// Opens the store of `backend`. If another process has it open, the target is the admin listener of the settings, and a line on
/// `streams.err` says so. Errors: unavailable, which says what would help where there is no such listener.
[[nodiscard]] Result<std::unique_ptr<LoadTarget>> open_load_target(const config::Settings& settings,
                                                                   const config::Backend& backend,
                                                                   const translate::NamedShape& shape, Streams streams);

}  // namespace parley::gateway::cli
