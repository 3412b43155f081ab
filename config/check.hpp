// What is wrong between the parts of a configuration, each of which may be fine.
#pragma once

#include "config/settings.hpp"

namespace parley::config {

/// Gives routes without a name their facade's, and looks for: two routes of one name; an unknown backend (with the nearest known
/// name); two routes that would answer the same requests; an address listed twice, or two that cannot be listened on together; origins
/// that are none, or too many. `root` is what the settings were read
/// from. Parts that could not be read are passed over.
void check_together(const shape::Node& root, Settings& settings, Faults& faults);

}  // namespace parley::config
