// What adapters read of a configuration beside what every adapter has, as the loader and the generators see it: tables
// without their types. `own_table.hpp` makes them.
#pragma once

#include "config/settings.hpp"
#include "schemas/shape/view.hpp"

namespace parley::config {

/// How much a row's value may be, for whole numbers and sizes; `most` 0 = as much as the type carries.
struct Bounds {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

/// What other programs call a key.
struct Synonym {
  std::string_view theirs;
  std::string_view ours;
};

/// A table with what a view does not know.
struct Keys {
  const shape::View* view;
  std::span<const Bounds> bounds;  ///< one for each row
  const void* (*defaults)();       ///< an object as it is before a file is read
};

/// A table whose objects are values below a key: a section, or the elements of a list.
struct TableBelow {
  Keys keys;
  std::string_view where;    ///< `routes[].auth.users[]`
  std::string_view example;  ///< how one is written, on a line
  std::span<const Synonym> synonyms{};
};

/// Where an adapter's own keys stand.
enum class At : std::uint8_t {
  backend,       ///< `backends.NAME`
  backend_auth,  ///< `backends.NAME.auth`
  route,         ///< `routes[]`
  route_auth     ///< `routes[].auth`
};

/// A table of an adapter's own keys: `own_table` of a struct of settings, which is known by the table's address.
struct OwnTable {
  At at;
  Keys keys;
  std::shared_ptr<void> (*make)();  ///< a new object with its defaults
  bool (*same)(const void* a, const void* b);
  /// Adds the secrets that are not empty; `key` is that of the object, empty at the top.
  void (*find_secrets)(const void* value, const String& key, List<NamedSecret>& found);
  std::string_view example;  ///< one of its keys as it is written; may be empty
  std::span<const Synonym> synonyms;
  std::span<const TableBelow> below;
};

/// One adapter, for a configuration.
struct AdapterKeys {
  std::string_view name;  ///< as `kind`, `facade` and `emit` have it
  bool backends = false;  ///< a backend may be of this kind
  bool routes = false;    ///< a route may have it as its facade or style
  std::span<const std::string_view> profiles{};
  std::span<const OwnTable* const> tables{};

  /// Whether it reads a key at that place that not every adapter does. `auth` and `profile` are read by those who have
  /// credentials or profiles.
  [[nodiscard]] bool reads(At at, std::string_view key) const noexcept;
};
using AllKeys = std::span<const AdapterKeys>;

}  // namespace parley::config
