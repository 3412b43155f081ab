// The text of a fault for the operator: what was expected, what the file has, what to write instead.
#pragma once

#include "config/grammar.hpp"
#include "config/variables.hpp"
#include "schemas/shape/view.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::config {

/// Never shows secrets or values of variables. `source` is the text that `yaml` was read from.
[[nodiscard]] Fault to_fault(const shape::Fault& fault, shape::Yaml& yaml, const shape::YamlSource& source,
                             const Substituted& substituted, const Grammar& grammar);

}  // namespace parley::config
