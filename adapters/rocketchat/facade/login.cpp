// POST login and logout: issues a token to a user of the configuration, and revokes it.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;
using login::Logins;
using login::TokenKind;

/// Reads the members of a body. False: a member is unknown or has a wrong type, which the vendor refuses like a wrong password.
bool read_members(const shape::Node& root, LoginBody& body) {
  shape::Reading reading(true);
  const shape::Fit fit = shape::read_object(shape::view<login_body>, root, &body, reading);
  return fit != shape::Fit::refused && reading.faults().empty();
}

/// A form as the nodes of a JSON object. `form` must outlive the nodes.
List<shape::Node> nodes_of(const List<Parameter>& form) {
  List<shape::Node> nodes(form.size() + 1);
  nodes.front().kind = shape::NodeKind::object;
  nodes.front().span = static_cast<std::uint32_t>(nodes.size());
  nodes.front().size = static_cast<std::uint32_t>(form.size());
  for (std::size_t i = 0; i < form.size(); ++i) {
    nodes[i + 1].kind = shape::NodeKind::string;
    nodes[i + 1].key = form[i].name;
    nodes[i + 1].text = form[i].value;
  }
  return nodes;
}

bool is_form(const Request& request) {
  std::string_view type = request.header("Content-Type").value_or("");
  type = trim(type.substr(0, type.find(';')));
  // `curl -d` declares every body as a form, so a body that begins like an object is JSON.
  return ascii::same_ignoring_case(type, "application/x-www-form-urlencoded") &&
         !trim(shape::skip_byte_order_mark(request.body)).starts_with('{');
}

/// Reads a body, as JSON or as a form. False: as read_members. Errors: those of parse_body and parse_query.
Result<bool> read_login(const Request& request, LoginBody& body) {
  if (is_form(request)) {
    const Result<List<Parameter>> form = parse_query(shape::skip_byte_order_mark(request.body));
    if (!form) return form.error();
    const auto is_text = [](const Parameter& one) { return one.form == Parameter::Form::text; };
    const List<shape::Node> nodes = nodes_of(*form);
    return read_members(nodes.front(), body) && std::all_of(form->begin(), form->end(), is_text);
  }
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  return read_members(document.root(), body);
}

/// The user with this name and password, or nullptr. As at the vendor, `user` goes before `username`, and `username` before `email`.
const Logins::User* sign_in(const Logins& logins, const LoginBody& body) {
  const bool by_address = body.user ? body.user->view().find('@') != String::npos : body.username.empty();
  const Text& who = body.user ? *body.user : body.username.empty() ? body.email : body.username;
  const String digest = body.password.text ? login::sha256_hex(*body.password.text) : body.password.digest.str();
  return logins.sign_in(by_address ? Logins::By::email : Logins::By::name, who, digest);
}

void write_me(const Logins::User& user, shape::Writer& writer) {
  const std::string_view name = user.name.empty() ? user.email : user.name;
  writer.begin_object();
  member(writer, "_id", user.id);
  member(writer, "name", name);
  member(writer, "username", name);
  writer.key("emails");
  writer.begin_array();
  if (!user.email.empty()) {
    writer.begin_object();
    member(writer, "address", user.email);
    writer.key("verified");
    writer.boolean(true);
    writer.end_object();
  }
  writer.end_array();
  member(writer, "status", "online");
  member(writer, "statusConnection", "online");
  writer.key("utcOffset");
  writer.integer(0);
  writer.key("active");
  writer.boolean(true);
  writer.key("roles");
  writer.raw(R"(["user"])");
  writer.key("settings");
  writer.raw(R"({"preferences":{}})");
  writer.end_object();
}

void welcome(Profile profile, const Logins::User& user, std::string_view token, Reply& reply) {
  shape::Writer writer(reply.body);
  writer.begin_object();
  member(writer, "status", "success");
  writer.key("data");
  writer.begin_object();
  member(writer, "userId", user.id);
  member(writer, "authToken", token);
  writer.key("me");
  write_me(user, writer);
  writer.end_object();
  if (profile == Profile::v8) {
    writer.key("success");
    writer.boolean(true);
  }
  writer.end_object();
  writer.finish();
}

}  // namespace

Result<void> answer_login(const Facade& facade, const Request& request, Reply& reply) {
  const Logins& logins = facade.logins();
  LoginBody body;
  const Result<bool> understood = read_login(request, body);
  if (!understood) return understood.error();
  const bool again = !body.resume.empty();
  const Logins::User* user = again ? logins.holder(TokenKind::access, body.resume) : sign_in(logins, body);
  if (user == nullptr || !*understood) return fault(by_login, Code::unauthorized, "Unauthorized");
  reply.content_type = json_type;
  facade.add_common_headers(reply);
  welcome(facade.profile(), *user, again ? body.resume : logins.issue(TokenKind::access, *user), reply);
  return {};
}

Result<void> answer_logout(const Facade& facade, const Request& request, Reply& reply) {
  facade.logins().revoke(TokenKind::access, request.header("X-Auth-Token").value_or(""));
  reply.content_type = json_type;
  facade.add_common_headers(reply);
  reply.body.append(R"({"status":"success","data":{"message":"You've been logged out!"}})");
  return {};
}

}  // namespace parley::rocketchat
