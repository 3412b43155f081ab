// A department as Rocket.Chat shows it. Its agents are in answers of their own. `numAgents`, their number, is kept as a document has it:
// reading cannot make agents of a number, so a number that Parley wrote would not survive a translation there and back.
#pragma once

#include "adapters/rocketchat/codecs.hpp"
#include "schemas/canonical/department.hpp"

namespace parley::rocketchat {

inline constexpr auto department = shape::shape<Department, "rocketchat.department">(
    shape::row<&Department::id>("_id", shape::Need::required, "Id of the department."),
    shape::row<&Department::name>("name", shape::Need::always, "Display name."),
    shape::row<&Department::disabled, shape::Opposite>("enabled", shape::Need::always, "Whether it takes chats."),
    shape::row<&Department::description>("description", shape::Need::optional, "What it is for."),
    shape::row<&Department::email>("email", shape::Need::always, "Address for messages that are left for it."),
    shape::row<&Department::hidden_on_registration, shape::Opposite>("showOnRegistration", shape::Need::always,
                                                                     "Offered in the form before a chat."),
    shape::row<&Department::hidden_on_offline_form, shape::Opposite>("showOnOfflineForm", shape::Need::always,
                                                                     "Offered in the form for offline messages."),
    shape::row<&Department::updated_at>("_updatedAt", shape::Need::optional, "Latest change."),
    shape::dropped<&Department::agents>(
        "The document has the number of the agents only; they are in answers of their own."));

}  // namespace parley::rocketchat
