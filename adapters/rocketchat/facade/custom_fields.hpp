// Custom fields as clients name them in a body: in a registration, and in the two calls that set them afterwards.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat {

/// Decodes POST livechat/custom.field, one field at the top of the body. Errors: those of read_body;
/// unknown_field by_handler (not in the route's registry).
Result<SetVisitorVariables> set_custom_field(const Facade& facade, const http::Request& request);
/// Decodes POST livechat/custom.fields, a list of them.
Result<SetVisitorVariables> set_custom_fields(const Facade& facade, const http::Request& request);

/// Writes what these calls answer, which is what was sent: `"field":{…}`, `"fields":[…]`.
void write_custom_field(const CustomField& field, shape::Writer& writer);
void write_custom_fields(const List<CustomField>& fields, shape::Writer& writer);

}  // namespace parley::rocketchat
