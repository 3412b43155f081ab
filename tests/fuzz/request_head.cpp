// Parses the head of a request, its target and query, and the chunks that follow: the first bytes that a client sends.
#include <algorithm>
#include <boost/version.hpp>

#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/request.hpp"
#include "gateway/net/plain_head.hpp"
#include "gateway/route/mount.hpp"
#include "gateway/route/target.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

namespace {

bool inside(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool is_same(const gateway::net::Head& one, const gateway::net::Head& other) {
  const auto same_header = [](const http::Header& a, const http::Header& b) {
    return a.name == b.name && a.value == b.value;
  };
  return one.method == other.method && one.framing == other.framing && one.http11 == other.http11 &&
         one.keep_alive == other.keep_alive && one.expects_continue == other.expects_continue &&
         one.coded == other.coded && one.has_via == other.has_via && one.target == other.target &&
         one.host == other.host && one.content_length == other.content_length && one.size == other.size &&
         std::ranges::equal(one.headers, other.headers, same_header);
}

void read_target(std::string_view text) {
  const auto target = gateway::route::parse_target(text);
  if (!target) return;
  fuzz::expect((target->path == "/" || inside(target->path, text)) && inside(target->query, text) &&
               inside(target->authority, text));
  for (const std::string_view segment : gateway::route::split_path(target->path)) {
    if (const auto decoded = http::percent_decode(segment, false)) {
      fuzz::expect(shape::find_bad_utf8(*decoded) == std::string_view::npos);
    }
  }
  http::QueryPairs pairs(target->query);
  while (const auto pair = pairs.next()) static_cast<void>(http::query_value(target->query, pair->first, true));
  static_cast<void>(gateway::route::host_of(target->authority));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const gateway::net::HeadLimits limits{.bytes = 4096, .target = 1024, .headers = 32};
  gateway::net::Head head;
  gateway::net::RequestParser parser(limits, head);
  const gateway::net::HeadState state = parser.parse_head(bytes);
  for (const http::Header& header : head.headers) {
    fuzz::expect(inside(header.name, bytes) && inside(header.value, bytes));
    fuzz::expect(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
  }
  fuzz::expect(inside(head.target, bytes));
  gateway::net::Head plain;
  if (gateway::net::read_plain_head(bytes, limits, plain)) {
    fuzz::expect(state == gateway::net::HeadState::complete && is_same(plain, head));
  }
  if (state != gateway::net::HeadState::complete) return 0;
  fuzz::expect(head.size <= size && head.size <= limits.bytes && head.headers.size() <= limits.headers);
  fuzz::expect(!head.host.empty() || !head.http11 || head.headers.size() != 0);
  read_target(head.target);
  if (head.framing != gateway::net::Framing::chunked) return 0;
  Buffer body;
  std::size_t used = 0;
  static_cast<void>(parser.parse_chunks(bytes.substr(head.size), used, body, 2048));
  fuzz::expect(used <= size - head.size && body.size() <= 2048);
  return 0;
}
