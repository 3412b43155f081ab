// A projection that decides twice on a canonical field is refused.
// EXPECT: a member of this projection is decided twice
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
    shape::dropped<&Agent::id, &Agent::name, &Agent::username, &Agent::status, &Agent::ongoing_chats>(
        "Acme does not say."));

}  // namespace parley
