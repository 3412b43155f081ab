// POST /oauth/token: the grants `password` and `refresh_token`, as a form or as JSON. The vendor documents no refusals, so these
// are the ones of RFC 6749.
#include <algorithm>

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;
using http::Request;
using login::Logins;
using login::TokenKind;

Error refusal(Code code, String why) { return Error{.code = code, .message = std::move(why), .source = by_oauth}; }

Error not_understood() {
  return refusal(Code::malformed_body, "The request body is neither a form nor a JSON object of texts.");
}

/// `type/subtype` of the body in lower case; empty where the request declares none.
String type_of(const Request& request) {
  std::string_view type = request.header("Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return ascii::lower(type);
}

Error not_supported(std::string_view type) {
  constexpr std::size_t longest = 100;
  const bool visible = std::all_of(type.begin(), type.end(), [](char byte) { return byte > ' ' && byte <= '~'; });
  return refusal(Code::unsupported_media,
                 "A body of " + (visible && type.size() <= longest ? "the type " + String(type) : "this type") +
                     " is not read here: send application/x-www-form-urlencoded or application/json.");
}

/// The `error` of a refusal: RFC 6749, 5.2.
std::string_view error_of(Code code) noexcept {
  if (code == Code::unauthorized) return "invalid_grant";
  if (code == Code::forbidden) return "invalid_client";
  return code == Code::unsupported_operation ? "unsupported_grant_type" : "invalid_request";
}

void add_headers(Reply& reply) {
  reply.content_type = json_type;
  reply.add("Cache-Control", "no-store");
  reply.add("Pragma", "no-cache");
}

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view json_type_name = "application/json";

/// Reads one parameter into `sent`. Names match in any case: the vendor's example writes `client_Id`. Ignores an unknown name and
/// a null. Errors: malformed_body, duplicate_key.
Result<void> take(const shape::Node& parameter, TokenRequest& sent) {
  const shape::View& view = shape::view<token_request>;
  const auto is_it = [&parameter](const shape::Row& row) { return ascii::same_ignoring_case(parameter.key, row.key); };
  const auto row = std::find_if(view.rows.begin(), view.rows.end(), is_it);
  if (row == view.rows.end() || parameter.kind == shape::NodeKind::null) return {};
  if (!parameter.is_text()) return not_understood();
  if (!row->empty(&sent)) return refusal(Code::duplicate_key, "A parameter is there twice.");
  shape::Reading reading;
  row->read(parameter, &sent, reading);
  return {};
}

Result<void> read_json(std::string_view body, TokenRequest& sent) {
  shape::Document document;
  if (Result<void> parsed = document.parse_json(body); !parsed) {
    return refusal(Code::malformed_body, "The request body is not valid JSON: " + parsed.error().message + '.');
  }
  for (const shape::Node& member : document.root()) {
    if (Result<void> taken = take(member, sent); !taken) return taken;
  }
  return {};
}

Result<void> read_form(std::string_view body, TokenRequest& sent) {
  http::QueryPairs pairs(body);
  while (const auto pair = pairs.next()) {
    const std::optional<String> name = http::percent_decode(pair->first, true);
    const std::optional<String> value = http::percent_decode(pair->second, true);
    if (!name || !value) return not_understood();
    shape::Node parameter;
    parameter.kind = shape::NodeKind::string;
    parameter.key = *name;
    parameter.text = *value;
    if (Result<void> taken = take(parameter, sent); !taken) return taken;
  }
  return {};
}

Result<void> read_parameters(const Request& request, TokenRequest& sent) {
  const std::string_view body = shape::skip_byte_order_mark(request.body);
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && body[begin] == '{') return read_json(request.body, sent);
  const String type = type_of(request);
  // The content of a multipart body may parse as a form with odd names.
  if (type.starts_with("multipart/")) return not_supported(type);
  if (shape::skip_byte_order_mark(body).size() != body.size()) return not_understood();
  Result<void> read = read_form(body, sent);
  const bool blank = begin == std::string_view::npos;
  if (blank || (read && sent.grant_type) || type.empty() || type == form_type) return read;
  return type == json_type_name || type == "text/json" ? not_understood() : not_supported(type);
}

/// The user who gets tokens, and the new refresh token.
using Granted = Logins::Renewed;

void write_tokens(const Logins& logins, const Granted& granted, Reply& reply) {
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("access_token");
  writer.string(logins.issue(TokenKind::access, *granted.user));
  writer.key("token_type");
  writer.string("bearer");
  writer.key("expires_in");
  writer.integer(logins.session().count());
  writer.key("refresh_token");
  writer.string(granted.refresh_token);
  writer.end_object();
  writer.finish();
}

std::optional<Granted> grant_by_password(const Logins& logins, std::string_view email, std::string_view password) {
  const Logins::User* user = logins.sign_in(Logins::By::email, email, login::sha256_hex(password));
  if (user == nullptr) return {};
  return Granted{user, logins.issue(TokenKind::refresh, *user)};
}

/// Checks the grant. Returns the user and a new refresh token, or the refusal.
Result<Granted> grant(const Facade& facade, const TokenRequest& sent) {
  const auto missing = [](const char* name) {
    return refusal(Code::missing_field, "Parameter '" + String(name) + "' is required.");
  };
  if (!sent.grant_type) return missing("grant_type");
  const bool by_password = *sent.grant_type == "password";
  if (!by_password && *sent.grant_type != "refresh_token") {
    return refusal(Code::unsupported_operation, "The grant must be password or refresh_token.");
  }
  if (by_password && !sent.email) return missing("email");
  if (by_password && !sent.password) return missing("password");
  if (!by_password && !sent.refresh_token) return missing("refresh_token");
  if (!facade.knows_client(sent.client_id.value_or(""))) {
    return refusal(Code::forbidden, "The client is not known here.");
  }
  const Logins& logins = facade.logins();
  std::optional<Granted> granted =
      by_password ? grant_by_password(logins, *sent.email, *sent.password) : logins.renew(*sent.refresh_token);
  if (granted) return *std::move(granted);
  return refusal(Code::unauthorized, by_password ? "The e-mail address or the password is wrong."
                                                 : "The refresh token is wrong, was used, or has expired.");
}

}  // namespace

Result<void> answer_token_request(const Facade& facade, const Request& request, Reply& reply) {
  TokenRequest sent;
  if (Result<void> read = read_parameters(request, sent); !read) return read;
  Result<Granted> granted = grant(facade, sent);
  if (!granted) return std::move(granted).error();
  add_headers(reply);
  write_tokens(facade.logins(), *granted, reply);
  return {};
}

void render_token_refusal(const Error& error, Reply& reply) {
  reply.clear();
  reply.status = 400;
  add_headers(reply);
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("error");
  writer.string(error_of(error.code));
  writer.key("error_description");
  writer.string(error.message);
  writer.end_object();
  writer.finish();
}

}  // namespace parley::comm100
