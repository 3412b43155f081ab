// Indents JSON by two blanks a level, for `schema` and the generated files.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::translate {

/// `json` must be valid. The result ends with a line end.
[[nodiscard]] String pretty(std::string_view json);

}  // namespace parley::gateway::translate
