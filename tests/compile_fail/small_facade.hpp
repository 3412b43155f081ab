// Two calls of a vendor, for the endpoint tables that must not compile, and for those that must.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::contract {

struct SmallFacade : Facade {};

inline Result<GetAgent> get_agent(const SmallFacade&, const http::Request&) { return GetAgent{}; }
inline Result<ListAgents> list_agents(const SmallFacade&, const http::Request&) { return ListAgents{}; }
inline Result<void> show_agent(const SmallFacade&, const Ref<Agent>&, http::Reply&) { return {}; }
inline Result<void> show_agents(const SmallFacade&, const Page<Agent>&, http::Reply&) { return {}; }

}  // namespace parley::contract
