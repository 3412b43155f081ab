// A department: a group of agents that a visitor can choose.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `disabled` and `hidden_…` say the opposite of what vendors say, so that a department of which nothing is said takes chats and is shown.
struct Department {
  DepartmentId id;
  Text name;
  Text description;
  Text email;
  bool disabled = false;
  bool hidden_on_registration = false;
  bool hidden_on_offline_form = false;
  List<Text> agents;
  Time updated_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Department&, const Department&) = default;
};

template <>
inline constexpr auto shape::fields_of<Department> = shape::fields<Department, "department">(
    shape::row<&Department::id>("id", shape::Need::required, "Stable id of the department."),
    shape::row<&Department::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Department::description>("description", shape::Need::optional, "What it is for."),
    shape::row<&Department::email>("email", shape::Need::optional, "Address for messages that are left for it."),
    shape::row<&Department::disabled>("disabled", shape::Need::optional, "Takes no chats."),
    shape::row<&Department::hidden_on_registration>("hidden_on_registration", shape::Need::optional,
                                                    "Not offered in the form before a chat."),
    shape::row<&Department::hidden_on_offline_form>("hidden_on_offline_form", shape::Need::optional,
                                                    "Not offered in the form for offline messages."),
    shape::row<&Department::agents>("agents", shape::Need::optional, "Ids of its agents."),
    shape::row<&Department::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
