// Decompression: both codings, data in other formats, damaged data, and the limit against bombs.
#include "adapters/http/inflate.hpp"

#include <doctest/doctest.h>

#include "tests/support/packed.hpp"

namespace parley::http {

using test::packed;
using test::PackFormat;

TEST_CASE("inflate: packed text is unpacked, and each fault has its own result") {
  const std::string text = R"({"a":[1,2,3],"b":"the quick brown fox jumps over the lazy dog"})";
  const std::string gzip = packed(text);
  const std::string zlib = packed(text, PackFormat::zlib);
  const std::string raw = packed(text, PackFormat::raw);
  std::string wrong_sum = gzip;
  wrong_sum[wrong_sum.size() - 5] ^= 1;
  std::string wrong_adler = zlib;
  wrong_adler.back() ^= 1;
  const struct {
    std::string name;
    Packing packing;
    std::string bytes;
    Unpacked result;
    std::string text;
  } cases[] = {
      {"gzip", Packing::gzip, gzip, Unpacked::good, text},
      {"gzip of nothing", Packing::gzip, packed(""), Unpacked::good, ""},
      {"gzip of two members", Packing::gzip, packed("one ") + packed("two"), Unpacked::good, "one two"},
      {"gzip cut off", Packing::gzip, gzip.substr(0, gzip.size() - 9), Unpacked::damaged, ""},
      {"gzip without its end", Packing::gzip, gzip.substr(0, gzip.size() - 1), Unpacked::damaged, ""},
      {"gzip with a wrong sum", Packing::gzip, wrong_sum, Unpacked::damaged, ""},
      {"gzip and more", Packing::gzip, gzip + "more", Unpacked::damaged, ""},
      {"text as gzip", Packing::gzip, text, Unpacked::not_packed, ""},
      {"zlib as gzip", Packing::gzip, zlib, Unpacked::not_packed, ""},
      {"nothing as gzip", Packing::gzip, "", Unpacked::not_packed, ""},
      {"deflate (RFC 1950)", Packing::deflate, zlib, Unpacked::good, text},
      {"deflate without its frame (RFC 1951)", Packing::deflate, raw, Unpacked::good, text},
      {"deflate with a wrong sum", Packing::deflate, wrong_adler, Unpacked::damaged, ""},
      {"deflate cut off", Packing::deflate, zlib.substr(0, zlib.size() / 2), Unpacked::damaged, ""},
      {"deflate and more", Packing::deflate, zlib + "more", Unpacked::damaged, ""},
      {"text as deflate", Packing::deflate, text, Unpacked::not_packed, ""},
      {"gzip as deflate", Packing::deflate, gzip, Unpacked::not_packed, ""},
      {"nothing as deflate", Packing::deflate, "", Unpacked::not_packed, ""},
  };
  Inflater inflater;  // one for all cases: it must work after any result
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Buffer out;
    CHECK(inflater.unpack(one.packing, one.bytes, 1000, out) == one.result);
    if (one.result == Unpacked::good) CHECK(out.view() == one.text);
  }
}

TEST_CASE("inflate: the limit is exact to the byte, and a bomb costs no more memory than the limit") {
  Inflater inflater;
  for (const PackFormat format : {PackFormat::gzip, PackFormat::zlib, PackFormat::raw}) {
    const Packing packing = format == PackFormat::gzip ? Packing::gzip : Packing::deflate;
    for (const std::size_t size : {std::size_t{1}, std::size_t{16 * 1024}, std::size_t{100'000}}) {
      const std::string bytes = packed(std::string(size, 'x'), format);
      Buffer out;
      CHECK(inflater.unpack(packing, bytes, size, out) == Unpacked::good);
      CHECK(out.size() == size);
      CHECK(inflater.unpack(packing, bytes, size - 1, out) == Unpacked::too_large);
    }
    Buffer out;
    CHECK(inflater.unpack(packing, packed(std::string(50'000'000, ' '), format), 64 * 1024, out) ==
          Unpacked::too_large);
    CHECK(out.capacity() < 256 * 1024);
  }
}

TEST_CASE("inflate: may_hold is called as the text grows, and can stop it") {
  Inflater inflater;
  const std::string bytes = packed(std::string(1'000'000, 'x'));
  Buffer out;
  std::size_t most = 0;
  const auto until = [&] {
    most = out.capacity();
    return out.capacity() < 100'000;
  };
  CHECK(inflater.unpack(Packing::gzip, bytes, 2'000'000, out, until) == Unpacked::no_room);
  CHECK(most >= 100'000);
  CHECK(most < 400'000);
  int asked = 0;
  const auto always = [&] { return ++asked > 0; };
  CHECK(inflater.unpack(Packing::gzip, bytes, 2'000'000, out, always) == Unpacked::good);
  CHECK(asked > 3);
}

}  // namespace parley::http
