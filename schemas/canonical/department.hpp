// A department: a group of agents that a visitor can choose.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

struct Department {
  DepartmentId id;
  Text name;
  Text description;
  Text email;
  bool enabled = true;
  bool show_on_registration = true;
  bool show_on_offline_form = true;
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
    shape::row<&Department::enabled>("enabled", shape::Need::always, "Whether it takes chats."),
    shape::row<&Department::show_on_registration>("show_on_registration", shape::Need::always,
                                                  "Offered in the form before a chat."),
    shape::row<&Department::show_on_offline_form>("show_on_offline_form", shape::Need::always,
                                                  "Offered in the form for offline messages."),
    shape::row<&Department::agents>("agents", shape::Need::optional, "Ids of its agents."),
    shape::row<&Department::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
