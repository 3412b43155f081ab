// One sentence for each fault, with the configuration key to change.
#include "adapters/upstream/next_step.hpp"

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

bool is_page(const Response& response) noexcept {
  constexpr std::string_view html = "text/html";
  const std::string_view type = response.header("Content-Type").value_or("").substr(0, html.size());
  return ascii::same_ignoring_case(type, html);
}

}  // namespace

String after_no_address(const config::Backend& settings) {
  return "; check the name in " + key(settings, "url") + ", and this machine's DNS";
}

String after_no_connection(int error, const config::Backend& settings) {
  switch (error) {
    case ECONNREFUSED:
      return "; nothing listens there: check that the server runs, and the port in " + key(settings, "url");
    case EHOSTUNREACH:
    case ENETUNREACH:
      return "; check this machine's network, and the address in " + key(settings, "url");
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
      return "; write the name that the certificate is for in " + key(settings, "url");
    case io::TlsTrouble::no_tls:
      return "; the port speaks no TLS: write http:// or another port in " + key(settings, "url");
    case io::TlsTrouble::closed:
      return "; the port may speak no TLS, or none of version 1.2: check " + key(settings, "url");
    case io::TlsTrouble::none:
      break;
  }
  return {};
}

String after_no_http(std::string_view bytes, bool answered, const Place& place, const config::Backend& settings) {
  constexpr std::string_view alert = "\x15\x03";  // a TLS record with an alert
  if (place.secure) return {};
  if (bytes.starts_with(alert)) return "; the port speaks TLS: write https:// in " + key(settings, "url");
  if (!bytes.empty() || answered) return {};
  // Many servers close silently when they get a plain request instead of a handshake.
  return "; if the port speaks TLS, write https:// in " + key(settings, "url");
}

bool is_no_such_path(const Response& response) noexcept { return response.status == 404 && is_page(response); }

String after_no_json(const Response& response) {
  if (response.status / 100 != 2 || !is_page(response)) return {};
  return "; this is a web page, not an answer of the API: check the backend's url, and for a login or a proxy in "
         "between";
}

String after_status(const Response& response) {
  if (response.status == 400 && speaks_of_tls(response.body))
    return "; the port speaks TLS: write https:// in the backend's url";
  if (is_no_such_path(response)) return "; the server does not know this path: check the backend's url";
  if (response.status != 401 || response.credential.empty()) return {};
  return "; check " + response.credential;
}

String credential_keys(const config::Backend& settings) {
  String keys;
  for (const config::NamedSecret& secret : config::secrets_of(settings.own))
    keys.append(keys.empty() ? "" : " and ").append(key(settings, secret.key));
  return keys.empty() ? key(settings, "auth") + ": it is none, and the upstream asks for credentials" : keys;
}

}  // namespace parley::upstream
