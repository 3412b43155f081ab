// What is wrong with where a connector is told to call, found out without calling anybody.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"

namespace parley::upstream {

/// A URL of the settings.
struct Url {
  std::string_view text;
  String path;  ///< its key: `backends.support.url`
  config::Mark mark;
  bool carries_credentials = false;  ///< whether secrets are sent there
};

/// Adds faults: a host that is neither a name nor an address; `https` on port 80 and `http` on 443; a path that ends in one of `own`, the
/// paths that the vendor's API has and the connector adds by itself. And a warning: credentials that go to another machine in the
/// clear. A `*` in `own` is any segment, and a path may end anywhere in it: `/v4/livechat/*` is `/v4`, too.
void check_url(const Url& url, std::span<const std::string_view> own, config::Faults& faults);

/// The same for the `url` of a backend, where it has one; and what else all connectors have in common: a warning for a `ca` that nothing
/// asks for. `second_url`: another one that the connector calls; may be empty.
void check_settings(const config::Backend& backend, std::span<const std::string_view> own, config::Faults& faults,
                    std::string_view second_url = {});

/// Adapter::try_backend of connectors: whether `ca` can be trusted. Errors: unavailable.
[[nodiscard]] Result<void> try_settings(const config::Backend& backend);

/// Adapter::files of connectors: `ca`.
void files_of(const config::Backend& backend, List<contract::BackendFile>& files);

}  // namespace parley::upstream
