// The two calls that set custom fields of a visitor.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat {

/// Decodes POST livechat/custom.field, whose body is a single field. Errors: those of read_body; unknown_field, with the source
/// by_handler, for a field that the route does not keep.
Result<SetVisitorVariables> set_custom_field(const Facade& facade, const http::Request& request);
/// Decodes POST livechat/custom.fields, whose body has a list of fields. Errors: as above.
Result<SetVisitorVariables> set_custom_fields(const Facade& facade, const http::Request& request);

/// Writes the answer of these calls, which repeats what was sent: `"field":{…}`, `"fields":[…]`.
void write_custom_field(const CustomField& field, shape::Writer& writer);
void write_custom_fields(const List<CustomField>& fields, shape::Writer& writer);

}  // namespace parley::rocketchat
