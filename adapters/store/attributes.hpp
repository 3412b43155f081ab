// Named values of a visitor: how they are set, and how many there may be.
#pragma once

#include "schemas/error.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Sets custom fields by name. One that is not to overwrite only fills an empty value. Attributes may be over their bound afterwards.
void set_fields(Attributes& attributes, const List<CustomField>& fields);

/// Sets variables by name: value, url and literal. Attributes may be over their bound afterwards.
void set_variables(Attributes& attributes, const Attributes& variables);

/// The bound: 1000 attributes of 1 MiB together. Anybody may register, with fields of any name, again and again: without a bound one
/// visitor could hold up all writers. Errors: invalid_field.
[[nodiscard]] Result<void> check_attributes(const Attributes& attributes);

}  // namespace parley::store
