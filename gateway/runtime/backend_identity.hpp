// Whether a backend of a new configuration is one that is open already.
#pragma once

#include <optional>

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Whether both say the same of what is opened; name and places in the file do not count.
[[nodiscard]] bool same(const config::Backend& a, const config::Backend& b);

/// The file of `b` that is the store of both, which only one can have open; nothing where there is none. Both are of one kind.
[[nodiscard]] std::optional<contract::BackendFile> same_store(const config::Backend& a, const config::Backend& b,
                                                              Adapters adapters);

}  // namespace parley::gateway::runtime
