// The target of a request line in its parts.
#include "gateway/route/target.hpp"

#include "adapters/http.hpp"

namespace parley::gateway {

std::optional<Target> parse_target(std::string_view target) noexcept {
  if (target.find('#') != std::string_view::npos) return {};
  Target parts;
  if (target == "*") return parts;
  if (!target.empty() && target.front() != '/') {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view name = target.substr(0, scheme);
    if (!adapters::same_ignoring_case(name, "http") && !adapters::same_ignoring_case(name, "https")) return {};
    target.remove_prefix(scheme + 3);
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    parts.authority = target.substr(0, end);
    if (parts.authority.empty() || parts.authority.find('@') != std::string_view::npos) return {};
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

}  // namespace parley::gateway
