// Targets and authorities; see target.hpp.
#include "gateway/route/target.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "schemas/ascii.hpp"

namespace parley::gateway::route {
namespace {

/// RFC 3986: unreserved and sub-delims, except the comma, which would join two Host headers.
constexpr std::array<bool, 256> stands_in_names = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    table[byte] = ascii::is_letter_or_digit(static_cast<char>(byte));
  for (const char byte : std::string_view("-._~!$&'()*+;=")) table[static_cast<unsigned char>(byte)] = true;
  return table;
}();

/// The number of bytes at the beginning that form a name.
std::size_t size_of_name(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    if (stands_in_names[static_cast<unsigned char>(text[at])]) {
      ++at;
    } else if (text[at] == '%' && text.size() - at > 2 && ascii::hex_value(text[at + 1]) >= 0 &&
               ascii::hex_value(text[at + 2]) >= 0) {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

/// The number of bytes at the beginning that form an IPv6 address with its brackets. IPvFuture is not supported.
std::size_t size_of_address(std::string_view text) noexcept {
  const std::size_t end = text.find(']');
  std::array<char, INET6_ADDRSTRLEN> address{};
  if (end == std::string_view::npos || end > address.size()) return 0;
  const std::string_view inside = text.substr(1, end - 1);
  if (inside.find('\0') != std::string_view::npos) return 0;
  std::copy(inside.begin(), inside.end(), address.begin());
  in6_addr ignored{};
  return ::inet_pton(AF_INET6, address.data(), &ignored) == 1 ? end + 1 : 0;
}

}  // namespace

bool is_authority(std::string_view text) noexcept {
  const std::size_t host = text.starts_with('[') ? size_of_address(text) : size_of_name(text);
  if (host == 0) return false;
  const std::string_view port = text.substr(host);
  return port.empty() || (port.front() == ':' && std::all_of(port.begin() + 1, port.end(), ascii::is_digit));
}

std::optional<Target> parse_target(std::string_view target) noexcept {
  if (target.find('#') != std::string_view::npos) return {};
  Target parts;
  if (target == "*") return parts;
  if (!target.empty() && target.front() != '/') {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view name = target.substr(0, scheme);
    if (!ascii::same_ignoring_case(name, "http") && !ascii::same_ignoring_case(name, "https")) return {};
    target.remove_prefix(scheme + 3);
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    parts.authority = target.substr(0, end);
    if (!is_authority(parts.authority)) return {};
    target.remove_prefix(end);
    if (target.empty() || target.front() == '?') {
      parts.path = "/";
      parts.query = target.empty() ? target : target.substr(1);
      return parts;
    }
  }
  if (target.empty()) return {};
  const std::size_t mark = target.find('?');
  parts.path = target.substr(0, mark);
  if (mark != std::string_view::npos) parts.query = target.substr(mark + 1);
  return parts;
}

std::string_view host_of(std::string_view authority) noexcept {
  std::string_view host = authority;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? host : host.substr(0, end + 1);
  }
  host = host.substr(0, host.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace parley::gateway::route
