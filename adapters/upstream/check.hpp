// Finds faults in a connector's settings without calling any server.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"

namespace parley::upstream {

/// A URL of the settings.
struct Url {
  std::string_view text;
  String path;  ///< the key that holds it: `backends.support.url`
  config::Mark mark;
  bool carries_credentials = false;  ///< secrets are sent to it
};

/// Adds faults: a host that is neither a name nor an address; `https` on port 80 or `http` on 443; a path that ends in
/// one of `own`. `own` holds the paths of the vendor's API, which the connector adds itself. A `*` in it matches any
/// segment, and the URL's path may end after any segment of it: `/v4` is refused for `/v4/livechat/*`, too. Adds a
/// warning: credentials that leave this machine unencrypted.
void check_url(const Url& url, std::span<const std::string_view> own, config::Faults& faults);

/// Does the same for a backend's `url`, if it is set, and warns of a `ca` that has no effect. `second_url`: another URL
/// that the connector calls; may be empty.
void check_settings(const config::Backend& backend, std::span<const std::string_view> own, config::Faults& faults,
                    std::string_view second_url = {});

/// Adapter::try_backend of connectors: checks that the file of `ca` can be loaded. Errors: unavailable.
[[nodiscard]] Result<void> try_settings(const config::Backend& backend);

/// Adapter::files of connectors: adds the file of `ca`.
void files_of(const config::Backend& backend, List<contract::BackendFile>& files);

}  // namespace parley::upstream
