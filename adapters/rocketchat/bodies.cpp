// Bodies as operations and operations as bodies; see bodies.hpp.
#include "adapters/rocketchat/bodies.hpp"

namespace parley::rocketchat {
namespace {

constexpr std::string_view digest_algorithm = "sha-256";

CustomField custom_field(FieldBody&& body) { return {std::move(body.key), std::move(body.value), body.overwrite}; }

List<CustomField> custom_fields(List<FieldBody>&& bodies) {
  List<CustomField> fields;
  fields.reserve(bodies.size());
  for (FieldBody& body : bodies) fields.push_back(custom_field(std::move(body)));
  return fields;
}

List<FieldBody> field_bodies(const List<CustomField>& fields) {
  List<FieldBody> bodies;
  bodies.reserve(fields.size());
  for (const CustomField& field : fields) bodies.push_back({field.name, field.value, field.overwrite});
  return bodies;
}

/// nullopt for an empty text, which changes nothing.
std::optional<Text> unless_empty(Text&& text) {
  if (text.empty()) return {};
  return std::move(text);
}

}  // namespace

SetVisitorVariables operation_of(SetFieldBody&& body) {
  SetVisitorVariables operation;
  operation.token = std::move(body.token);
  operation.fields.push_back({std::move(body.key), std::move(body.value), body.overwrite});
  return operation;
}

SetVisitorVariables operation_of(SetFieldsBody&& body) {
  SetVisitorVariables operation;
  operation.token = std::move(body.token);
  operation.fields = custom_fields(std::move(body.fields));
  return operation;
}

SetFieldBody body_of(const Text& token, const CustomField& field) {
  return {token, field.name, field.value, field.overwrite};
}

SetFieldsBody body_of(const Text& token, const List<CustomField>& fields) { return {token, field_bodies(fields)}; }

RegisterVisitor operation_of(RegistrationBody&& body) {
  VisitorBody& visitor = body.visitor;
  RegisterVisitor operation;
  operation.token = std::move(visitor.token);
  operation.name = unless_empty(std::move(visitor.name));
  operation.email = unless_empty(std::move(visitor.email));
  operation.phone = unless_empty(std::move(visitor.phone));
  operation.department = unless_empty(std::move(visitor.department));
  operation.username = std::move(visitor.username);
  operation.id.text = std::move(visitor.id);
  operation.fields = custom_fields(std::move(visitor.fields));
  return operation;
}

RegistrationBody body_of(const RegisterVisitor& operation) {
  VisitorBody visitor;
  visitor.token = operation.token;
  visitor.name = operation.name.value_or("");
  visitor.email = operation.email.value_or("");
  visitor.phone = operation.phone.value_or("");
  visitor.department = operation.department.value_or("");
  visitor.username = operation.username;
  visitor.id = operation.id.text;
  visitor.fields = field_bodies(operation.fields);
  return {std::move(visitor)};
}

RecordPageVisit operation_of(PageBody&& body) {
  RecordPageVisit operation;
  operation.token = std::move(body.token);
  operation.chat.text = std::move(body.rid);
  operation.change = std::move(body.info.change);
  operation.title = std::move(body.info.title);
  operation.url = std::move(body.info.location.href);
  return operation;
}

PageBody body_of(const RecordPageVisit& operation) {
  return {operation.token, operation.chat.text, {operation.change, operation.title, {operation.url}}};
}

SetAgentStatus operation_of(AgentStatusBody&& body) {
  return {.agent = {std::move(body.agent)}, .status = body.status == available ? "Online" : "Away"};
}

AgentStatusBody body_of(const SetAgentStatus& operation) {
  return {Text(availability_of(operation.status)), operation.agent.text};
}

shape::Fit PasswordCodec::read(const shape::Node& node, PasswordBody& value, shape::Reading& reading) {
  if (node.is_text()) {
    value.text = Text(node.text);
    return shape::Fit::exact;
  }
  const shape::Node* digest = node.find("digest");
  const shape::Node* algorithm = node.find("algorithm");
  if (digest == nullptr || !digest->is_text() || algorithm == nullptr || algorithm->text != digest_algorithm) {
    return reading.refuse(node, "a string, or an object with a SHA-256");
  }
  value.digest.assign(digest->text);
  return shape::Fit::exact;
}

void PasswordCodec::write(const PasswordBody& value, shape::Writer& writer) {
  if (value.text) return writer.string(*value.text);
  writer.begin_object();
  writer.key("digest");
  writer.string(value.digest);
  writer.key("algorithm");
  writer.string(digest_algorithm);
  writer.end_object();
}

}  // namespace parley::rocketchat
