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
    shape::dropped<&Agent::id, &Agent::name, &Agent::username, &Agent::first_name, &Agent::last_name, &Agent::emails,
                   &Agent::phone, &Agent::title, &Agent::bio, &Agent::time_zone, &Agent::status, &Agent::ongoing_chats,
                   &Agent::most_chats, &Agent::departments, &Agent::administrator, &Agent::disabled,
                   &Agent::created_at>("Acme does not say."));

}  // namespace parley
