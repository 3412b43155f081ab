// Decides whether a backend of a new configuration is one that is open already.
#pragma once

#include <optional>

#include "gateway/runtime/check.hpp"

namespace parley::gateway::runtime {

/// Whether both settings open the same backend. Name and position in the file do not count.
[[nodiscard]] bool same(const config::Backend& a, const config::Backend& b);

/// The file of `b` that is also a file of `a`, if it is a store of at least one of them; only one backend can have it open.
/// `store` says whether it is the store of both; otherwise one would write its journal or lock into the other's store. Nothing
/// if there is none, or the kinds differ.
[[nodiscard]] std::optional<contract::BackendFile> same_store(const config::Backend& a, const config::Backend& b,
                                                              Adapters adapters);

}  // namespace parley::gateway::runtime
