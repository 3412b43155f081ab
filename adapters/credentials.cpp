// See credentials.hpp.
#include "adapters/credentials.hpp"

namespace parley::adapters {

bool comes_twice(const Request& request, std::string_view name) noexcept {
  std::size_t found = 0;
  for (const Header& header : request.headers) found += same_ignoring_case(header.name, name) ? 1 : 0;
  return found > 1;
}

bool asked_twice(const Request& request, std::string_view name) {
  std::size_t found = 0;
  QueryPairs pairs(request.query);
  while (const auto pair = pairs.next()) found += percent_decode(pair->first, true) == name ? 1 : 0;
  return found > 1;
}

}  // namespace parley::adapters
