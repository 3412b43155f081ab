// Functions that both the registration of a visitor and the setting of custom fields use.
#pragma once

#include "adapters/rocketchat/connector/calls.hpp"

namespace parley::rocketchat::calls {

/// Reads the visitor in an answer. Errors: no_such_visitor, where the answer has none (old servers say so with a 200);
/// upstream_failed, where it is no object or has no id.
[[nodiscard]] Result<Visitor> read_visitor(const VendorCalls& vendor, shape::Document& document);

/// Notes the fields that an answer's visitor does not have, or has with another value.
void compare_fields(const shape::Document& document, const List<CustomField>& fields, WriteLosses& losses);

/// Notes the fields that the server's registry does not have. Notes nothing where the server does not show its registry. Errors:
/// those of VendorCalls::send.
contract::Task<Result<void>> predict(VendorCalls& vendor, const List<CustomField>& fields, WriteLosses& losses);

}  // namespace parley::rocketchat::calls
