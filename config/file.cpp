// Reading of small files.
#include "config/file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace parley::config {

Result<String> read_file(const String& path, std::size_t most) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  String text;
  if (in) {
    text.resize(most);
    in.read(text.data(), static_cast<std::streamsize>(most));  // reports what an iterator over the buffer would throw
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (in.is_open() && !in.bad()) return text;
  return Error{.code = Code::unavailable, .message = errno != 0 ? std::strerror(errno) : "it cannot be read"};
}

}  // namespace parley::config
