// The target of `parley load`: a store that it opens itself, or the running gateway that has the store open.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "gateway/cli/cli.hpp"
#include "gateway/translate/record_reader.hpp"

namespace parley::gateway::cli {

/// Documents that are stored together: all or none.
struct LoadBatch {
  contract::Records records;
  String lines;  ///< the same documents as JSON, one a line; filled only if `sends()`
};

class LoadTarget {
 public:
  virtual ~LoadTarget() = default;
  /// Stores a batch and returns after the commit. Errors: unavailable; unsupported_operation for a connector.
  virtual Result<void> store(const LoadBatch& batch) = 0;
  /// Whether `store` needs `LoadBatch::lines`.
  [[nodiscard]] virtual bool sends() const noexcept { return false; }
};

/// Opens the store of `backend`, for documents of the name `from`. If another process has it open, the target is the admin listener in `settings`, and a line on
/// `streams.err` says so. Errors: unavailable; if the settings have no admin listener, the message says what to do.
[[nodiscard]] Result<std::unique_ptr<LoadTarget>> open_load_target(const config::Settings& settings,
                                                                   const config::Backend& backend,
                                                                   std::string_view from, Streams streams);

}  // namespace parley::gateway::cli
