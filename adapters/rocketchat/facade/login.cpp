// POST login and logout: users of the configuration get a token, and give it back.
#include <algorithm>

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

/// What a client logs in with: a token it has, or somebody's name or address and the SHA-256 of a password.
struct Attempt {
  /// false: something that these calls do not know, which the vendor refuses like a wrong password.
  bool understood = true;
  std::optional<String> user;  ///< a name, or an address
  String username;
  String email;
  String digest;
  String resume;

  /// Whom the vendor takes where several are named: `user` before `username` before `email`.
  [[nodiscard]] const String& who() const noexcept { return user ? *user : username.empty() ? email : username; }
  [[nodiscard]] Logins::By by() const noexcept {
    const bool address = user ? user->find('@') != String::npos : username.empty();
    return address ? Logins::By::email : Logins::By::name;
  }
};

/// `{"digest": "…", "algorithm": "sha-256"}`.
void read_digest(const shape::Node& password, Attempt& attempt) {
  const shape::Node* digest = password.find("digest");
  const shape::Node* algorithm = password.find("algorithm");
  const bool right = digest != nullptr && digest->is_text() && algorithm != nullptr && algorithm->text == "sha-256";
  if (right) attempt.digest = digest->text;
  attempt.understood &= right;
}

void read_text(std::string_view name, std::string_view value, Attempt& attempt) {
  if (name == "user") {
    attempt.user = value;
  } else if (name == "username") {
    attempt.username = value;
  } else if (name == "email") {
    attempt.email = value;
  } else if (name == "password") {
    attempt.digest = login::sha256_hex(value);
  } else if (name == "resume") {
    attempt.resume = value;
  } else if (name != "code") {  // of a second factor, which nobody here has
    attempt.understood = false;
  }
}

/// A member of the body. null is absent, a `code` may be a number, and a `user` that is no text is passed over.
void read_member(const shape::Node& member, Attempt& attempt) {
  static constexpr std::array<std::string_view, 6> known = {"user", "username", "email", "password", "resume", "code"};
  const bool is_known = std::find(known.begin(), known.end(), member.key) != known.end();
  if (is_known && member.kind == shape::NodeKind::null) return;
  if (member.key == "code" || (member.key == "user" && !member.is_text())) return;
  if (member.key == "password" && member.is_object()) return read_digest(member, attempt);
  if (member.is_text()) return read_text(member.key, member.text, attempt);
  attempt.understood = false;
}

bool is_form(const Request& request) {
  std::string_view type = request.header("Content-Type").value_or("");
  type = trim(type.substr(0, type.find(';')));
  // curl says so of everything it sends with -d.
  return ascii::same_ignoring_case(type, "application/x-www-form-urlencoded") &&
         !trim(shape::skip_byte_order_mark(request.body)).starts_with('{');
}

Result<Attempt> read_attempt(const Request& request) {
  Attempt attempt;
  if (is_form(request)) {
    Result<List<Parameter>> form = parse_query(shape::skip_byte_order_mark(request.body));
    if (!form) return std::move(form).error();
    for (const Parameter& one : *form) {
      attempt.understood &= one.form == Parameter::Form::text;
      read_text(one.name, one.value, attempt);
    }
    return attempt;
  }
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  attempt.understood = body.root().is_object();
  if (!attempt.understood) return attempt;
  for (const shape::Node& member : body.root()) read_member(member, attempt);
  return attempt;
}

void member(shape::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  writer.string(text);
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
  Result<Attempt> attempt = read_attempt(request);
  if (!attempt) return std::move(attempt).error();
  const bool again = !attempt->resume.empty();
  const Logins::User* user = again ? logins.holder(TokenKind::access, attempt->resume)
                                   : logins.sign_in(attempt->by(), attempt->who(), attempt->digest);
  if (user == nullptr || !attempt->understood) {
    return Error{.code = Code::unauthorized, .message = "Unauthorized", .source = by_login};
  }
  reply.content_type = json_type;
  facade.add_common_headers(reply);
  welcome(facade.profile(), *user, again ? attempt->resume : logins.issue(TokenKind::access, *user), reply);
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
