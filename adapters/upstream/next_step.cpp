// One sentence for each fault, with the configuration key to change.
#include "adapters/upstream/next_step.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include "adapters/upstream/settings.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

String key(const config::Backend& settings, std::string_view name) {
  return String("backends.").append(settings.name).append(".").append(name);
}

/// Whether the text is a server's message for a plain request on a TLS port: nginx, Apache, Go, Parley.
bool speaks_of_tls(std::string_view body) noexcept {
  constexpr std::array<std::string_view, 4> texts = {
      "plain HTTP request was sent to HTTPS port",
      "speaking plain HTTP to an SSL-enabled server port",
      "HTTP request to an HTTPS server",
      "plain HTTP request was sent to an HTTPS port",
  };
  body = body.substr(0, 4096);
  for (const std::string_view text : texts) {
    if (body.find(text) != std::string_view::npos) return true;
  }
  return false;
}

/// How servers of other APIs, and proxies, say in JSON that they do not know a path: Rocket.Chat, Kong, ASP.NET.
bool speaks_of_path(std::string_view body) noexcept {
  constexpr std::array<std::string_view, 3> texts = {
      "API endpoint does not exist",
      "no Route matched with those values",
      "No HTTP resource was found that matches the request URI",
  };
  body = body.substr(0, 4096);
  for (const std::string_view text : texts) {
    if (body.find(text) != std::string_view::npos) return true;
  }
  return false;
}

/// Whether the body is empty, or begins like JSON or like a script around it. Letters begin a script only before a parenthesis.
bool is_nothing_or_json(std::string_view body) noexcept {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (body.starts_with(mark)) body.remove_prefix(mark.size());
  body.remove_prefix(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
  if (body.empty() || body.find_first_of("{[\"") == 0 || body.starts_with("/*")) return true;
  const std::size_t name_end = body.find_first_of("( \t\r\n<");
  return name_end != body.npos && name_end > 0 && body[name_end] == '(';
}

/// The key of the server's URL, as far as it is known.
String url_of(const Response& response) {
  return response.url_key == nullptr ? String("the backend's url") : *response.url_key;
}

bool is_page(const Response& response) noexcept {
  constexpr std::string_view html = "text/html";
  const std::string_view type = response.header("Content-Type").value_or("").substr(0, html.size());
  return ascii::same_ignoring_case(type, html);
}

}  // namespace

String after_no_address(const config::Backend& settings) {
  return "; check the name in " + url_key(settings) + ", and this machine's DNS";
}

String after_no_connection(int error, const config::Backend& settings) {
  switch (error) {
    case ECONNREFUSED:
      return "; nothing listens there: check that the server runs, and the port in " + url_key(settings);
    case EHOSTUNREACH:
    case ENETUNREACH:
      return "; check this machine's network, and the address in " + url_key(settings);
    case ETIMEDOUT:
      return "; a firewall may drop what is sent there";
    default:
      return {};
  }
}

String after_no_tls(io::TlsTrouble trouble, const config::Backend& settings) {
  switch (trouble) {
    case io::TlsTrouble::untrusted:
      if (!config::settings_of<Settings>(settings).ca.empty())
        return "; nobody in the file of " + key(settings, "ca") + " vouches for it";
      return "; set " + key(settings, "ca") + " to a PEM file of who vouches for it; a self-signed one does so itself";
    case io::TlsTrouble::expired:
      return "; the upstream has to renew its certificate, unless this machine's clock is wrong";
    case io::TlsTrouble::not_yet_valid:
      return "; check this machine's clock";
    case io::TlsTrouble::wrong_name:
      return "; write the name that the certificate is for in " + url_key(settings);
    case io::TlsTrouble::no_tls:
      return "; the port speaks no TLS: write http:// or another port in " + url_key(settings);
    case io::TlsTrouble::closed:
      return "; the port may speak no TLS, or none of version 1.2: check " + url_key(settings);
    case io::TlsTrouble::none:
      break;
  }
  return {};
}

String after_no_http(std::string_view bytes, bool answered, const Place& place, const config::Backend& settings) {
  constexpr std::string_view alert = "\x15\x03";  // a TLS record with an alert
  if (place.secure) return {};
  if (bytes.starts_with(alert)) return "; the port speaks TLS: write https:// in " + url_key(settings);
  if (!bytes.empty() || answered) return {};
  // Many servers close silently when they get a plain request instead of a handshake.
  return "; if the port speaks TLS, write https:// in " + url_key(settings);
}

String after_redirect(std::string_view location, const Place& place, const config::Backend& settings) {
  constexpr std::string_view secure = "https://";
  if (!place.secure && ascii::starts_ignoring_case(location, secure)) {
    std::string_view server = location.substr(secure.size());
    server = server.substr(0, server.find_first_of("/?#"));
    server.remove_prefix(std::min(server.rfind('@') + 1, server.size()));  // npos + 1 is 0
    const std::string_view host =
        server.starts_with('[') ? server.substr(1, server.find(']') - 1) : server.substr(0, server.find(':'));
    if (ascii::same_ignoring_case(host, place.host)) return "; write https:// in " + url_key(settings);
  }
  return "; check " + url_key(settings);
}

bool is_no_such_path(const Response& response) noexcept {
  if (response.status == 405 || response.status == 501) return true;
  if (response.status != 404) return false;
  return is_page(response) || !is_nothing_or_json(response.body) || speaks_of_path(response.body);
}

String after_unknown_path(const Response& response) {
  const String path = response.asked == nullptr ? String("this path") : response.asked->path;
  return "; the server does not know " + path + ": check " + url_of(response);
}

String after_no_json(const Response& response) {
  if (response.status / 100 != 2 || !is_page(response)) return {};
  return "; this is a web page, not an answer of the API: check " + url_of(response) +
         ", and for a login or a proxy in between";
}

String after_denial(const Response& response) {
  const bool known = response.asked != nullptr && !response.asked->credential.empty();
  return known ? "; check " + response.asked->credential : String();
}

String after_status(const Response& response) {
  if (response.status == 400 && speaks_of_tls(response.body))
    return "; the port speaks TLS: write https:// in " + url_of(response);
  if (is_no_such_path(response)) return after_unknown_path(response);
  return response.status == 401 ? after_denial(response) : String();
}

String url_key(const config::Backend& settings) {
  return key(settings, config::settings_of<Settings>(settings).url_key);
}

String credential_keys(const config::Backend& settings) {
  String keys;
  for (const config::NamedSecret& secret : config::secrets_of(settings.own))
    keys.append(keys.empty() ? "" : " and ").append(key(settings, secret.key));
  return keys.empty() ? key(settings, "auth") + ": it is none, and the upstream asks for credentials" : keys;
}

}  // namespace parley::upstream
