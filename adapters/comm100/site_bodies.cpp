// See site_bodies.hpp.
#include "adapters/comm100/site_bodies.hpp"

#include "adapters/comm100/errors.hpp"
#include "schemas/ascii.hpp"
#include "schemas/id.hpp"

namespace parley::comm100 {
namespace {

/// Checks the id that a body repeats.
Result<void> check_same(std::string_view id, const DepartmentId& path) {
  const std::optional<ids::Guid> guid = ids::parse_guid(id);
  if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
  if (ids::from_guid(*guid) == path.text) return {};
  return fault(Code::invalid_field, "Parameter 'id' differs from the id of the path.", "id");
}

/// Keeps a member for which the record has no place, to be shown in this vendor's document again.
void keep(std::string_view key, std::string_view json, PutDepartment& kept) {
  if (!json.empty()) kept.extensions.push_back({Text(shape::view<department>.name), Text(key), Text(json)});
}

}  // namespace

Result<PutDepartment> operation_of(DepartmentUpdate&& body, DepartmentId replaced) {
  const bool create = replaced.empty();
  if (!create && !body.id.empty()) {
    if (Result<void> same = check_same(body.id, replaced); !same) return std::move(same).error();
  }
  if (ascii::trim(body.name).empty()) return fault(Code::missing_field, "Parameter 'name' is required.", "name");
  if (body.mail_to == MailTo::addresses && ascii::trim(body.addresses).empty()) {
    return fault(Code::missing_field, "Parameter 'offlineMessageEmailAddresses' is required with toEmailAddresses.",
                 "offlineMessageEmailAddresses");
  }
  PutDepartment made{.department = std::move(replaced), .create = create};
  made.name = std::move(body.name);
  made.description = std::move(body.description);
  if (body.in_live_chat) made.disabled = !*body.in_live_chat;
  if (body.mail_to == MailTo::all_agents) {
    made.email.emplace();
  } else if (!body.addresses.empty()) {
    made.email = std::move(body.addresses);
  }
  made.agents = std::move(body.agents);
  if (body.ticketing) keep(kept_department_members[0], *body.ticketing ? "true" : "false", made);
  keep(kept_department_members[1], body.triggers.text, made);
  keep(kept_department_members[2], body.shifts.text, made);
  keep(kept_department_members[3], body.segments.text, made);
  return made;
}

OfflineMessageRef offline_message_ref(RecordName&& name) { return {{std::move(name.id)}, name.number}; }

Result<ChangeOfflineMessage> operation_of(OfflineMessageUpdate&& body, OfflineMessageRef message) {
  if (body.ticket.value_or(0) < 0) {
    return fault(Code::invalid_field, "Parameter 'ticketId' must be an integer from 0.", "ticketId");
  }
  return ChangeOfflineMessage{.message = std::move(message),
                              .name = std::move(body.name),
                              .email = std::move(body.email),
                              .phone = std::move(body.phone),
                              .company = std::move(body.company),
                              .subject = std::move(body.subject),
                              .text = std::move(body.text),
                              .department = std::move(body.department),
                              .agent = std::move(body.agent),
                              .ticket = body.ticket};
}

}  // namespace parley::comm100
