// zlib grows the text step by step, so that a bomb costs no more than the limit.
#include "adapters/upstream/inflate.hpp"

#include <zlib.h>

#include <algorithm>

namespace parley::upstream {
namespace {

constexpr int gzip_only = 15 + 16;
constexpr std::size_t first_room = 16 * 1024;

Error refuse(std::string_view detail) {
  return {.code = Code::upstream_failed,
          .message = "the upstream's answer cannot be read",
          .detail = String(detail),
          .source = "upstream"};
}

}  // namespace

struct Inflater::State {
  z_stream stream{};
  bool made = false;
};

Inflater::Inflater() = default;
Inflater::~Inflater() {
  if (state_ != nullptr && state_->made) inflateEnd(&state_->stream);
}

Result<String> Inflater::unpack(std::string_view packed, std::uint64_t limit) {
  if (state_ == nullptr) state_ = std::make_unique<State>();
  z_stream& stream = state_->stream;
  if (!state_->made) {
    if (inflateInit2(&stream, gzip_only) != Z_OK) return refuse("zlib cannot start");
    state_->made = true;
  } else {
    inflateReset(&stream);
  }
  // zlib does not write to its input, though it takes a pointer that would let it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(packed.size());
  String text;
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) {
      if (size > limit) return refuse("too large, unpacked");
      // One byte more than is allowed tells that there are more.
      text.resize(static_cast<std::size_t>(std::min<std::uint64_t>(std::max(first_room, size * 2), limit + 1)));
    }
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + size);
    stream.avail_out = static_cast<uInt>(text.size() - size);
    const int result = inflate(&stream, Z_NO_FLUSH);
    size = text.size() - stream.avail_out;
    if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      inflateReset(&stream);  // a file of several members
    } else if (result != Z_OK) {
      return refuse(result == Z_BUF_ERROR ? "gzip cut off" : "no gzip");
    }
  }
  if (size > limit) return refuse("too large, unpacked");
  text.resize(size);
  return text;
}

}  // namespace parley::upstream
