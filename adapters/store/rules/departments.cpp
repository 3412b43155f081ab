// See departments.hpp.
#include "adapters/store/rules/departments.hpp"

namespace parley::store {
namespace {

Error no_department() { return refusal(Code::no_such_department, "no department has this id"); }

const Stored<Department>* find(const DepartmentId& id, Gathered& gathered) {
  return id.empty() ? nullptr : gathered.find(DepartmentKey{id.text});
}

}  // namespace

const Stored<Department>* gather(const GetDepartment& operation, Gathered& gathered) {
  return find(operation.department, gathered);
}

const Stored<Department>* gather(const PutDepartment& operation, Gathered& gathered) {
  return find(operation.department.id, gathered);
}

const Stored<Department>* gather(const DeleteDepartment& operation, Gathered& gathered) {
  return find(operation.department, gathered);
}

Result<Outcome> decide(const GetDepartment&, const Stored<Department>* department) {
  if (department == nullptr) return no_department();
  return Outcome(Ref<Department>(department->value));
}

Result<Decision> decide(const PutDepartment& operation, const Stored<Department>* department,
                        const DecisionContext& context) {
  if (!operation.create && department == nullptr) return no_department();
  if (operation.create && department != nullptr) {
    return refusal(Code::invalid_field, "another department has this id", "id");
  }
  Department after = operation.department;
  if (department != nullptr) {
    after.id = department->value.id;
  } else if (after.id.empty()) {
    after.id.text = context.ids.random17();
  }
  after.updated_at = context.now;
  const Ref<Department> stored(std::move(after));
  return Decision{stored, {Put<Department>{department, stored}}};
}

Result<Decision> decide(const DeleteDepartment&, const Stored<Department>* department, const DecisionContext&) {
  if (department == nullptr) return no_department();
  return Decision{Ref<Department>(department->value), {Remove<Department>{department}}};
}

}  // namespace parley::store
