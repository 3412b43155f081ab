// What the configuration file may say, generated from the tables that read it.
#pragma once

#include "schemas/text.hpp"

namespace parley::config {

/// JSON Schema (draft 2020-12) of the file, laid out for people; for editors that check YAML while one types.
[[nodiscard]] String json_schema();

/// config/REFERENCE.md: every key with its type, default and meaning.
[[nodiscard]] String reference();

}  // namespace parley::config
