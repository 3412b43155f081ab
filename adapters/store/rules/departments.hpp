// GetDepartment, PutDepartment, DeleteDepartment.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// A department with the agents of its list before and after an operation, in its order. nullptr: the store has no such agent.
struct StaffedDepartment {
  const Stored<Department>* department = nullptr;
  List<const Stored<Agent>*> before;
  List<const Stored<Agent>*> after;
};

/// Needs one round.
const Stored<Department>* gather(const GetDepartment& operation, Gathered& gathered);
/// Each needs two rounds: the department names its agents.
StaffedDepartment gather(const PutDepartment& operation, Gathered& gathered);
StaffedDepartment gather(const DeleteDepartment& operation, Gathered& gathered);

/// Errors: no_such_department.
Result<Outcome> decide(const GetDepartment& operation, const Stored<Department>* department);

/// The department as it is now. Errors: no_such_department; invalid_field (`id`: another department has it).
Result<Decision> decide(const PutDepartment& operation, const StaffedDepartment& staffed,
                        const DecisionContext& context);

/// The department as it was. Errors: no_such_department.
Result<Decision> decide(const DeleteDepartment& operation, const StaffedDepartment& staffed,
                        const DecisionContext& context);

}  // namespace parley::store
