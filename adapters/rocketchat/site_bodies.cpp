// Bodies as operations; see site_bodies.hpp.
#include "adapters/rocketchat/site_bodies.hpp"

#include "adapters/rocketchat/department.hpp"

namespace parley::rocketchat {
namespace {

struct Kept {
  std::string_view key;
  Json DepartmentFieldsBody::*member;
};
/// In the order in which a department's document shows them.
constexpr Kept kept[] = {
    {"offlineMessageChannelName", &DepartmentFieldsBody::offline_channel},
    {"requestTagBeforeClosingChat", &DepartmentFieldsBody::asks_for_tag},
    {"chatClosingTags", &DepartmentFieldsBody::closing_tags},
    {"departmentsAllowedToForward", &DepartmentFieldsBody::forwards_to},
    {"fallbackForwardDepartment", &DepartmentFieldsBody::fallback},
    {"archived", &DepartmentFieldsBody::archived},
    {"businessHourId", &DepartmentFieldsBody::business_hour},
    {"maxNumberSimultaneousChat", &DepartmentFieldsBody::most_chats},
};

}  // namespace

LeaveOfflineMessage operation_of(OfflineMessageBody&& body) {
  LeaveOfflineMessage leave;
  leave.message.name = std::move(body.name);
  leave.message.email = std::move(body.email);
  leave.message.text = std::move(body.message);
  leave.message.department.text = std::move(body.department);
  leave.message.host = std::move(body.host);
  return leave;
}

PutDepartment operation_of(DepartmentBody&& body) {
  DepartmentFieldsBody& from = body.department;
  PutDepartment made;
  made.department.text = std::move(from.id);
  made.name = std::move(from.name);
  if (!from.description.empty()) made.description = std::move(from.description);
  made.email = std::move(from.email);
  made.disabled = !from.enabled;
  made.hidden_on_registration = !from.show_on_registration;
  made.hidden_on_offline_form = !from.show_on_offline_form;
  for (const Kept& one : kept) {
    Json& value = from.*one.member;
    if (value.text.empty() || value.text == "null") continue;
    made.extensions.push_back(
        {Text::borrow(shape::view<department>.name), Text::borrow(one.key), std::move(value.text)});
  }
  for (DepartmentAgentBody& agent : body.agents) made.joining.push_back(std::move(agent.id));
  return made;
}

}  // namespace parley::rocketchat
