// What registering a visitor and setting custom fields have in common.
#pragma once

#include "adapters/rocketchat/connector/calls.hpp"

namespace parley::rocketchat::calls {

/// The visitor in an answer. Old servers answer 200 without one where there is none: no_such_visitor.
[[nodiscard]] Result<Visitor> read_visitor(const VendorCalls& caller, const shape::Document& document);

/// Notes the fields that are not in an answer's visitor as they were sent.
void compare_fields(const shape::Document& document, const List<CustomField>& fields, WriteLosses& ledger);

/// Notes the fields that the server's registry does not have, as far as it shows one. Errors: those of VendorCalls::send.
contract::Task<Result<void>> predict(VendorCalls& caller, const List<CustomField>& fields, WriteLosses& ledger);

}  // namespace parley::rocketchat::calls
