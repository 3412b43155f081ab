// The keys of a configuration that only some adapters read, as tables without their types, for the loader and the generators.
// `own_table.hpp` makes these tables.
#pragma once

#include "config/settings.hpp"
#include "schemas/shape/view.hpp"

namespace parley::config {

/// The allowed range of a row's value, for whole numbers and sizes. `most` 0 = no limit but that of the type.
struct Bounds {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

/// Another program's name of a key, and our name of it.
struct Synonym {
  std::string_view theirs;
  std::string_view ours;
};

/// A table with the bounds and defaults of its rows.
struct Keys {
  const shape::View* view;
  std::span<const Bounds> bounds;  ///< one for each row
  const void* (*defaults)();       ///< an object with the defaults
};

/// A table for objects below a key: a section, or the elements of a list.
struct TableBelow {
  Keys keys;
  std::string_view where;    ///< `routes[].auth.users[]`
  std::string_view example;  ///< an object as it is written, on one line
  std::span<const Synonym> synonyms{};
};

/// The places where adapters may have keys of their own.
enum class At : std::uint8_t {
  backend,       ///< `backends.NAME`
  backend_auth,  ///< `backends.NAME.auth`
  route,         ///< `routes[]`
  route_auth     ///< `routes[].auth`
};

/// A table of an adapter's own keys: `own_table` of a settings struct. The address of the table identifies the struct.
struct OwnTable {
  At at;
  Keys keys;
  std::shared_ptr<void> (*make)();  ///< a new object with its defaults
  bool (*same)(const void* a, const void* b);
  /// Adds the secrets that are not empty. `key` is the key of the object, empty at the top level.
  void (*find_secrets)(const void* value, const String& key, List<NamedSecret>& found);
  std::string_view example;  ///< one of its keys with a value, as it is written; may be empty
  std::span<const Synonym> synonyms;
  std::span<const TableBelow> below;
};

/// What the configuration knows of one adapter.
struct AdapterKeys {
  std::string_view name;  ///< as in `kind`, `facade` and `emit`
  bool backends = false;  ///< it can be the `kind` of a backend
  bool routes = false;    ///< it can be the `facade` or the `emit` of a route
  std::span<const std::string_view> profiles{};
  std::span<const OwnTable* const> tables{};

  /// Whether the adapter reads that key at that place, if only some adapters do. It reads `auth` of a backend if it has a table for
  /// that, and `profile` of a route if it has profiles.
  [[nodiscard]] bool reads(At at, std::string_view key) const noexcept;
};
using AllKeys = std::span<const AdapterKeys>;

}  // namespace parley::config
