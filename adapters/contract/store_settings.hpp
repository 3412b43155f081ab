// Settings that every store has. A store's adapter names this table beside its own.
#pragma once

#include "config/own_table.hpp"

namespace parley::contract {

struct StoreSettings {
  bool demo = false;  ///< the gateway loads the adapters' demo records while the store is empty

  friend bool operator==(const StoreSettings&, const StoreSettings&) = default;
};

inline constexpr auto store_settings = config::section<StoreSettings, "store">(config::row<&StoreSettings::demo>(
    "demo", config::Need::optional, "Loads the demo records while the store is empty."));

}  // namespace parley::contract

namespace parley {

template <>
inline constexpr auto config::own_table<contract::StoreSettings> =
    config::make_own<contract::store_settings>(config::At::backend);

}  // namespace parley
