// Parses the head of a request, its target and query, and the chunks that follow: the first bytes that a client sends.
#include <boost/version.hpp>

#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/request.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/route/mount.hpp"
#include "gateway/route/target.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

namespace {

bool inside(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
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
