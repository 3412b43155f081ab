// JSON laid out for people: two blanks a level. What `schema` prints and what lies generated in the tree.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::translate {

/// `json` must be valid. Ends in a line end.
[[nodiscard]] String pretty(std::string_view json);

}  // namespace parley::gateway::translate
