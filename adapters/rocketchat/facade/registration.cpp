// POST livechat/visitor: the rules that the vendor applies after its validator.
#include "adapters/rocketchat/facade/registration.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

/// Applies the vendor's rules to a visitor that passed the validator. Errors: invalid_field, unknown_field.
Result<void> settle_visitor(const Facade& facade, RegisterVisitor& made, List<String>& dropped) {
  if (trim(made.token).empty()) {
    return fault(by_handler, Code::invalid_field, "Token cannot be empty", "visitor.token");
  }
  if (facade.profile() == Profile::pimenta) {
    made.identity = IdentityRule::token_email;
    for (const CustomField& field : made.fields) {
      if (!facade.keeps(field.name)) return fault(by_handler, Code::unknown_field, {}, "visitor.customFields");
    }
    return {};
  }
  made.identity = IdentityRule::token_phone_email;
  if (made.email) made.email = ascii::lower(trim(*made.email));
  if (made.email && made.email->empty()) made.email.reset();
  // Unregistered fields are left out. The vendor does so silently; we report them.
  for (const CustomField& field : made.fields) {
    if (!facade.keeps(field.name)) dropped.push_back(field.name.str());
  }
  if (!dropped.empty()) {
    std::erase_if(made.fields, [&facade](const CustomField& field) { return !facade.keeps(field.name); });
  }
  return {};
}

}  // namespace

Result<RegisterVisitor> register_visitor(const Facade& facade, const Request& request, List<String>& dropped) {
  Result<RegistrationBody> body = read_body<registration_body>(request, Validator::check);
  if (!body) return std::move(body).error();
  RegisterVisitor made = operation_of(*std::move(body));
  if (Result<void> settled = settle_visitor(facade, made, dropped); !settled) return std::move(settled).error();
  made.ip.assign(request.peer);
  made.user_agent.assign(request.header("User-Agent").value_or(""));
  made.host.assign(request.header("Host").value_or(""));
  return made;
}

}  // namespace parley::rocketchat
