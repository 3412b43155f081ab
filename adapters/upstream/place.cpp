// Numeric addresses and localhost are resolved here, without the resolver.
#include "adapters/upstream/place.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "adapters/upstream/errors.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

Error refuse(std::string_view url, std::string_view why) {
  return fault(Code::unavailable, "the upstream's URL cannot be used", "url", String(url).append(": ").append(why));
}

/// Adds an address if `text` is one.
void add_literal(const char* text, Place& place) {
  Address address;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(place.port);
    std::memcpy(&address.bytes, &v4, address.size = sizeof v4);
  } else if (::inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(place.port);
    std::memcpy(&address.bytes, &v6, address.size = sizeof v6);
  } else {
    return;
  }
  place.literal.push_back(address);
}

/// RFC 6761, 6.3: these names mean loopback, whatever a resolver says, and even if there is none.
bool is_localhost(std::string_view host) noexcept {
  constexpr std::string_view name = "localhost";
  if (host.size() < name.size() || !ascii::same_ignoring_case(host.substr(host.size() - name.size()), name))
    return false;
  return host.size() == name.size() || host[host.size() - name.size() - 1] == '.';
}

bool is_host(std::string_view host) noexcept {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char byte) {
    return ascii::is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_';
  });
}

}  // namespace

String Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (bytes.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&bytes);
    ::inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
    return String(text.data()) + ':' + std::to_string(ntohs(v4->sin_port));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&bytes);
  ::inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
  return '[' + String(text.data()) + "]:" + std::to_string(ntohs(v6->sin6_port));
}

Result<Place> parse_place(std::string_view url) {
  Place place;
  std::string_view rest = url;
  place.secure = rest.starts_with("https://");
  if (!place.secure && !rest.starts_with("http://")) return refuse(url, "expected http:// or https://");
  rest.remove_prefix(place.secure ? 8 : 7);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view authority = rest.substr(0, slash);
  std::string_view path = rest.substr(slash);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (!std::all_of(path.begin(), path.end(),
                   [](char byte) { return byte > ' ' && byte <= '~' && byte != '?' && byte != '#'; })) {
    return refuse(url, "a path of visible ASCII without ? and #");
  }
  place.prefix = path;

  const bool bracketed = authority.starts_with('[');
  const std::size_t colon =
      bracketed ? authority.find(':', std::min(authority.find(']'), authority.size())) : authority.find(':');
  std::string_view host = authority.substr(0, colon);
  if (bracketed) {
    if (host.size() < 3 || !host.ends_with(']')) return refuse(url, "an address in brackets");
    host = host.substr(1, host.size() - 2);
  } else if (!is_host(host)) {
    return refuse(url, "a host name");
  }
  place.host = host;
  const std::uint16_t standard = place.secure ? 443 : 80;
  place.port = standard;
  if (colon != std::string_view::npos) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), place.port);
    if (error != std::errc() || end != digits.data() + digits.size() || place.port == 0) {
      return refuse(url, "a port from 1 to 65535");
    }
  }
  if (!bracketed && is_localhost(place.host)) {
    add_literal("::1", place);
    add_literal("127.0.0.1", place);
  } else {
    add_literal(place.host.c_str(), place);
  }
  if (bracketed && place.literal.empty()) return refuse(url, "an address in brackets");
  place.authority = bracketed ? '[' + place.host + ']' : place.host;
  place.address = place.authority + ':' + std::to_string(place.port);
  if (place.port != standard) place.authority += ':' + std::to_string(place.port);
  return place;
}

}  // namespace parley::upstream
