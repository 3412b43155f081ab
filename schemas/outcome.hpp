// The canonical answers: what a backend gives back and a facade encodes.
#pragma once

#include "schemas/operation.hpp"

namespace parley {

/// The answer of any operation: one alternative for each type that is the `Answer` of one.
using Outcome = Operations::Outcome;

}  // namespace parley
