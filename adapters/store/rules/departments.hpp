// GetDepartment, PutDepartment, DeleteDepartment.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Each needs one round.
const Stored<Department>* gather(const GetDepartment& operation, Gathered& gathered);
const Stored<Department>* gather(const PutDepartment& operation, Gathered& gathered);
const Stored<Department>* gather(const DeleteDepartment& operation, Gathered& gathered);

/// Errors: no_such_department.
Result<Outcome> decide(const GetDepartment& operation, const Stored<Department>* department);

/// The department as it is now. Errors: no_such_department; invalid_field (`id`: another department has it).
Result<Decision> decide(const PutDepartment& operation, const Stored<Department>* department,
                        const DecisionContext& context);

/// The department as it was. Errors: no_such_department.
Result<Decision> decide(const DeleteDepartment& operation, const Stored<Department>* department,
                        const DecisionContext& context);

}  // namespace parley::store
