// A department as Rocket.Chat shows it. Its agents are in answers of their own; the document has their number.
#pragma once

#include "adapters/rocketchat/codecs.hpp"
#include "schemas/canonical/department.hpp"

namespace parley::rocketchat {

/// `numAgents`: how many agents a department has. Reading cannot make agents of a number, and keeps it as the document has it.
struct AgentCount {
  static constexpr shape::Type type{.form = shape::Form::integer};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node& node, Department& department, shape::Reading& reading) {
    std::int64_t count = 0;
    const shape::Fit fit = shape::IntegerCodec::read(node, count, reading);
    if (fit != shape::Fit::exact) return fit;
    return count == count_of(department) ? shape::Fit::exact : shape::Fit::respelt;
  }
  static void write(const Department& department, shape::Writer& writer) { writer.integer(count_of(department)); }
  static bool empty(const Department& department) { return department.agents.empty(); }
  static void losses(const Department& department, std::string_view member, shape::Losses& losses) {
    if (department.agents.empty()) return;
    losses.push_back(
        {shape::Label::constant(member), "the document of a department has the number of its agents only"});
  }

 private:
  static std::int64_t count_of(const Department& department) noexcept {
    return static_cast<std::int64_t>(department.agents.size());
  }
};

inline constexpr auto department = shape::shape<Department, "rocketchat.department">(
    shape::row<&Department::id>("_id", shape::Need::required, "Id of the department."),
    shape::row<&Department::name>("name", shape::Need::always, "Display name."),
    shape::row<&Department::enabled>("enabled", shape::Need::always, "Whether it takes chats."),
    shape::row<&Department::description>("description", shape::Need::optional, "What it is for."),
    shape::row<&Department::email>("email", shape::Need::always, "Address for messages that are left for it."),
    shape::row<&Department::show_on_registration>("showOnRegistration", shape::Need::always,
                                                  "Offered in the form before a chat."),
    shape::row<&Department::show_on_offline_form>("showOnOfflineForm", shape::Need::always,
                                                  "Offered in the form for offline messages."),
    shape::group<AgentCount, &Department::agents>("numAgents", shape::Need::always, "How many agents it has."),
    shape::row<&Department::updated_at>("_updatedAt", shape::Need::optional, "Latest change."));

}  // namespace parley::rocketchat
