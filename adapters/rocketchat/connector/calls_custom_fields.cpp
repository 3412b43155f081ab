// Sets custom fields of a visitor by the visitor's token and reads them back. A server has one registry of custom fields.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/custom_field_calls.hpp"
#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/upstream/errors.hpp"

namespace parley::rocketchat::calls {
namespace {

using shape::Node;

/// The text of a custom field in an answer's `visitor`; nullopt: it is not there.
std::optional<std::string_view> field_in(const shape::Document& document, std::string_view name) {
  const Node* node = document.root().find("visitor");
  const Node* data = node == nullptr ? nullptr : node->find("livechatData");
  const Node* value = data == nullptr ? nullptr : data->find(name);
  if (value == nullptr) return {};
  return value->is_text() ? value->text : value->raw;
}

/// The fields that the operation sets. Notes what a custom field cannot carry.
List<CustomField> fields_of(const SetVisitorVariables& operation, WriteLosses& losses) {
  List<CustomField> fields;
  for (const Attribute& variable : operation.variables) {
    const String member = "visitor.attributes." + variable.name;
    if (!variable.url.empty()) losses.note(member, "a custom field has no link");
    if (variable.literal) losses.note(member, "a custom field is text");
    fields.push_back({variable.name, variable.value, true});
  }
  fields.insert(fields.end(), operation.fields.begin(), operation.fields.end());
  return fields;
}

/// The names of the visitor fields in the server's registry; nullopt: the server does not show it.
contract::Task<Result<std::optional<List<String>>>> read_registry(VendorCalls& vendor) {
  shape::Document document;
  upstream::Target target("/api/v1/livechat/custom-fields");
  target.query("count", "0");  // all of them
  const Result<void> read = co_await vendor.get("GET livechat/custom-fields", target, document);
  if (!read) {
    const Code code = read.error().code;
    const bool hidden = code == Code::upstream_denied || code == Code::unsupported_operation;
    if (!hidden) co_return read.error();
    co_return std::optional<List<String>>();
  }
  List<String> names;
  const Node* list = document.root().find("customFields");
  if (list == nullptr || !list->is_array()) co_return std::optional<List<String>>();
  for (const Node& field : *list) {
    const Node* id = field.find("_id");
    const Node* scope = field.find("scope");
    const bool of_rooms = scope != nullptr && scope->text == "room";
    if (id != nullptr && id->is_text() && !of_rooms) names.emplace_back(id->text);
  }
  co_return std::optional<List<String>>(std::move(names));
}

/// The token of the visitor whose fields are set. Errors: no_such_visitor; unsupported_operation, where the server hides it.
contract::Task<Result<Text>> token_of(VendorCalls& vendor, const SetVisitorVariables& operation) {
  if (operation.visitor.empty()) co_return operation.token;
  const Quiet quiet(vendor);
  const Result<Visitor> found = co_await visitor_by_id(vendor, operation.visitor);
  if (!found) co_return found.error();
  if (!found->token.empty()) co_return found->token;
  if (!found->last_chat.empty()) {  // since 8.5 only the room shows the token
    const Result<Chat> room = co_await find_room(vendor, found->last_chat);
    if (room && !room->participants.empty() && room->participants.front().id == found->id.text &&
        !room->participants.front().token.empty()) {
      co_return room->participants.front().token;
    }
  }
  co_return upstream::fault(Code::unsupported_operation,
                            "the Rocket.Chat server does not tell the token of a visitor who has not chatted");
}

/// Sets one field. A field that is not registered is noted as a loss.
contract::Task<Result<void>> set_field(VendorCalls& vendor, const Text& token, const CustomField& field,
                                       WriteLosses& losses) {
  const Buffer body = write_body<set_field_body>(body_of(token, field));
  shape::Document answer;
  const Result<void> sent = co_await vendor.post("POST livechat/custom.field", path::custom_field, body, answer);
  if (!sent && is_unregistered_field(sent.error())) {
    const String member = "visitor.attributes." + field.name;
    if (!losses.has(member)) losses.note(member, "not registered upstream");
    co_return Result<void>();
  }
  co_return sent;
}

/// Sets all fields in one call. Where a field is not registered, the server refuses the call, and each field is sent by itself.
contract::Task<Result<void>> set_fields(VendorCalls& vendor, const Text& token, const List<CustomField>& fields,
                                        WriteLosses& losses) {
  if (fields.size() > 1) {
    const Buffer body = write_body<set_fields_body>(body_of(token, fields));
    shape::Document answer;
    const Result<void> sent = co_await vendor.post("POST livechat/custom.fields", path::custom_fields, body, answer);
    if (sent || !is_unregistered_field(sent.error())) co_return sent;
  }
  for (const CustomField& field : fields) {
    const Result<void> sent = co_await set_field(vendor, token, field, losses);
    if (!sent) co_return sent;
  }
  co_return Result<void>();
}

}  // namespace

void compare_fields(const shape::Document& document, const List<CustomField>& fields, WriteLosses& losses) {
  for (const CustomField& field : fields) {
    const String member = "visitor.attributes." + field.name;
    if (losses.has(member)) continue;
    const std::optional<std::string_view> kept = field_in(document, field.name);
    if (!kept) {
      losses.note(member, "not registered upstream");
    } else if (*kept != field.value && field.overwrite) {
      losses.note(member, "the upstream kept another value");
    }
  }
}

contract::Task<Result<void>> predict(VendorCalls& vendor, const List<CustomField>& fields, WriteLosses& losses) {
  const Result<std::optional<List<String>>> registry = co_await read_registry(vendor);
  if (!registry) co_return registry.error();
  if (!*registry) co_return Result<void>();
  for (const CustomField& field : fields) {
    const List<String>& names = **registry;
    if (std::find(names.begin(), names.end(), field.name) == names.end())
      losses.note("visitor.attributes." + field.name, "not registered upstream");
  }
  co_return Result<void>();
}

Answer set_variables(VendorCalls& vendor, const SetVisitorVariables& operation) {
  WriteLosses losses(vendor.call());
  const List<CustomField> fields = fields_of(operation, losses);
  if (vendor.call().lossless) {
    const Result<void> asked = co_await predict(vendor, fields, losses);
    if (!asked) co_return asked.error();
  }
  if (Result<void> good = losses.before(); !good) co_return std::move(good).error();
  const Result<Text> token = co_await token_of(vendor, operation);
  if (!token) co_return token.error();
  const Result<void> set = co_await set_fields(vendor, *token, fields, losses);
  if (!set) co_return set.error();

  upstream::Target target(path::visitor);
  target.segment(*token);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET livechat/visitor/:token", target, document);
  if (!read) co_return read.error();
  Result<Visitor> kept = read_visitor(vendor, document);
  if (!kept) co_return std::move(kept).error();
  compare_fields(document, fields, losses);
  if (Result<void> good = losses.after(); !good) co_return std::move(good).error();
  co_return Outcome(Ref<Visitor>(*std::move(kept)));
}

}  // namespace parley::rocketchat::calls
