// Reading operations and the cache of a worker's session: under which key an answer stands, and what it depends on.
#pragma once

#include <optional>

#include "adapters/store/cache.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/error.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The answer that the cache has; nothing where it has none that is still true.
[[nodiscard]] std::optional<Result<Outcome>> find_cached(const Operation& operation, Cache& cache);

/// Keeps an answer, where it is of a kind that is kept. `since` was noted before the first record was asked for.
void keep(const Operation& operation, const Outcome& outcome, const Gathered& gathered, Versions::Number since,
          Cache& cache);

}  // namespace parley::store
