// `${VAR}`, `${VAR:-default}` and `$$` in the values of a configuration.
#pragma once

#include <unordered_map>

#include "config/settings.hpp"
#include "schemas/shape/read_yaml.hpp"

namespace parley::config {

/// The values that a variable went into, each with the variable's name, the first where there are several: a fault shows the name
/// instead of the value.
using Substituted = std::unordered_map<const shape::Node*, std::string_view>;

/// Puts environment variables in. The default counts where the variable is unset or empty. Faults: a variable that is
/// unset and has no default, or that holds no text; a `$` that begins nothing. The names live as long as `yaml`.
Substituted put_variables(shape::Yaml& yaml, Faults& faults);

}  // namespace parley::config
