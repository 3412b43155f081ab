// The names of methods, and header lookup.
#include "adapters/http/request.hpp"

#include <array>

#include "schemas/ascii.hpp"

namespace parley::http {

std::string_view name_of(Method method) noexcept {
  static constexpr std::array<std::string_view, 8> names = {"GET",   "HEAD",   "POST",    "PUT",
                                                            "PATCH", "DELETE", "OPTIONS", "OTHER"};
  return names[static_cast<std::size_t>(method)];
}

std::optional<std::string_view> Request::header(std::string_view name) const noexcept {
  for (const Header& header : headers) {
    if (ascii::same_ignoring_case(header.name, name)) return header.value;
  }
  return {};
}

}  // namespace parley::http
