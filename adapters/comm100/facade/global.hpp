// The calls under /v4/global: departments, agents in full, away statuses.
#pragma once

#include "adapters/comm100/facade/paging.hpp"

namespace parley::comm100 {

/// Whether a request for departments wants their agents, too (`include=agent`).
struct DepartmentIncludes {
  bool agents = false;
};

/// GET global/departments, with keywords. The vendor's list has no pages.
Result<ListDepartments> list_departments(const Facade& facade, const http::Request& request,
                                         DepartmentIncludes& includes);
/// GET global/departments/{id}. Errors: invalid_field.
Result<GetDepartment> get_department(const Facade& facade, const http::Request& request, DepartmentIncludes& includes);
/// POST global/departments. Errors: those of parse_body; missing_field, invalid_field.
Result<PutDepartment> add_department(const Facade& facade, const http::Request& request);
/// PUT global/departments/{id}. Errors: as add_department.
Result<PutDepartment> put_department(const Facade& facade, const http::Request& request);
/// DELETE global/departments/{id}. Errors: invalid_field.
Result<DeleteDepartment> delete_department(const Facade& facade, const http::Request& request);

Result<void> write_departments(const Facade& facade, const DepartmentIncludes& includes, const Page<Department>& answer,
                               http::Reply& reply);
Result<void> write_department(const Facade& facade, const DepartmentIncludes& includes, const Ref<Department>& answer,
                              http::Reply& reply);
/// The answers of PUT (200), POST (201) and DELETE (204).
Result<void> write_changed_department(const Facade& facade, const Ref<Department>& answer, http::Reply& reply);
Result<void> write_new_department(const Facade& facade, const Ref<Department>& answer, http::Reply& reply);
Result<void> write_no_department(const Facade& facade, const Ref<Department>& answer, http::Reply& reply);

/// GET global/agents, with keywords, pages and an order. Errors: invalid_field.
Result<ListAgents> list_global_agents(const Facade& facade, const http::Request& request, AskedPage& page);
/// GET global/currentAgent: the agents whose id or e-mail address is the caller's.
Result<ListAgents> find_current_agent(const Facade& facade, const http::Request& request);

Result<void> write_global_agents(const Facade& facade, const AskedPage& page, const Page<Agent>& answer,
                                 http::Reply& reply);
Result<void> write_global_agent(const Facade& facade, const Ref<Agent>& answer, http::Reply& reply);
/// Shows the first agent. Errors: no_such_agent, where there is none.
Result<void> write_current_agent(const Facade& facade, const Page<Agent>& answer, http::Reply& reply);

/// GET global/agentAwayStatuses: `Away`, and the custom statuses of the route.
Result<void> answer_away_statuses(const Facade& facade, const http::Request& request, http::Reply& reply);

}  // namespace parley::comm100
