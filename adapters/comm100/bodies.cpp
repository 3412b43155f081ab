// Bodies as operations and operations as bodies; see bodies.hpp.
#include "adapters/comm100/bodies.hpp"

#include <charconv>

#include "adapters/comm100/errors.hpp"
#include "adapters/http/percent.hpp"
#include "schemas/ascii.hpp"
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

Result<String> department_of(const List<SearchFilter>& filters) {
  String department;
  for (const SearchFilter& one : filters) {
    if (ascii::same_ignoring_case(one.op, "ignored")) continue;
    if (!ascii::same_ignoring_case(one.op, "is")) {
      return fault(Code::invalid_field, "Parameter 'operator' must be is or ignored.", "filters.operator");
    }
    if (!ascii::same_ignoring_case(one.name, "departmentId")) {
      return fault(Code::invalid_field, "There is no filter of this name here; departmentId is possible.",
                   "filters.name");
    }
    const auto guid = one.value.size() == 1 ? ids::parse_guid(one.value.front()) : std::optional<ids::Guid>();
    if (!guid) return fault(Code::invalid_field, "Parameter 'value' must be a list of one guid.", "filters.value");
    department = ids::from_guid(*guid);
  }
  return department;
}

std::optional<RecordName> record_named(std::string_view text) {
  RecordName name;
  if (ascii::all_digits(text)) {
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, name.number);
    return error == std::errc{} && at == end && name.number > 0 ? std::optional(std::move(name)) : std::nullopt;
  }
  const std::optional<ids::Guid> guid = ids::parse_guid(text);
  if (!guid) return {};
  name.id = ids::from_guid(*guid);
  return name;
}

shape::Fit NumberOrGuid::read(const shape::Node& node, RecordName& name, shape::Reading& reading) {
  const bool scalar = node.is_text() || node.kind == shape::NodeKind::number;
  std::optional<RecordName> named = scalar ? record_named(node.text) : std::nullopt;
  if (!named) return reading.refuse(node, "an integer from 1 or a guid");
  name = *std::move(named);
  return shape::Fit::exact;
}

void NumberOrGuid::write(const RecordName& name, shape::Writer& writer) {
  name.id.empty() ? writer.integer(name.number) : GuidId::write(name.id, writer);
}

String write_form(const TokenRequest& request) {
  String form;
  token_request.defs.each([&](const auto& row) { add_row(row, request, form); });
  return form;
}

}  // namespace parley::comm100
