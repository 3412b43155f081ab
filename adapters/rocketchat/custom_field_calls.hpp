// What registering a visitor and setting custom fields have in common.
#pragma once

#include "adapters/rocketchat/calls.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat::calls {

/// Writes `"customFields":[…]`.
void write_fields(const List<CustomField>& fields, shape::Writer& writer);

/// The visitor in an answer. Old servers answer 200 without one where there is none: no_such_visitor.
[[nodiscard]] Result<Visitor> read_visitor(const Caller& caller, const shape::Document& document);

/// Notes the fields that are not in an answer's visitor as they were sent.
void compare_fields(const shape::Document& document, const List<CustomField>& fields, Ledger& ledger);

/// Notes the fields that the server's registry does not have, as far as it shows one. Errors: those of Caller::send.
adapters::Task<Result<void>> predict(Caller& caller, const List<CustomField>& fields, Ledger& ledger);

}  // namespace parley::rocketchat::calls
