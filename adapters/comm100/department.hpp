// A department (global/departments).
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/department.hpp"

namespace parley::comm100 {

/// To whom messages are mailed that are left for a department.
enum class MailTo : std::uint8_t { unsaid, all_agents, addresses };

}  // namespace parley::comm100

namespace parley {
template <>
inline constexpr auto shape::words_of<comm100::MailTo> = shape::words("", "toAllAgents", "toEmailAddresses");
}  // namespace parley

namespace parley::comm100 {

/// `offlineMessageMailTo`: toEmailAddresses if the record has an address. Reading takes nothing from it: the addresses say it.
struct OfflineMailTo {
  static constexpr shape::Type type{.form = shape::Form::word, .words = std::span(shape::words_of<MailTo>).subspan(1)};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::derived;
  static shape::Fit read(const shape::Node&, Department&, shape::Reading&) { return shape::Fit::respelt; }
  static void write(const Department& department, shape::Writer& writer) {
    const MailTo to = department.email.empty() ? MailTo::all_agents : MailTo::addresses;
    writer.string(shape::words_of<MailTo>[static_cast<std::size_t>(to)]);
  }
  static bool empty(const Department&) { return true; }  // a document that came without the member stays without it
};

/// `isAvailableInLiveChat`: whether the department takes chats. Comm100 chooses the departments of its forms by campaign, so a department
/// that is hidden in a form is reported as a loss; reading shows it in both.
struct LiveChat {
  static constexpr shape::Type type{.form = shape::Form::boolean};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Department& department, shape::Reading& reading) {
    return shape::Opposite::read(node, department.disabled, reading);
  }
  static void write(const Department& department, shape::Writer& writer) { writer.boolean(!department.disabled); }
  static bool empty(const Department& department) { return !department.disabled; }
  static void losses(const Department& department, std::string_view member, shape::Losses& losses);
};

/// The members that Parley has nothing for are absent, unless a client wrote them or they were loaded.
inline constexpr auto department = shape::shape<Department, "comm100.department">(
    shape::row<&Department::id, GuidId>("id", shape::Need::required, "Id of the department."),
    shape::row<&Department::name>("name", shape::Need::always, "Display name."),
    shape::row<&Department::description>("description", shape::Need::always, "What it is for."),
    shape::group<LiveChat, &Department::disabled, &Department::hidden_on_registration,
                 &Department::hidden_on_offline_form>("isAvailableInLiveChat", shape::Need::always,
                                                      "Whether it takes chats."),
    shape::group<OfflineMailTo, &Department::email>("offlineMessageMailTo", shape::Need::always,
                                                    "toEmailAddresses if it has an address, else toAllAgents."),
    shape::row<&Department::email>("offlineMessageEmailAddresses", shape::Need::always,
                                   "Address for messages that are left for it."),
    shape::row<&Department::agents, shape::ListOf<GuidId>>("agentIds", shape::Need::always, "Ids of its agents."),
    shape::dropped<&Department::updated_at>("Comm100 shows no time of a department."));

/// Members of the vendor's department that Parley only keeps: it shows them as a client wrote them.
inline constexpr std::array<std::string_view, 4> kept_department_members = {
    "isAvailableInTicketingAndMessaging", "chatbotStartTriggerActionIds", "shiftIds", "segmentIds"};

}  // namespace parley::comm100
