// See get_site.hpp.
#include "adapters/store/rules/get_site.hpp"

#include <algorithm>

namespace parley::store {
namespace {

bool has(const List<Text>& ids, std::string_view id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool works_in(const Agent& agent, const Department& department) {
  return has(department.agents, agent.id.text) || has(agent.departments, department.id.text);
}

bool takes_chats(const Department& department, const List<Stored<Agent>>& agents) {
  if (department.disabled) return false;
  const auto works = [&department](const Stored<Agent>& one) { return works_in(one.value, department); };
  return !department.agents.empty() || std::any_of(agents.begin(), agents.end(), works);
}

/// Whether an agent takes chats. `department`: only its agents count; nullptr: all do.
bool is_online(const List<Stored<Agent>>& agents, const Department* department) {
  return std::any_of(agents.begin(), agents.end(), [department](const Stored<Agent>& one) {
    const Agent& agent = one.value;
    return is_available(agent) && !agent.disabled && (department == nullptr || works_in(agent, *department));
  });
}

}  // namespace

SiteRecords gather(const GetSite& operation, Gathered& gathered) {
  SiteRecords found;
  found.departments = gathered.find(DepartmentsKey{});
  found.agents = gathered.find(AgentsKey{});
  if (operation.token.empty()) return found;
  found.visitor = gathered.find(visitor_by_secret(operation.token));
  if (found.visitor == nullptr) return found;
  found.chat = gathered.find(OpenChatKey{found.visitor->value.id.text});
  if (found.chat != nullptr) found.people = gather_people(found.chat->value, gathered);
  return found;
}

Result<Outcome> decide(const GetSite& operation, const SiteRecords& found) {
  static const List<Stored<Agent>> nobody;
  const List<Stored<Agent>>& agents = found.agents == nullptr ? nobody : *found.agents;
  Site site;
  site.files = true;
  if (operation.department.empty()) site.online = is_online(agents, nullptr);
  if (found.departments != nullptr) {
    for (const Stored<Department>& one : *found.departments) {
      if (!takes_chats(one.value, agents)) continue;
      if (one.value.id == operation.department) site.online = is_online(agents, &one.value);
      site.departments.emplace_back(one.value);
    }
  }
  if (found.visitor != nullptr) site.visitor = Ref<Visitor>(found.visitor->value);
  if (found.chat != nullptr) {
    Chat chat = found.chat->value;
    refresh_participants(chat, found.people, ChatDetail::of_people);
    site.chat = Ref<Chat>(std::move(chat));
  }
  return Outcome(std::move(site));
}

}  // namespace parley::store
