// POST livechat/visitor: what the vendor does with a body that its validator let pass.
#include "adapters/rocketchat/facade/registration.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

/// What the vendor does with a visitor that passed the check.
Result<void> settle_visitor(const Facade& facade, RegisterVisitor& made) {
  const auto refuse = [](Code code, const char* message, const char* field) {
    return Error{.code = code, .message = message, .field = field, .detail = {}, .source = by_handler};
  };
  if (trim(made.token).empty()) return refuse(Code::invalid_field, "Token cannot be empty", "visitor.token");
  if (facade.profile() == Profile::pimenta) {
    made.identity = IdentityRule::token_email;
    for (const CustomField& field : made.fields) {
      if (!facade.keeps(field.name)) return refuse(Code::unknown_field, "", "visitor.customFields");
    }
    return {};
  }
  made.identity = IdentityRule::token_phone_email;
  if (made.email) made.email = ascii::lower(trim(*made.email));
  if (made.email && made.email->empty()) made.email.reset();
  // Unregistered fields are left out, as the vendor does; encode reports them.
  std::erase_if(made.fields, [&facade](const CustomField& field) { return !facade.keeps(field.name); });
  return {};
}

}  // namespace

Result<Operation> register_visitor(const contract::Facade& facade, const Request& request) {
  Result<RegistrationBody> body = read_body<registration_body>(request, Validator::check);
  if (!body) return std::move(body).error();
  RegisterVisitor made = operation_of(*std::move(body));
  if (Result<void> settled = settle_visitor(static_cast<const Facade&>(facade), made); !settled)
    return std::move(settled).error();
  made.ip.assign(request.peer);
  made.user_agent.assign(request.header("User-Agent").value_or(""));
  made.host.assign(request.header("Host").value_or(""));
  return Operation(std::move(made));
}

List<String> custom_field_names(std::string_view body) {
  List<String> names;
  shape::Document document;
  if (!document.parse_json(body)) return names;
  RegistrationBody sent;
  shape::Reading reading;
  shape::read_object(shape::view<registration_body>, document.root(), &sent, reading);
  for (FieldBody& field : sent.visitor.fields) names.push_back(std::move(field.key));
  return names;
}

}  // namespace parley::rocketchat
