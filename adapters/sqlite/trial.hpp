// Checks whether a store could be opened, without opening it for use.
#pragma once

#include "config/settings.hpp"
#include "schemas/error.hpp"

namespace parley::sqlite {

/// Adapter::try_backend. Leaves no folder, file or lock behind. A store that is open already, here or in another
/// process, passes. Errors: those of Store::open, as far as they can be foreseen.
[[nodiscard]] Result<void> try_open(const config::Backend& settings);

}  // namespace parley::sqlite
