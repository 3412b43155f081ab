// Whether a backend of a new configuration is one that is open already.
#pragma once

#include "config/settings.hpp"

namespace parley::gateway::runtime {

/// Whether both say the same of what is opened; name and places in the file do not count.
[[nodiscard]] bool same(const config::Backend& a, const config::Backend& b);

/// Whether both are a store on the same file, which only one can have open.
[[nodiscard]] bool same_store(const config::Backend& a, const config::Backend& b);

}  // namespace parley::gateway::runtime
