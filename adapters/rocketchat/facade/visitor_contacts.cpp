// The older calls about contacts, which are visitors; see contacts.hpp. Their validator is `check`.
#include "adapters/rocketchat/contact_bodies.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/contacts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

/// The parameters of a query, all of them optional, unless `required` names one.
Result<List<Parameter>> check_parameters(const Request& request, contract::QueryParameters known) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return query;
  for (const Parameter& one : *query) {
    const auto row = std::ranges::find(known, one.name, &contract::QueryParameter::name);
    if (row == known.end()) return check::unknown_key(one.name);
    if (one.form == Parameter::Form::text) continue;
    if (!row->required) return check::wrong_optional(one.name);
    return check::wrong_type("string", "object", one.name);
  }
  for (const contract::QueryParameter& row : known) {
    if (row.required && std::ranges::find(*query, row.name, &Parameter::name) == query->end())
      return check::missing_key(row.name, {});
  }
  return query;
}

/// The visitor's document without the token.
void write_without_token(const Facade& facade, const Visitor& visitor, shape::Writer& writer) {
  const shape::View& view = visitor_view(facade.profile());
  const std::uint64_t token = std::uint64_t{1} << static_cast<unsigned>(view.find("token"));
  shape::write_members(view, &visitor, ~token, writer);
}

void write_visitor(const Facade& facade, const Visitor* visitor, Answer& answer) {
  answer.writer().key("contact");
  if (visitor == nullptr) return answer.writer().null();
  write_without_token(facade, *visitor, answer.writer());
  answer.find_losses(visitor_view(facade.profile()), visitor);
}

bool are(const List<Text>& values, std::string_view wanted) noexcept {
  return wanted.empty() || (values.size() == 1 && values.front() == wanted);
}

ListCondition has(const char* list, const char* key, const String& value) {
  return {{{.kind = ListTest::Kind::equals, .path = {list, key}, .any_element = true, .values = {value}}}};
}

Error bad_parameters(const char* code) {
  return fault(by_exception, Code::invalid_field, String("[") + code + "]", "query");
}

}  // namespace

Result<RegisterVisitor> save_visitor_contact(const Facade& facade, const Request& request) {
  Result<VisitorContactBody> body = read_body<visitor_contact_body>(request, Validator::check);
  if (!body) return std::move(body).error();
  if (trim(body->token).empty()) {
    return fault(by_exception, Code::invalid_field, "Invalid visitor token [error-invalid-contact-data]", "token");
  }
  Result<void> good = check_text(body->token, "token", too_long_of_agent);
  if (good) good = check_text(body->name, "name", too_long_of_agent);
  if (good) good = check_text(body->username, "username", too_long_of_agent);
  if (good) good = check_text(body->email.value_or(Text()), "email", too_long_of_agent);
  if (good) good = check_text(body->phone.value_or(Text()), "phone", too_long_of_agent);
  if (!good) return std::move(good).error();
  RegisterVisitor made;
  made.token = std::move(body->token);
  made.name = std::move(body->name);
  made.email = std::move(body->email);
  made.phone = std::move(body->phone);
  made.username = std::move(body->username);
  made.identity = IdentityRule::token_email;
  made.by_agent = true;
  for (const Attribute& field : body->fields) {
    if (!facade.keeps(field.name)) {
      return Error{.code = Code::malformed_request,
                   .message = "Custom field " + field.name.str() + " is not allowed",
                   .field = "customFields"};
    }
    made.fields.push_back({.name = field.name, .value = field.value, .overwrite = true});
  }
  if (!body->manager.username.empty()) {
    Buffer json;
    shape::Writer writer(json);
    writer.begin_object();
    member(writer, "username", body->manager.username);
    writer.end_object();
    writer.finish();
    made.extensions.push_back({Text(shape::view<visitor>.name), Text("contactManager"), Text(json.view())});
    made.manager = std::move(body->manager.username);
  }
  return made;
}

Result<GetVisitor> get_visitor_contact(const Facade&, const Request& request) {
  const Result<List<Parameter>> query = check_parameters(request, parameters::contact);
  if (!query) return query.error();
  return GetVisitor{.visitor = {value_of(*query, "contactId")}, .token = {}};
}

Result<ListVisitors> find_visitor_contact(const Facade& facade, const Request& request, List<String>& values) {
  const Result<List<Parameter>> query = check_parameters(request, parameters::visitor_contact);
  if (!query) return query.error();
  const String email = value_of(*query, "email");
  const String phone = value_of(*query, "phone");
  const String custom = value_of(*query, "custom");
  values = {email, phone};
  shape::Document fields;
  if (!custom.empty() && (!fields.parse_json(custom) || !fields.root().is_object())) {
    return bad_parameters("error-invalid-params-custom");
  }
  if (email.empty() && phone.empty() && (custom.empty() || fields.root().size == 0)) {
    return bad_parameters("error-invalid-params");
  }
  ListVisitors list;
  list.query.shape = &visitor_view(facade.profile());
  if (!email.empty()) list.query.conditions.push_back(has("visitorEmails", "address", email));
  if (!phone.empty()) list.query.conditions.push_back(has("phone", "phoneNumber", phone));
  if (!custom.empty()) {
    for (const shape::Node& field : fields.root()) {
      ListTest same{.kind = ListTest::Kind::equals, .path = {"livechatData", String(field.key)}, .values = {}};
      same.values.emplace_back(field.text);
      list.query.conditions.push_back({{std::move(same)}});
    }
  }
  return list;
}

Result<void> show_saved_visitor(const Facade& facade, const Ref<Visitor>& visitor, Reply& reply) {
  Answer answer(facade, reply);
  member(answer.writer(), "contact", visitor->id.text);
  return answer.end();
}

Result<void> show_visitor_contact(const Facade& facade, const Ref<Visitor>& visitor, Reply& reply) {
  Answer answer(facade, reply);
  write_visitor(facade, visitor.get(), answer);
  return answer.end();
}

Result<void> show_found_visitor(const Facade& facade, const List<String>& values, const Page<Visitor>& visitors,
                                Reply& reply) {
  Answer answer(facade, reply);
  const Visitor* found = nullptr;
  for (const Ref<Visitor>& one : visitors.records) {
    if (!are(one->emails, values[0]) || !are(one->phones, values[1])) continue;
    found = one.get();
    break;
  }
  write_visitor(facade, found, answer);
  return answer.end();
}

}  // namespace parley::rocketchat
