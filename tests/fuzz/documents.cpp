// Splits a stream into documents: the result does not depend on how the stream arrives, no document exceeds the limit, and line
// numbers never decrease.
#include <string>

#include "gateway/translate/document_splitter.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

namespace {

std::string pieces_of(std::string_view text, std::size_t step) {
  std::string pieces;
  std::size_t line = 1;
  gateway::translate::DocumentSplitter splitter("list", [&](const gateway::translate::Piece& piece) -> Result<void> {
    fuzz::expect(piece.line >= line || piece.text.empty());
    line = piece.line;
    fuzz::expect(piece.column > 0 && piece.text.size() <= gateway::translate::DocumentSplitter::most_document);
    pieces += std::to_string(piece.line) + ':' + std::to_string(piece.column) + ' ';
    pieces.append(piece.fault).append(piece.text).append("|");
    return {};
  });
  for (std::size_t at = 0; at < text.size(); at += step) fuzz::expect(splitter.feed(text.substr(at, step)).has_value());
  fuzz::expect(splitter.finish().has_value());
  return pieces;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  fuzz::expect(pieces_of(text, text.size()) == pieces_of(text, 1 + data[0] % 16));
  return 0;
}
