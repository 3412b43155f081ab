// Schema and reference of the configuration file, generated from the tables that read it.
#pragma once

#include "config/adapter_keys.hpp"

namespace parley::config {

/// JSON Schema (draft 2020-12) of the file, formatted for people, for editors that check YAML while you type. It accepts what the program
/// accepts, so each scalar may be a variable, `${NAME}`.
[[nodiscard]] String json_schema(AllKeys adapters);

/// The text of config/REFERENCE.md: every key with its type, default and meaning.
[[nodiscard]] String reference(AllKeys adapters);

}  // namespace parley::config
