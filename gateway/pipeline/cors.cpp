// CORS; see cors.hpp.
#include "gateway/pipeline/cors.hpp"

#include <algorithm>

#include "adapters/http/exposed_headers.hpp"
#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::pipeline {
namespace {

constexpr std::size_t most_asked_headers = 1024;

bool allows_all(const config::Cors& cors) noexcept {
  return std::find(cors.origins.begin(), cors.origins.end(), "*") != cors.origins.end();
}

bool allows(const config::Cors& cors, std::string_view origin) noexcept {
  return allows_all(cors) || std::find(cors.origins.begin(), cors.origins.end(), origin) != cors.origins.end();
}

bool is_name(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return ascii::is_letter_or_digit(byte) || byte == '-' || byte == '_'; });
}

/// The headers that a preflight asks for, as one list of names: `Content-Type, X-User-Id`. Empty if it asks for none, or if the
/// list is not valid.
String asked_headers(const http::Request& request) {
  String names;
  for (const http::Header& header : request.headers) {
    if (!ascii::same_ignoring_case(header.name, "Access-Control-Request-Headers")) continue;
    http::HeaderList list(header.value);
    while (const std::optional<std::string_view> name = list.next()) {
      if (!is_name(*name) || names.size() + name->size() > most_asked_headers) return {};
      names.append(names.empty() ? "" : ", ").append(*name);
    }
  }
  return names;
}

}  // namespace

bool answer_preflight(Exchange& x, std::string_view methods) {
  const config::Cors& cors = x.found.mount->cors;
  const auto origin = x.request.header("Origin");
  const bool asked = x.request.method == http::Method::options && origin &&
                     x.request.header("Access-Control-Request-Method").has_value();
  if (!asked || cors.origins.empty()) return false;
  x.reply.clear();
  x.reply.status = 204;
  if (!allows(cors, *origin)) {  // without CORS headers the browser refuses the call
    x.reply.status = 403;
    return true;
  }
  x.reply.add("Access-Control-Allow-Methods", methods);
  const String headers = asked_headers(x.request);
  if (!headers.empty()) x.reply.add("Access-Control-Allow-Headers", headers);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(cors.max_age).count();
  x.reply.add("Access-Control-Max-Age", std::to_string(seconds));
  return true;
}

void add_cors(Exchange& x) {
  if (x.found.mount == nullptr || x.found.mount->cors.origins.empty()) return;
  const config::Cors& cors = x.found.mount->cors;
  if (allows_all(cors)) {
    x.reply.add("Access-Control-Allow-Origin", "*");
    return x.reply.add("Access-Control-Expose-Headers", http::exposed_headers);
  }
  x.reply.add("Vary", "Origin");  // also without Origin: a cache must not give this answer to a page
  const auto origin = x.request.header("Origin");
  if (!origin || !allows(cors, *origin)) return;
  x.reply.add("Access-Control-Allow-Origin", *origin);
  x.reply.add("Access-Control-Expose-Headers", http::exposed_headers);
  if (cors.credentials) x.reply.add("Access-Control-Allow-Credentials", "true");
}

}  // namespace parley::gateway::pipeline
