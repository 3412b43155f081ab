// POST livechat/custom.field and custom.fields; see custom_fields.hpp.
#include "adapters/rocketchat/facade/custom_fields.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

/// Errors: unknown_field, where the route does not keep one of the fields.
Result<SetVisitorVariables> settle(const Facade& facade, SetVisitorVariables made) {
  for (const CustomField& field : made.fields) {
    if (!facade.keeps(field.name)) return fault(by_handler, Code::unknown_field, {}, field.name.str());
  }
  return made;
}

void write_field(const CustomField& field, std::string_view key, shape::Writer& writer) {
  writer.begin_object();
  writer.key(key);
  writer.string(field.name);
  writer.key("value");
  writer.string(field.value);
  writer.key("overwrite");
  writer.boolean(field.overwrite);
  writer.end_object();
}

}  // namespace

Result<SetVisitorVariables> set_custom_field(const Facade& facade, const Request& request) {
  const bool old = facade.profile() == Profile::pimenta;
  Result<SetFieldBody> body = read_body<set_field_body>(request, old ? Validator::check : Validator::schema);
  if (!body) return std::move(body).error();
  return settle(facade, operation_of(*std::move(body)));
}

Result<SetVisitorVariables> set_custom_fields(const Facade& facade, const Request& request) {
  Result<SetFieldsBody> body = facade.profile() == Profile::pimenta
                                   ? read_body<set_fields_body_0_70>(request, Validator::check)
                                   : read_body<set_fields_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  return settle(facade, operation_of(*std::move(body)));
}

void write_custom_field(const CustomField& field, shape::Writer& writer) {
  writer.key("field");
  write_field(field, "key", writer);
}

void write_custom_fields(const List<CustomField>& fields, shape::Writer& writer) {
  writer.key("fields");
  writer.begin_array();
  for (const CustomField& field : fields) write_field(field, "Key", writer);  // a capital letter, as the vendor has it
  writer.end_array();
}

}  // namespace parley::rocketchat
