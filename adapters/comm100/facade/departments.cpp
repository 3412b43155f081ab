// The calls about departments; see global.hpp.
#include "adapters/comm100/facade/global.hpp"
#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/site_bodies.hpp"
#include "adapters/contract/own_counts.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;
using http::Request;

DepartmentIncludes read_department_includes(const Request& request) {
  DepartmentIncludes includes;
  for (const String& name : included(request)) includes.agents |= ascii::same_ignoring_case(name, "agent");
  return includes;
}

/// `replaced`: empty for a new department.
Result<PutDepartment> read_update(const Request& request, DepartmentId replaced) {
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  DepartmentUpdate update;
  shape::Reading reading(true);
  shape::read_object(shape::view<department_update>, body.root(), &update, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  return operation_of(std::move(update), std::move(replaced));
}

class DepartmentWriter {
 public:
  DepartmentWriter(const Facade& facade, const DepartmentIncludes& includes, Reply& reply)
      : includes_(includes), reply_(reply), told_(reply.losses), writer_(reply.body), report_(facade.reports_losses()) {
    reply.status = 200;
    reply.content_type = json_type;
  }

  void one(const Ref<Department>& record) {
    if (!includes_.agents) return told_.write(record, shape::view<department>, writer_, report_);
    if (report_) told_.find(shape::view<department>, record.get());
    writer_.begin_object();
    shape::write_rows(shape::view<department>, record.get(), ~std::uint64_t{0}, writer_);
    writer_.quoted_key("\"agents\":");  // a department knows its agents by id only
    writer_.begin_array();
    for (const Text& id : record->agents) {
      writer_.begin_object();
      writer_.quoted_key("\"id\":");
      GuidId::write(id, writer_);
      writer_.end_object();
    }
    writer_.end_array();
    writer_.end_object();
  }
  void all(const Page<Department>& page) {
    http::BodyCutter cutter(reply_, page.records.size());
    writer_.begin_array();
    for (const Ref<Department>& record : page.records) {
      if (!cutter.next()) break;
      one(record);
    }
    writer_.end_array();
    end();
    cutter.finish();
  }
  void end() {
    writer_.finish();
    contract::forgive_own_counts(reply_.losses);
  }

 private:
  const DepartmentIncludes includes_;
  Reply& reply_;
  shape::DistinctLosses told_;
  shape::Writer writer_;
  const bool report_;
};

}  // namespace

Result<ListDepartments> list_departments(const Facade&, const Request& request, DepartmentIncludes& includes) {
  includes = read_department_includes(request);
  ListDepartments operation;
  const std::optional<String> keywords = http::query_value(request.query, "keywords", true);
  if (!keywords || keywords->empty()) return operation;
  operation.query.shape = &shape::view<department>;
  ListCondition& found = operation.query.conditions.emplace_back();
  for (const char* member : {"name", "description"}) {
    found.any_of.push_back({.kind = ListTest::Kind::contains, .path = {member}, .values = {*keywords}});
  }
  return operation;
}

Result<GetDepartment> get_department(const Facade&, const Request& request, DepartmentIncludes& includes) {
  includes = read_department_includes(request);
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetDepartment{.department = {std::move(*id)}};
}

Result<PutDepartment> add_department(const Facade&, const Request& request) { return read_update(request, {}); }

Result<PutDepartment> put_department(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return read_update(request, {std::move(*id)});
}

Result<DeleteDepartment> delete_department(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return DeleteDepartment{.department = {std::move(*id)}};
}

Result<void> write_departments(const Facade& facade, const DepartmentIncludes& includes, const Page<Department>& answer,
                               Reply& reply) {
  DepartmentWriter(facade, includes, reply).all(answer);
  return {};
}

Result<void> write_department(const Facade& facade, const DepartmentIncludes& includes, const Ref<Department>& answer,
                              Reply& reply) {
  DepartmentWriter writer(facade, includes, reply);
  writer.one(answer);
  writer.end();
  return {};
}

Result<void> write_changed_department(const Facade& facade, const Ref<Department>& answer, Reply& reply) {
  return write_department(facade, {}, answer, reply);
}

Result<void> write_new_department(const Facade& facade, const Ref<Department>& answer, Reply& reply) {
  Result<void> written = write_department(facade, {}, answer, reply);
  reply.status = 201;
  return written;
}

Result<void> write_no_department(const Facade&, const Ref<Department>&, Reply& reply) {
  reply.status = 204;
  return {};
}

}  // namespace parley::comm100
