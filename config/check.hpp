// Finds faults between parts of a configuration that are valid by themselves.
#pragma once

#include "config/settings.hpp"

namespace parley::config {

/// Gives each route without a name the name of its facade. Then adds a fault for: two routes with the same name; an unknown backend (with
/// the nearest known name); two routes that would answer the same requests; an access log that is the file of a secret; an address listed twice, or with other TLS settings; two
/// addresses that cannot be opened together; an admin address that clients use, or one that needs a token; bad origins. `root` is the node
/// that the settings were read from. Skips parts that could not be read.
void check_together(const shape::Node& root, Settings& settings, Faults& faults);

/// Whether a fault of the file may be the reason for what a later check finds at `path`, so that only the fault is told: a part of the file
/// that was not read; another fault of the same key of a backend or route, or an unknown key of it, which may be that key misspelt; in
/// other sections any fault. That two routes answer the same requests is no reason for anything: both were read.
[[nodiscard]] bool may_explain(const Fault& fault, std::string_view path);

}  // namespace parley::config
