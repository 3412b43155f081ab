// What the configuration file may say, generated from the tables that read it.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::config {

/// What only the adapters know: the names that a configuration may use.
struct AdapterNames {
  List<std::string_view> kinds;     ///< of backends
  List<std::string_view> facades;   ///< of routes; `emit` is one of them, too
  List<std::string_view> profiles;  ///< of all facades
};

/// JSON Schema (draft 2020-12) of the file, laid out for people; for editors that check YAML while one types.
/// It lets through what the program reads: a variable, `${NAME}`, stands for any scalar.
[[nodiscard]] String json_schema(const AdapterNames& names);

/// config/REFERENCE.md: every key with its type, default and meaning.
[[nodiscard]] String reference();

}  // namespace parley::config
