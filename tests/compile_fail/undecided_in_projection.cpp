// A projection that leaves out a canonical field is refused like a table.
// EXPECT: neither mapped by a row<> nor dropped<> with a reason in this shape
// EXPECT: acme.ticket as agent
#include "adapters/contract/projection.hpp"

namespace parley {

constexpr auto bad = contract::project<Agent, "acme.ticket as agent">(
    contract::carried<&Agent::id, &Agent::name>(shape::Fidelity::exact, "assignee"),
    shape::dropped<&Agent::status, &Agent::ongoing_chats>("Acme does not say."));

}  // namespace parley
