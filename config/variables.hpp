// Replaces `${VAR}`, `${VAR:-default}` and `$$` in the values of a configuration.
#pragma once

#include <unordered_map>

#include "config/settings.hpp"
#include "schemas/shape/read_yaml.hpp"

namespace parley::config {

/// The values that contain a variable, with the name of their first variable. A fault shows this name instead of the value. The names
/// are valid as long as the Yaml object.
using Substituted = std::unordered_map<const shape::Node*, std::string_view>;

/// Replaces variables by their values from the environment. One line end at the end of a value is left out, because
/// files of variables that were written on Windows have it. A default is used if the variable is unset or empty. Adds a fault for: a
/// variable that is unset and has no default; a value that is not text; bad syntax after `$`.
Substituted put_variables(shape::Yaml& yaml, Faults& faults);

}  // namespace parley::config
