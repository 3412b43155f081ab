// A client's id goes unchanged into logs and to upstreams, so only harmless characters are accepted.
#include "gateway/pipeline/request_id.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::gateway::pipeline {
namespace {

constexpr std::string_view name = "X-Request-Id";
constexpr std::size_t longest_id = 128;

bool is_good(std::string_view id) noexcept {
  return !id.empty() && id.size() <= longest_id &&
         std::all_of(id.begin(), id.end(), [](char byte) { return byte > ' ' && byte <= '~'; });
}

/// The client's id; empty if it is missing, not valid, or sent twice (a proxy may have used the other one).
std::string_view id_of_client(const http::Request& request) noexcept {
  std::string_view found;
  for (const http::Header& header : request.headers) {
    if (!ascii::same_ignoring_case(header.name, name)) continue;
    if (!found.empty() || !is_good(header.value)) return {};
    found = header.value;
  }
  return found;
}

}  // namespace

std::string_view request_id_of(Exchange& x) {
  if (x.found.mount == nullptr || !x.found.mount->request_id) return {};
  if (!x.request_id.empty()) return x.request_id;
  x.request_id = id_of_client(x.request);
  if (x.request_id.empty()) {
    x.buffers.request_id = x.shard().tracer.id();
    x.request_id = {x.buffers.request_id.data(), x.buffers.request_id.size()};
  }
  return x.request_id;
}

void add_request_id(Exchange& x) {
  const std::string_view id = request_id_of(x);
  if (!id.empty()) x.reply.add(name, id);
}

}  // namespace parley::gateway::pipeline
