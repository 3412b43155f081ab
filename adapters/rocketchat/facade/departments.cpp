// See departments.hpp.
#include "adapters/rocketchat/facade/departments.hpp"

#include <algorithm>

#include "adapters/rocketchat/department.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/site_bodies.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

/// Whether the document says that the department is archived: a member that Rocket.Chat alone has.
ListCondition archived(bool wanted) {
  return {{ListTest{.kind = ListTest::Kind::is_true, .path = {"archived"}, .negated = !wanted}}};
}

Error required(std::string_view name) {
  return {.code = Code::malformed_request,
          .message = "The '" + String(name) + "' param is required",
          .field = String(name)};
}

/// A list of departments. `needed`: a parameter without which there is no list.
Result<ListDepartments> list_of(const Request& request, contract::QueryParameters known, std::string_view needed = {}) {
  Result<ListQuery> query = read_list_request(request, known, &shape::view<department>);
  if (!query) return std::move(query).error();
  const List<Parameter> sent = parse_query(request.query).value();
  const auto is_needed = [needed](const Parameter& one) { return one.name == needed; };
  if (!needed.empty() && std::ranges::none_of(sent, is_needed)) return required(needed);
  return ListDepartments{*std::move(query)};
}

/// An agent of a department. Only the id is known: it also stands for the username and for the id of the assignment.
void write_department_agent(const Department& of, const Text& agent, shape::Writer& writer) {
  writer.begin_object();
  member(writer, "_id", agent);
  member(writer, "agentId", agent);
  member(writer, "username", agent);
  member(writer, "departmentId", of.id.text);
  writer.key("departmentEnabled");
  writer.boolean(!of.disabled);
  for (const std::string_view key : {"count", "order"}) {
    writer.key(key);
    writer.integer(0);
  }
  writer.end_object();
}

/// Ends an answer. That a document has only the number of its agents is no loss here: another member, or another call, lists them.
Result<void> end(Answer& answer, Reply& reply) {
  Result<void> ended = answer.end();
  std::erase_if(reply.losses, [](const shape::Loss& loss) { return loss.member == "department.agents"; });
  return ended;
}

void write_department(const Ref<Department>& shown, bool with_agents, Answer& answer) {
  answer.record("department", shape::view<department>, shown);
  if (!with_agents) return;
  answer.writer().key("agents");
  answer.writer().begin_array();
  for (const Text& agent : shown->agents) write_department_agent(*shown, agent, answer.writer());
  answer.writer().end_array();
}

void write_departments(const Page<Department>& departments, Answer& answer) {
  answer.writer().key("departments");
  answer.writer().begin_array();
  for (const Ref<Department>& one : departments.records) answer.write(shape::view<department>, one);
  answer.writer().end_array();
}

bool says_something(const Json& value) {
  return !value.text.empty() && value.text != "0" && value.text != "null" && value.text != R"("")";
}

/// Notes what is said of agents and not kept.
void note(const List<DepartmentAgentBody>& agents, NotKept& told) {
  const auto counts = [](const DepartmentAgentBody& one) { return says_something(one.count); };
  const auto orders = [](const DepartmentAgentBody& one) { return says_something(one.order); };
  if (std::ranges::any_of(agents, counts)) told.members.emplace_back("count");
  if (std::ranges::any_of(agents, orders)) told.members.emplace_back("order");
}

Result<void> check_agents(const List<DepartmentAgentBody>& agents, std::string_view member) {
  for (const DepartmentAgentBody& one : agents) {
    if (one.id.empty()) return schema::invalid("must NOT have fewer than 1 characters", member);
  }
  return {};
}

Result<PutDepartment> put(DepartmentBody&& body, NotKept& told) {
  const DepartmentFieldsBody& fields = body.department;
  Result<void> good = check_text(fields.name, "department.name", too_long_of_agent);
  if (good) good = check_text(fields.email, "department.email", too_long_of_agent);
  if (good) good = check_text(fields.description, "department.description", too_long_of_agent);
  if (good) good = check_text(fields.id, "department._id", too_long_of_agent);
  if (!good) return std::move(good).error();
  if (trim(fields.name.view()).empty()) {
    return schema::invalid("must NOT have fewer than 1 characters", "department.name");
  }
  if (fields.id.size() > longest_id) {
    return schema::invalid("must NOT have more than " + std::to_string(longest_id) + " characters", "department._id");
  }
  if (good = check_agents(body.agents, "agents.agentId"); !good) return std::move(good).error();
  note(body.agents, told);
  return operation_of(std::move(body));
}

void tell(const Facade& facade, const NotKept& told, Reply& reply) {
  if (!facade.reports_losses()) return;
  for (const String& name : told.members) {
    reply.losses.push_back({"department.agents." + name, "of an agent in a department, only that it is one is kept"});
  }
}

}  // namespace

// --- requests ---------------------------------------------------------------------------------------------------------

Result<ListDepartments> list_departments(const Facade&, const Request& request) {
  Result<ListDepartments> list = list_of(request, parameters::departments);
  if (list && value_of(parse_query(request.query).value(), parameters::show_archived.name) != "true") {
    list->query.conditions.push_back(archived(false));
  }
  return list;
}

Result<ListDepartments> list_archived(const Facade&, const Request& request) {
  Result<ListDepartments> list = list_of(request, parameters::archived_departments);
  if (list) list->query.conditions.push_back(archived(true));
  return list;
}

Result<ListDepartments> list_by_ids(const Facade&, const Request& request) {
  Result<ListDepartments> list = list_of(request, parameters::departments_by_ids, "ids");
  if (list) list->query.limit = 0;
  return list;
}

Result<ListDepartments> autocomplete_departments(const Facade&, const Request& request) {
  Result<ListDepartments> list = list_of(request, parameters::department_names, "selector");
  if (!list) return list;
  list->query.conditions.push_back(archived(false));
  list->query.order = {{{"name"}}};
  return list;
}

Result<GetDepartment> get_department(const Facade&, const Request& request, WithAgents& shown) {
  const Result<List<Parameter>> query = read_query(request, parameters::department);
  if (!query) return query.error();
  const String wanted = value_of(*query, "includeAgents");
  shown.agents = wanted.empty() || wanted == "true";
  return GetDepartment{{request.parameters[0]}};
}

Result<GetDepartment> get_department_agents(const Facade&, const Request& request, ListQuery& shown) {
  Result<ListQuery> query = read_list_request(request, parameters::department_agents, nullptr);
  if (!query) return std::move(query).error();
  shown = *std::move(query);
  return GetDepartment{{request.parameters[0]}};
}

Result<PutDepartment> create_department(const Facade&, const Request& request, NotKept& told) {
  Result<DepartmentBody> body = read_body<department_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<PutDepartment> made = put(*std::move(body), told);
  if (made) made->create = true;
  return made;
}

Result<PutDepartment> update_department(const Facade&, const Request& request, NotKept& told) {
  Result<DepartmentBody> body = read_body<changed_department_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<PutDepartment> made = put(*std::move(body), told);
  if (made) made->department.text = request.parameters[0];
  return made;
}

Result<PutDepartment> change_department_agents(const Facade&, const Request& request, NotKept& told) {
  Result<DepartmentAgentsBody> body = read_body<department_agents_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<void> good = check_agents(body->upsert, "upsert.agentId");
  if (good) good = check_agents(body->remove, "remove.agentId");
  if (!good) return std::move(good).error();
  note(body->upsert, told);
  PutDepartment change{.department = {request.parameters[0]}};
  for (DepartmentAgentBody& one : body->upsert) change.joining.push_back(std::move(one.id));
  for (DepartmentAgentBody& one : body->remove) change.leaving.push_back(std::move(one.id));
  return change;
}

Result<DeleteDepartment> delete_department(const Facade&, const Request& request) {
  return DeleteDepartment{{request.parameters[0]}};
}

// --- answers ----------------------------------------------------------------------------------------------------------

Result<void> show_departments(const Facade& facade, const ListDepartments& asked, const Page<Department>& departments,
                              Reply& reply) {
  Answer answer(facade, reply);
  write_departments(departments, answer);
  answer.numbers(departments.records.size(), asked.query.offset, departments.matching());
  return end(answer, reply);
}

Result<void> show_all_departments(const Facade& facade, const Page<Department>& departments, Reply& reply) {
  Answer answer(facade, reply);
  write_departments(departments, answer);
  return end(answer, reply);
}

Result<void> show_department_names(const Facade& facade, const Page<Department>& departments, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("items");
  writer.begin_array();
  for (const Ref<Department>& one : departments.records) {
    writer.begin_object();
    member(writer, "_id", one->id.text);
    member(writer, "name", one->name);
    writer.end_object();
  }
  writer.end_array();
  return answer.end();
}

Result<void> show_department(const Facade& facade, const WithAgents& shown, const Ref<Department>& department,
                             Reply& reply) {
  Answer answer(facade, reply);
  write_department(department, shown.agents, answer);
  return end(answer, reply);
}

Result<void> show_department_agents(const Facade& facade, const ListQuery& shown, const Ref<Department>& department,
                                    Reply& reply) {
  const List<Text>& agents = department->agents;
  const Selection found = select(shown, agents.size(), [&](std::size_t place, shape::Writer& writer) {
    write_department_agent(*department, agents[place], writer);
  });
  Answer answer(facade, reply);
  answer.writer().key("agents");
  answer.writer().begin_array();
  for (const std::size_t place : found.places) write_department_agent(*department, agents[place], answer.writer());
  answer.writer().end_array();
  answer.numbers(found.places.size(), shown.offset, found.total);
  return answer.end();
}

Result<void> show_put_department(const Facade& facade, const NotKept& told, const Ref<Department>& department,
                                 Reply& reply) {
  Result<void> shown = facade.show(department, reply);
  tell(facade, told, reply);
  return shown;
}

Result<void> show_changed_agents(const Facade& facade, const NotKept& told, const Ref<Department>&, Reply& reply) {
  Answer answer(facade, reply);
  tell(facade, told, reply);
  return answer.end();
}

Result<void> show_deleted_department(const Facade& facade, const Ref<Department>&, Reply& reply) {
  return Answer(facade, reply).end();
}

Result<void> Facade::show(const Ref<Department>& department, Reply& reply) const {
  return show_department(*this, {}, department, reply);
}

Result<void> Facade::show(const Page<Department>& departments, Reply& reply) const {
  return show_departments(*this, {}, departments, reply);
}

}  // namespace parley::rocketchat
