// Checks answers by the rules of HTTP, JSON and scripts only.
#include "tests/support/answers.hpp"

#include <regex>

#include "tests/support/json.hpp"
#include "tests/support/requests.hpp"

namespace parley::test {

config::Route route_of(const contract::Adapter& adapter, std::string_view profile) {
  // A key that no adapter of the build reads is a fault, which this function ignores.
  config::Route route = config::load_text(R"(routes:
  - name: conformance
    facade: )" + String(adapter.name) + R"(
    backend: none
    auth:
      bearer: conformance-token
      basic: {user: agent@example.com, password: conformance-key}
      site_id: "10000"
      tokens: conformance-token
      users: {id: conformance-user, token: conformance-token}
      logins: {id: conformance-user, name: conformance, email: agent@example.com, password: conformance-password}
)",
                                          contract::keys_of())
                            .settings.routes.front();
  route.profile = profile;
  return route;
}

List<String> profiles_of(const contract::Adapter& adapter) {
  List<String> known;
  for (const char* profile : {"", "8", "0.70"}) {
    config::Faults faults;
    if (adapter.check_route != nullptr) adapter.check_route(route_of(adapter, profile), faults);
    const auto of_profile = [](const config::Fault& fault) { return fault.path.ends_with("profile"); };
    if (std::none_of(faults.begin(), faults.end(), of_profile)) known.emplace_back(profile);
  }
  return known;
}

String fault_of_script(std::string_view script) {
  static const std::regex call(R"(^(?:/\*\*/ ?)?(?:typeof ([\w$.\[\]]+) === 'function' && )?([\w$.\[\]]+)\($)");
  const std::size_t open = script.find('(');
  const std::size_t close = script.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return "no call";
  const String head(script.substr(0, open + 1));
  std::smatch parts;
  if (!std::regex_match(head, parts, call)) return "not a plain call: " + head.substr(0, 200);
  if (parts[1].matched && parts[1] != parts[2]) return "asks for one function and calls another";
  const std::string_view tail = script.substr(close + 1);
  if (tail != ";" && !tail.empty()) return "something behind the call: " + String(tail);
  const std::string_view argument = script.substr(open + 1, close - open - 1);
  if (argument.find("\xe2\x80\xa8") != std::string_view::npos ||
      argument.find("\xe2\x80\xa9") != std::string_view::npos)
    return "a line separator";
  try {
    static_cast<void>(parse(argument));
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

namespace {
String fault_of_headers(const http::Reply& reply) {
  static const std::regex line_form("^[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\\t\\x20-\\x7e]*$");
  for (const String& line : header_lines(reply)) {
    if (!std::regex_match(line, line_form)) return "no header line: " + line;
  }
  return {};
}
}  // namespace

String fault_of(const http::Reply& reply) {
  const std::string_view body = reply.body.view();
  if (reply.status < 200 || reply.status > 599) return "status " + std::to_string(reply.status);
  if (String fault = fault_of_headers(reply); !fault.empty()) return fault;
  if (reply.status == 204) return body.empty() ? "" : "a body with status 204";
  if (body.empty()) return "an empty body";
  if (shape::find_bad_utf8(body) != std::string_view::npos) return "no UTF-8";
  if (reply.content_type.find("javascript") != std::string_view::npos) return fault_of_script(body);
  if (reply.content_type.starts_with("text/plain"))
    return body.find('<') == std::string_view::npos ? "" : "markup in a text";
  if (reply.content_type.find("json") == std::string_view::npos) return "content type " + String(reply.content_type);
  try {
    static_cast<void>(parse(body));
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace parley::test
