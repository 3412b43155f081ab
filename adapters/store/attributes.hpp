// Named values of a visitor: how they are set, and their limit.
#pragma once

#include "schemas/error.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// Sets custom fields by name. A field without `overwrite` is set only if its value is empty. May exceed the limit;
/// call check_attributes afterwards.
void set_fields(Attributes& attributes, const List<CustomField>& fields);

/// Sets the value, url and literal flag of variables by name. May exceed the limit; call check_attributes afterwards.
void set_variables(Attributes& attributes, const Attributes& variables);

/// Checks the limit: 1000 attributes with 1 MiB together. Anybody may register again and again, with fields of any
/// name. Without a limit, one visitor could slow down all writes. Errors: invalid_field.
[[nodiscard]] Result<void> check_attributes(const Attributes& attributes);

}  // namespace parley::store
