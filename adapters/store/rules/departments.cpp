// See departments.hpp.
#include "adapters/store/rules/departments.hpp"

#include <algorithm>

#include "adapters/store/rules/sent_members.hpp"

namespace parley::store {
namespace {

Error no_department() { return refusal(Code::no_such_department, "no department has this id"); }

const Stored<Department>* find(const DepartmentId& id, Gathered& gathered) {
  return id.empty() ? nullptr : gathered.find(DepartmentKey{id.text});
}

/// Ids, as views of the operation or of the stored department: a key refers to its id.
using AgentIds = List<std::string_view>;

List<const Stored<Agent>*> find_agents(const AgentIds& ids, Gathered& gathered) {
  List<const Stored<Agent>*> found;
  for (const std::string_view id : ids) found.push_back(gathered.find(AgentKey{id}));
  return found;
}

StaffedDepartment find_staffed(const DepartmentId& id, Gathered& gathered) {
  StaffedDepartment staffed{.department = find(id, gathered), .before = {}, .after = {}};
  if (staffed.department != nullptr) {
    const List<Text>& agents = staffed.department->value.agents;
    staffed.before = find_agents({agents.begin(), agents.end()}, gathered);
  }
  return staffed;
}

/// The list of agents after the operation.
AgentIds agents_after(const PutDepartment& operation, const Stored<Department>* before) {
  AgentIds agents;
  if (operation.agents) {
    agents.assign(operation.agents->begin(), operation.agents->end());
  } else if (before != nullptr) {
    agents.assign(before->value.agents.begin(), before->value.agents.end());
  }
  for (const Text& one : operation.joining) {
    if (std::find(agents.begin(), agents.end(), one.view()) == agents.end()) agents.emplace_back(one);
  }
  for (const Text& one : operation.leaving) std::erase(agents, one.view());
  return agents;
}

/// Adds the department to an agent's record, or removes it, unless the record says so already or there is none.
void change_agent(const Stored<Agent>* agent, const Text& department, bool member, List<Change>& changes) {
  if (agent == nullptr) return;
  const List<Text>& present = agent->value.departments;
  if ((std::find(present.begin(), present.end(), department) != present.end()) == member) return;
  Agent changed = agent->value;
  if (member) {
    changed.departments.push_back(department);
  } else {
    std::erase(changed.departments, department);
  }
  changes.push_back(Put<Agent>{agent, Ref<Agent>(std::move(changed))});
}

}  // namespace

const Stored<Department>* gather(const GetDepartment& operation, Gathered& gathered) {
  return find(operation.department, gathered);
}

StaffedDepartment gather(const PutDepartment& operation, Gathered& gathered) {
  StaffedDepartment staffed = find_staffed(operation.department, gathered);
  staffed.after = find_agents(agents_after(operation, staffed.department), gathered);
  return staffed;
}

StaffedDepartment gather(const DeleteDepartment& operation, Gathered& gathered) {
  return find_staffed(operation.department, gathered);
}

Result<Outcome> decide(const GetDepartment&, const Stored<Department>* department) {
  if (department == nullptr) return no_department();
  return Outcome(Ref<Department>(department->value));
}

Result<Decision> decide(const PutDepartment& operation, const StaffedDepartment& staffed,
                        const DecisionContext& context) {
  const Stored<Department>* before = staffed.department;
  if (!operation.create && before == nullptr) return no_department();
  if (operation.create && before != nullptr) {
    return refusal(Code::invalid_field, "another department has this id", "id");
  }
  Department after = before == nullptr ? Department{} : before->value;
  if (before == nullptr) after.id = operation.department;
  if (after.id.empty()) after.id.text = context.ids.random17();
  set_if_sent(operation.name, after.name);
  set_if_sent(operation.description, after.description);
  set_if_sent(operation.email, after.email);
  set_if_sent(operation.disabled, after.disabled);
  set_if_sent(operation.hidden_on_registration, after.hidden_on_registration);
  set_if_sent(operation.hidden_on_offline_form, after.hidden_on_offline_form);
  const AgentIds agents = agents_after(operation, before);
  after.agents.assign(agents.begin(), agents.end());
  merge(operation.extensions, after.extensions);
  after.updated_at = context.now;

  List<Change> changes;
  for (std::size_t at = 0; at < staffed.after.size(); ++at) {
    const Stored<Agent>* agent = staffed.after[at];
    if (agent == nullptr) continue;
    after.agents[at] = agent->value.id.text;  // the operation may have named it by its guid
    change_agent(agent, after.id.text, true, changes);
  }
  for (const Stored<Agent>* agent : staffed.before) {
    if (std::find(staffed.after.begin(), staffed.after.end(), agent) == staffed.after.end())
      change_agent(agent, after.id.text, false, changes);
  }
  const Ref<Department> stored(std::move(after));
  changes.push_back(Put<Department>{before, stored});
  return Decision{stored, std::move(changes)};
}

Result<Decision> decide(const DeleteDepartment&, const StaffedDepartment& staffed, const DecisionContext&) {
  if (staffed.department == nullptr) return no_department();
  const Department& gone = staffed.department->value;
  List<Change> changes;
  for (const Stored<Agent>* agent : staffed.before) change_agent(agent, gone.id.text, false, changes);
  changes.push_back(Remove<Department>{staffed.department});
  return Decision{Ref<Department>(gone), std::move(changes)};
}

}  // namespace parley::store
