// Credentials as clients show them: what facades share that check them.
#pragma once

#include "adapters/http/request.hpp"

namespace parley::login {

/// Whether a header of that name comes more than once. Credentials that do are refused: RFC 9110, 5.3 knows one, and who
/// stands in front of us may have looked at another one than we.
[[nodiscard]] bool comes_twice(const http::Request& request, std::string_view name) noexcept;
/// The same for a parameter of the query, by its decoded name.
[[nodiscard]] bool asked_twice(const http::Request& request, std::string_view name);

}  // namespace parley::login
