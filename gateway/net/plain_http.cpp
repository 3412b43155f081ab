// OpenSSL recognises five methods only. It reports OPTIONS, DELETE and PATCH as a bad version, so this file looks itself.
#include "gateway/net/plain_http.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::gateway::net {
namespace {

using http::Method;

/// The first byte of a target: `/path`, `*`, `http://…`.
bool begins_target(char byte) noexcept { return byte == '/' || byte == '*' || byte == 'h' || byte == 'H'; }

}  // namespace

std::optional<Method> plain_http_method(std::string_view bytes) noexcept {
  constexpr std::size_t shortest = 3;  // GET, PUT
  const std::string_view word = bytes.substr(0, bytes.find(' '));
  if (word.size() < shortest || !std::all_of(word.begin(), word.end(), ascii::is_letter)) return {};
  const std::string_view behind = bytes.substr(std::min(word.size() + 1, bytes.size()));
  if (!behind.empty() && !begins_target(behind.front())) return {};
  for (const Method one :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del, Method::options}) {
    if (name_of(one) == word) return one;
  }
  return Method::other;
}

}  // namespace parley::gateway::net
