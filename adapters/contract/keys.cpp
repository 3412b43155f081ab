// Lists the keys of adapters for `config`, which does not know the adapters.
#include "adapters/contract/adapter.hpp"

namespace parley::contract {

List<config::AdapterKeys> keys_of(std::span<const Adapter* const> adapters) {
  List<config::AdapterKeys> all;
  for (const Adapter* one : adapters) {
    all.push_back({.name = one->name,
                   .backends = one->open_backend != nullptr,
                   .routes = one->make_facade != nullptr,
                   .profiles = one->profiles,
                   .tables = one->tables});
  }
  return all;
}

}  // namespace parley::contract
