// Checks on credentials that several facades share.
#pragma once

#include "adapters/http/request.hpp"

namespace parley::login {

/// Whether a header of that name comes more than once. A credential that does is refused: RFC 9110, 5.3 allows one, and
/// a proxy in front of the gateway may have checked the other value.
[[nodiscard]] bool comes_twice(const http::Request& request, std::string_view name) noexcept;
/// The same for a query parameter, by its decoded name.
[[nodiscard]] bool asked_twice(const http::Request& request, std::string_view name);

}  // namespace parley::login
