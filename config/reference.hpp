// What the configuration file may say, generated from the tables that read it.
#pragma once

#include "config/adapter_keys.hpp"

namespace parley::config {

/// JSON Schema (draft 2020-12) of the file, laid out for people; for editors that check YAML while one types.
/// It lets through what the program reads: a variable, `${NAME}`, stands for any scalar.
[[nodiscard]] String json_schema(AllKeys adapters);

/// config/REFERENCE.md: every key with its type, default and meaning.
[[nodiscard]] String reference(AllKeys adapters);

}  // namespace parley::config
