// Decoders and answers of the calls about departments. Both profiles have them, with the texts of current servers.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// Errors: those of read_list_request. The ids and the selector are required: malformed_request, with the vendor's text.
Result<ListDepartments> list_departments(const Facade& facade, const http::Request& request);
Result<ListDepartments> list_archived(const Facade& facade, const http::Request& request);
Result<ListDepartments> list_by_ids(const Facade& facade, const http::Request& request);
Result<ListDepartments> autocomplete_departments(const Facade& facade, const http::Request& request);

/// Whether an answer also lists the department's agents.
struct WithAgents {
  bool agents = true;
};
/// Errors: those of read_query, and of read_list_request for the agents.
Result<GetDepartment> get_department(const Facade& facade, const http::Request& request, WithAgents& shown);
/// `shown`: selects and orders the agents.
Result<GetDepartment> get_department_agents(const Facade& facade, const http::Request& request, ListQuery& shown);

/// What a body said of the agents that is not kept: `count`, `order`.
struct NotKept {
  List<String> members;
};
/// Errors: those of read_body; invalid_field with the sources by_schema and by_name.
Result<PutDepartment> create_department(const Facade& facade, const http::Request& request, NotKept& told);
Result<PutDepartment> update_department(const Facade& facade, const http::Request& request, NotKept& told);
/// Agents who join and leave. Errors: those of read_body; invalid_field with the source by_schema.
Result<PutDepartment> change_department_agents(const Facade& facade, const http::Request& request, NotKept& told);
Result<DeleteDepartment> delete_department(const Facade& facade, const http::Request& request);

Result<void> show_departments(const Facade& facade, const ListDepartments& asked, const Page<Department>& departments,
                              http::Reply& reply);
/// Without the numbers of a page.
Result<void> show_all_departments(const Facade& facade, const Page<Department>& departments, http::Reply& reply);
/// `items`, each with id and name.
Result<void> show_department_names(const Facade& facade, const Page<Department>& departments, http::Reply& reply);
Result<void> show_department(const Facade& facade, const WithAgents& shown, const Ref<Department>& department,
                             http::Reply& reply);
Result<void> show_department_agents(const Facade& facade, const ListQuery& shown, const Ref<Department>& department,
                                    http::Reply& reply);
/// The department with its agents; what was not kept is reported as a loss.
Result<void> show_put_department(const Facade& facade, const NotKept& told, const Ref<Department>& department,
                                 http::Reply& reply);
/// That it worked; what was not kept is reported as a loss.
Result<void> show_changed_agents(const Facade& facade, const NotKept& told, const Ref<Department>& department,
                                 http::Reply& reply);
Result<void> show_deleted_department(const Facade& facade, const Ref<Department>& department, http::Reply& reply);

}  // namespace parley::rocketchat
