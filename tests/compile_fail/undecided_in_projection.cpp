// A projection that leaves out a canonical field is refused like a table.
// EXPECT: neither mapped by a row<> nor dropped<> with a reason in this shape
// EXPECT: acme.ticket as agent
#include "adapters/contract/projection.hpp"

namespace parley {

struct Ticket {
  String assignee;
};
struct Assignee {
  static void to(const Ticket& own, Agent& agent) { agent.name = own.assignee; }
};

constexpr auto bad = contract::projection<Agent, "acme.ticket as agent">(
    contract::carried<&Agent::name, Assignee>(shape::Fidelity::exact, "assignee"),
    shape::dropped<&Agent::id, &Agent::status, &Agent::ongoing_chats>("Acme does not say."));

}  // namespace parley
