// See credentials.hpp.
#include "adapters/login/credentials.hpp"

#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::login {

bool comes_twice(const http::Request& request, std::string_view name) noexcept {
  std::size_t found = 0;
  for (const http::Header& header : request.headers) found += ascii::same_ignoring_case(header.name, name) ? 1 : 0;
  return found > 1;
}

bool asked_twice(const http::Request& request, std::string_view name) {
  std::size_t found = 0;
  http::QueryPairs pairs(request.query);
  while (const auto pair = pairs.next()) found += http::percent_decode(pair->first, true) == name ? 1 : 0;
  return found > 1;
}

}  // namespace parley::login
