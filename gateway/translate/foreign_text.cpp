// A table of first bytes; see foreign_text.hpp.
#include "gateway/translate/foreign_text.hpp"

#include <array>

namespace parley::gateway::translate {
namespace {

struct Foreign {
  std::string_view begin;
  std::string_view what;
};
constexpr std::array foreign = {
    Foreign{"\xef\xbb\xbf\xef\xbb\xbf", "two byte order marks"},
    Foreign{"\x1f\x8b", "this is compressed with gzip: unpack it first (gzip -cd FILE | parley …)"},
    Foreign{"\x28\xb5\x2f\xfd", "this is compressed with zstd: unpack it first (zstd -cd FILE | parley …)"},
    Foreign{"PK\x03\x04", "this is a ZIP archive: unpack it first"},
    Foreign{"\xff\xfe", "this is UTF-16: make it UTF-8 first (iconv -f UTF-16 -t UTF-8 FILE | parley …)"},
    Foreign{"\xfe\xff", "this is UTF-16: make it UTF-8 first (iconv -f UTF-16 -t UTF-8 FILE | parley …)"},
};

}  // namespace

std::string_view foreign_text(std::string_view text) noexcept {
  for (const Foreign& one : foreign) {
    if (text.starts_with(one.begin)) return one.what;
  }
  return {};
}

}  // namespace parley::gateway::translate
