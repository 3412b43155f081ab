// Parses the answer of an upstream as a whole, in pieces, and as a plain answer: all give the same result, within the limits.
#include "adapters/upstream/plain_answer.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

namespace {

constexpr std::uint64_t limit = 2048;

/// Reads as the client does: bytes that the parser did not use are given to it again, with more bytes after them.
upstream::AnswerState read(std::string_view bytes, std::size_t step, bool to_head, upstream::Response& response) {
  upstream::AnswerParser parser(response, limit, to_head);
  std::string waiting;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    waiting.append(piece);
    std::size_t used = 0;
    const upstream::AnswerState state = parser.parse(waiting, used);
    fuzz::expect(used <= waiting.size());
    waiting.erase(0, used);
    if (state != upstream::AnswerState::incomplete) return state;
  }
  return parser.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const bool to_head = (data[0] & 1U) != 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  upstream::Response whole;
  const upstream::AnswerState state = read(bytes, bytes.size(), to_head, whole);
  fuzz::expect(whole.body.size() <= limit);
  upstream::Response plain;
  upstream::AnswerEnd end;
  if (!to_head && upstream::read_plain_answer(bytes, limit, plain, end) != 0) {
    fuzz::expect(state == upstream::AnswerState::complete && !end.packed);
    fuzz::expect(plain.status == whole.status && plain.head == whole.head && plain.body == whole.body);
  }
  upstream::Response pieces;
  fuzz::expect(read(bytes, 1 + (data[0] >> 1U), to_head, pieces) == state);
  if (state != upstream::AnswerState::complete) return 0;
  fuzz::expect(pieces.status == whole.status && pieces.head == whole.head && pieces.body == whole.body);
  fuzz::expect(whole.status >= 100 && whole.status <= 599);
  fuzz::expect(whole.head.size() <= upstream::AnswerParser::max_head + 2 * upstream::AnswerParser::max_headers);
  static_cast<void>(whole.header("content-type"));
  return 0;
}
