// `${VAR}`, `${VAR:-default}` and `$$` in the values of a configuration.
#pragma once

#include <unordered_set>

#include "config/settings.hpp"
#include "schemas/shape/read_yaml.hpp"

namespace parley::config {

/// The values that a variable went into: a fault does not show them.
using Substituted = std::unordered_set<const shape::Node*>;

/// Puts environment variables in. The default counts where the variable is unset or empty. Faults: a variable that is
/// unset and has no default, or that holds no text; a `$` that begins nothing.
Substituted put_variables(shape::Yaml& yaml, Faults& faults);

}  // namespace parley::config
