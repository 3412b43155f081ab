// Ids and a route that the tests of the Comm100 facade share.
#pragma once

#include "adapters/comm100/facade/facade.hpp"
#include "adapters/comm100/settings.hpp"

namespace parley::test::comm100 {

inline constexpr const char* agent_id = "c97a2afe-a38f-46f8-a55b-8ac9f873cd09";
inline constexpr const char* visitor_id = "3d59f909-24cd-43bc-89cb-00a320617c0a";

/// A route with two tokens, two API keys and a site.
inline config::Route route() {
  config::Route made;
  made.auth.given = true;
  made.own.edit<parley::comm100::RouteAuth>().bearer = {{"first-token"}, {"demo-comm100-token"}};
  made.own.edit<parley::comm100::RouteAuth>().basic = {{"agent@example.com", {"0123456789abcdef0123456789abcdef"}},
                                                       {"colon@example.com", {"a:b"}}};
  made.own.edit<parley::comm100::RouteAuth>().site_id = "10000";
  return made;
}

}  // namespace parley::test::comm100
