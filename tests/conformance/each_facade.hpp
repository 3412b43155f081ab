// Every facade in the registry, in each of its profiles.
#pragma once

#include <doctest/doctest.h>

#include "tests/support/answers.hpp"

namespace parley::test {

/// Calls `check(adapter, profile, facade)`.
template <class Check>
void for_each_facade(const Check& check) {
  for (const contract::Adapter* adapter : contract::registry()) {
    if (adapter->make_facade == nullptr) continue;  // it has only a backend
    CAPTURE(adapter->name);
    for (const String& profile : profiles_of(*adapter)) {
      CAPTURE(profile);
      const std::unique_ptr<contract::Facade> facade = adapter->make_facade(route_of(*adapter, profile));
      REQUIRE(facade != nullptr);
      check(*adapter, profile, *facade);
    }
  }
}

/// Calls `check(adapter, profile, facade, endpoint)`, also for endpoints that a facade answers by itself.
template <class Check>
void for_each_endpoint(const Check& check) {
  for_each_facade([&check](const contract::Adapter& adapter, const String& profile, const contract::Facade& facade) {
    for (const contract::Endpoint& endpoint : facade.endpoints()) {
      CAPTURE(endpoint.pattern);
      check(adapter, profile, facade, endpoint);
    }
  });
}

}  // namespace parley::test
