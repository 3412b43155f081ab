// Bodies as operations and operations as bodies; see bodies.hpp.
#include "adapters/comm100/bodies.hpp"

#include "adapters/comm100/errors.hpp"
#include "adapters/http/percent.hpp"
#include "schemas/id.hpp"

namespace parley::comm100 {
namespace {

void add_field(std::string_view name, std::string_view value, String& form) {
  if (!form.empty()) form += '&';
  form.append(name).append("=");
  http::percent_encode(value, form);
}

template <auto Member, class Codec>
void add_row(const shape::RowDef<Member, Codec>& row, const TokenRequest& request, String& form) {
  if (request.*Member) add_field(row.key, *(request.*Member), form);
}

}  // namespace

Result<SetAgentStatus> operation_of(AgentUpdate&& body, AgentId agent) {
  if (!body.id.empty()) {
    const std::optional<ids::Guid> guid = ids::parse_guid(body.id);
    if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
    if (ids::from_guid(*guid) != agent.text) {
      return fault(Code::invalid_field, "Parameter 'id' differs from the id of the path.", "id");
    }
  }
  return SetAgentStatus{.agent = std::move(agent), .status = std::move(body.status)};
}

AgentUpdate body_of(const SetAgentStatus& operation) {
  return {ids::format(ids::to_guid(operation.agent.text)), operation.status};
}

Attribute variable_of(FieldAndValue&& body) {
  return {.name = std::move(body.name),
          .value = std::move(body.value),
          .url = std::move(body.url),
          .kind = AttributeKind::variable};
}

FieldAndValue body_of(const Attribute& variable) { return {variable.name, variable.value, variable.url}; }

String write_form(const TokenRequest& request) {
  String form;
  token_request.defs.each([&](const auto& row) { add_row(row, request, form); });
  return form;
}

}  // namespace parley::comm100
