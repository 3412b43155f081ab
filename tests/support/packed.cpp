// The number of window bits tells zlib which format to write.
#include "tests/support/packed.hpp"

#include <zlib.h>

#include <stdexcept>

namespace parley::test {

std::string packed(std::string_view text, PackFormat format) {
  const int bits = format == PackFormat::gzip ? 15 + 16 : format == PackFormat::zlib ? 15 : -15;
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, bits, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("no zlib");
  std::string made(deflateBound(&stream, text.size()) + 32, '\0');
  std::string input(text);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(made.data());
  stream.avail_out = static_cast<uInt>(made.size());
  const int result = deflate(&stream, Z_FINISH);
  made.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("not packed");
  return made;
}

}  // namespace parley::test
