// The output buffer grows step by step, so a decompression bomb costs no more memory than the limit.
#include "adapters/http/inflate.hpp"

#include <zlib.h>

#include <algorithm>

namespace parley::http {
namespace {

// Values of zlib's `windowBits`.
constexpr int gzip_format = 15 + 16;
constexpr int zlib_format = 15;
constexpr int no_format = -15;

constexpr std::size_t first_room = 16 * 1024;

bool begins_gzip(std::string_view packed) noexcept { return packed.starts_with("\x1f\x8b"); }

/// Checks the two header bytes of RFC 1950, 2.2: method deflate, a valid window size, and the check bits.
bool begins_zlib(std::string_view packed) noexcept {
  if (packed.size() < 2) return false;
  const auto first = static_cast<unsigned char>(packed[0]);
  const auto second = static_cast<unsigned char>(packed[1]);
  return (first & 0x0fU) == 8 && first >> 4U <= 7 && (first * 256U + second) % 31 == 0;
}

}  // namespace

struct Inflater::State {
  z_stream stream{};
  bool made = false;
};

struct Inflater::Task {
  std::string_view packed;
  std::uint64_t limit;
  Buffer& text;
  const std::function<bool()>& may_hold;
};

Inflater::Inflater() = default;
Inflater::~Inflater() {
  if (state_ != nullptr && state_->made) inflateEnd(&state_->stream);
}

Unpacked Inflater::run(int format, const Task& task) {
  if (state_ == nullptr) state_ = std::make_unique<State>();
  z_stream& stream = state_->stream;
  if (!state_->made) {
    if (inflateInit2(&stream, format) != Z_OK) return Unpacked::no_room;
    state_->made = true;
  } else {
    inflateReset2(&stream, format);
  }
  // zlib does not write to its input, but its pointer type is not const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(task.packed.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(task.packed.size());
  Buffer& text = task.text;
  text.clear();
  // The buffer has room for one byte beyond the limit: if it is used, the text is too large.
  const std::uint64_t most = task.limit + 1;
  for (std::size_t room = 0;;) {
    if (room == 0) {
      if (text.size() > task.limit) return Unpacked::too_large;
      const std::uint64_t wanted = std::max<std::uint64_t>(first_room, text.size());
      room = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, most - text.size()));
      text.prepare(room);
      if (task.may_hold && !task.may_hold()) return Unpacked::no_room;
    }
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + text.size());
    stream.avail_out = static_cast<uInt>(room);
    const int result = inflate(&stream, Z_NO_FLUSH);
    text.commit(room - stream.avail_out);
    room = stream.avail_out;
    if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      if (format != gzip_format) return Unpacked::damaged;
      inflateReset(&stream);  // the next member of a gzip file with several
    } else if (result != Z_OK) {
      return Unpacked::damaged;
    }
  }
  return text.size() > task.limit ? Unpacked::too_large : Unpacked::good;
}

Unpacked Inflater::unpack(Packing packing, std::string_view packed, std::uint64_t limit, Buffer& text,
                          const std::function<bool()>& may_hold) {
  const Task task{packed, limit, text, may_hold};
  if (packing == Packing::gzip) return begins_gzip(packed) ? run(gzip_format, task) : Unpacked::not_packed;
  const bool is_zlib = begins_zlib(packed);
  if (is_zlib) {
    const Unpacked done = run(zlib_format, task);
    if (done != Unpacked::damaged) return done;
  }
  const Unpacked done = run(no_format, task);
  return done == Unpacked::damaged && !is_zlib ? Unpacked::not_packed : done;
}

}  // namespace parley::http
