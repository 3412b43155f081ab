// Reads small files. A pipe without a name is on the kernel's pipe file system; a named pipe is not.
#include "config/file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace parley::config {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as many as the kernel follows

Error unreadable(String why) { return {.code = Code::unavailable, .message = std::move(why)}; }

/// Whether the file is a named pipe, which may never get a writer. An unnamed pipe, as of `<(command)`, has one already.
bool is_named_pipe(int file) {
  struct stat kind {};
  struct statfs system {};
  return ::fstat(file, &kind) == 0 && S_ISFIFO(kind.st_mode) && ::fstatfs(file, &system) == 0 &&
         system.f_type != PIPEFS_MAGIC;
}

Result<String> read_open(int file, String text) {
  if (is_named_pipe(file)) return unreadable("a named pipe, which may never end: write a file instead");
  ::fcntl(file, F_SETFL, ::fcntl(file, F_GETFL) & ~O_NONBLOCK);
  std::size_t size = 0;
  while (size < text.size()) {
    const std::ptrdiff_t count = ::read(file, text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(std::strerror(errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  return text;
}

}  // namespace

bool can_be_read_once(const String& path) noexcept {
  struct stat kind {};
  struct statfs system {};
  return ::stat(path.c_str(), &kind) == 0 && S_ISFIFO(kind.st_mode) && ::statfs(path.c_str(), &system) == 0 &&
         system.f_type == PIPEFS_MAGIC;
}

String resolved(const String& path) {
  std::error_code error;
  // Not `weakly_canonical` alone: it leaves a relative path that does not exist relative.
  fs::path place = fs::absolute(path, error);
  const auto tidy = [&error](const fs::path& one) {
    fs::path canonical = fs::weakly_canonical(one, error);
    return error ? one.lexically_normal() : canonical;  // a folder that may not be entered
  };
  place = tidy(place);
  for (int links = 0; links < most_links; ++links) {  // `weakly_canonical` does not follow a link that leads nowhere
    const fs::path target = fs::read_symlink(place, error);
    if (error) break;
    place = tidy(place.parent_path() / target);
  }
  return place.string();
}

bool same_file(const String& a, const String& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code unknown;
  return resolved(a) == resolved(b) || fs::equivalent(a, b, unknown);
}

Result<String> read_file(const String& path, std::size_t most) {
  String room(most, '\0');  // may throw, so it comes before the open: no descriptor can leak
  // O_NONBLOCK: otherwise opening a named pipe blocks until somebody opens it for writing.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return unreadable(std::strerror(errno));
  Result<String> text = read_open(file, std::move(room));
  ::close(file);
  return text;
}

}  // namespace parley::config
