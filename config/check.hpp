// Finds faults between parts of a configuration that are valid by themselves.
#pragma once

#include "config/settings.hpp"

namespace parley::config {

/// Gives each route without a name the name of its facade. Then adds a fault for: two routes with the same name; an unknown backend (with
/// the nearest known name); two routes that would answer the same requests; an address listed twice, or with other TLS settings; two
/// addresses that cannot be opened together; an admin address that clients use, or one that needs a token; bad origins. `root` is the node
/// that the settings were read from. Skips parts that could not be read.
void check_together(const shape::Node& root, Settings& settings, Faults& faults);

}  // namespace parley::config
