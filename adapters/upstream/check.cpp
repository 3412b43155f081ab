// Finds mistakes that leave a configuration readable but let every call fail, or expose credentials.
#include "adapters/upstream/check.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

#include "adapters/io/tls.hpp"
#include "adapters/upstream/place.hpp"
#include "adapters/upstream/settings.hpp"
#include "config/file.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

constexpr std::size_t longest_label = 63;  // RFC 1035, 2.3.4
constexpr std::size_t longest_name = 253;

List<std::string_view> split(std::string_view text, char at) {
  List<std::string_view> parts;
  while (true) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Why no resolver can know this name; empty if one may.
std::string_view fault_of_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);  // the root label
  if (host.size() > longest_name) return "the host is longer than 253 characters";
  const List<std::string_view> labels = split(host, '.');
  for (const std::string_view label : labels) {
    if (label.empty()) return "the host has an empty label: one dot too many";
    if (label.size() > longest_label) return "a label of the host is longer than 63 characters";
    if (label.starts_with('-') || label.ends_with('-')) return "a label of the host begins or ends with `-`";
  }
  if (ascii::all_digits(labels.back())) return "the host is no IPv4 address, and no name";
  return {};
}

/// Whether the address is this machine's loopback.
bool is_loopback(const Address& address) {
  if (address.bytes.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(address.bytes);
    const std::uint32_t host = ntohl(four.sin_addr.s_addr);
    return host >> 24U == 127 || host == INADDR_ANY;
  }
  const in6_addr& six = reinterpret_cast<const sockaddr_in6&>(address.bytes).sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_UNSPECIFIED(&six) ||
         (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

bool stays_here(const Place& place) {
  return !place.literal.empty() && std::all_of(place.literal.begin(), place.literal.end(), is_loopback);
}

/// Whether `segments` are the beginning of the path `own`.
bool begins(std::span<const std::string_view> segments, std::string_view own) {
  const List<std::string_view> pattern = split(own.substr(1), '/');
  return segments.size() <= pattern.size() && std::equal(segments.begin(), segments.end(), pattern.begin(),
                                                         [](std::string_view is, std::string_view wanted) {
                                                           return wanted == "*" ||
                                                                  ascii::same_ignoring_case(is, wanted);
                                                         });
}

/// The size of `path` without the vendor's own path at its end; the whole size if there is none.
std::size_t size_without_own(std::string_view path, std::span<const std::string_view> own) {
  const auto is_own = [own](std::string_view tail) {
    const List<std::string_view> segments = split(tail.substr(1), '/');
    return std::any_of(own.begin(), own.end(), [&](std::string_view one) { return begins(segments, one); });
  };
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    if (is_own(path.substr(at))) return at;
  }
  return path.size();
}

}  // namespace

void check_url(const Url& url, std::span<const std::string_view> own, config::Faults& faults) {
  const auto add = [&](String what, config::Severity severity = config::Severity::fault) {
    faults.push_back({url.mark, url.path, std::move(what), severity});
  };
  const Result<Place> place = parse_place(url.text);
  if (!place) return add(place.error().message + ": " + place.error().detail);
  const String origin = String(place->secure ? "https://" : "http://") + place->authority;
  if (place->literal.empty()) {
    if (const std::string_view fault = fault_of_host(place->host); !fault.empty()) return add(String(fault));
  }
  if (place->port == (place->secure ? 80 : 443)) {
    add(place->secure ? "https on port 80, where servers speak plain HTTP: leave the port out, or write http://"
                      : "http on port 443, where servers speak TLS: write https://");
  }
  const std::size_t kept = size_without_own(place->prefix, own);
  if (kept < place->prefix.size()) {
    add("ends in the API's own path " + place->prefix.substr(kept) + ", which is added to each call anyway: write \"" +
        origin + place->prefix.substr(0, kept) + '"');
  }
  const List<std::string_view> segments = split(place->prefix, '/');
  const auto dots = [](std::string_view segment) { return segment == "." || segment == ".."; };
  if (std::any_of(segments.begin(), segments.end(), dots) || place->prefix.find("//") != String::npos) {
    add("has `.`, `..` or empty segments in its path");
  }
  if (!place->secure && url.carries_credentials && !stays_here(*place)) {
    add("the credentials go to another machine unencrypted: write https:// where the server has it",
        config::Severity::warning);
  }
}

void check_settings(const config::Backend& backend, std::span<const std::string_view> own, config::Faults& faults,
                    std::string_view second_url) {
  const auto& settings = config::settings_of<Settings>(backend);
  const String path = "backends." + backend.name;
  if (!settings.url.empty()) {
    check_url({.text = settings.url,
               .path = path + ".url",
               .mark = backend.kind_mark,
               .carries_credentials = backend.auth.given && !backend.auth.none},
              own, faults);
  }
  const bool uses_tls = settings.url.starts_with("https://") || second_url.starts_with("https://");
  if (!settings.ca.empty() && !uses_tls) {
    faults.push_back(
        {backend.mark, path + ".ca", "has no effect: no URL of this backend is https://", config::Severity::warning});
  }
}

Result<void> try_settings(const config::Backend& backend) {
  const auto& settings = config::settings_of<Settings>(backend);
  if (settings.ca.empty() || config::can_be_read_once(settings.ca)) return {};
  const Result<std::shared_ptr<io::TlsClients>> trusted = io::TlsClients::open(settings.ca);
  if (!trusted) return trusted.error();
  return {};
}

void files_of(const config::Backend& backend, List<contract::BackendFile>& files) {
  const String& ca = config::settings_of<Settings>(backend).ca;
  if (!ca.empty()) files.push_back({.path = ca, .key = "ca"});
}

}  // namespace parley::upstream
