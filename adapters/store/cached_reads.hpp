// How reading operations use the cache of a worker's session: the key of an answer, and the records that it depends on.
#pragma once

#include <optional>

#include "adapters/store/cache.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/error.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The cached answer; nothing if there is none that is still current.
[[nodiscard]] std::optional<Result<Outcome>> find_cached(const Operation& operation, Cache& cache);

/// Keeps a record if it is of a type that is cached. `since`: Versions::now before the first record was read.
void keep(const Operation& operation, const Outcome& outcome, const Gathered& gathered, Versions::Number since,
          Cache& cache);

/// Keeps the answer of a list operation. `since`: Versions::now before the store was asked. `json`: the bytes of JSON that its records were
/// read from.
void keep_list(const Operation& operation, const Outcome& outcome, Versions::Number since, std::size_t json,
               Cache& cache);

}  // namespace parley::store
