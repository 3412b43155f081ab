// The wire objects of @NAME@ as tables. Every canonical field is a row, or is dropped with a reason; the compiler checks it.
#pragma once

#include "schemas/canonical/agent.hpp"

namespace parley::@NAME@ {

using shape::Need;

inline constexpr auto agent = shape::shape<Agent, "@NAME@.agent">(
    shape::row<&Agent::id>("id", Need::required, "Id of the agent."),
    shape::row<&Agent::name>("name", Need::always, "Display name."),
    shape::row<&Agent::status>("status", Need::always, "Display name of the status."),
    shape::dropped<&Agent::username>("The agent's document has no login name."),
    shape::dropped<&Agent::ongoing_chats, &Agent::most_chats>("The agent's document does not count chats."),
    shape::dropped<&Agent::first_name, &Agent::last_name, &Agent::emails, &Agent::phone, &Agent::title, &Agent::bio,
                   &Agent::time_zone, &Agent::departments, &Agent::administrator, &Agent::disabled,
                   &Agent::created_at>("The agent's document says no more about the person."));

}  // namespace parley::@NAME@
