// To check a folder, it makes an unnamed file there (O_TMPFILE). Where the file system has no such files, it makes a named file and
// removes it at once.
#include "config/writable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace parley::config {
namespace {

namespace fs = std::filesystem;

constexpr int most_hops = 40;  // as many as the kernel follows

Error no(String why) { return {.code = Code::unavailable, .message = std::move(why)}; }
Error no(const fs::path& folder, int error) {
  return no("the folder " + folder.string() + ": " + std::strerror(error));
}

Result<void> check_folder(const fs::path& folder) {
  int file = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    const String name = (folder / (".parley-check-" + std::to_string(::getpid()))).string();
    file = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) ::unlink(name.c_str());
  }
  if (file < 0) return no(folder, errno);
  ::close(file);
  return {};
}

Result<void> check(const fs::path& path, Folders folders, int links) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) return no("it is a folder, and a file is expected");
    if (S_ISSOCK(found.st_mode)) return no("it is a socket, and a file is expected");
    if (::access(path.c_str(), W_OK) != 0) return no(std::strerror(errno));
    return {};
  }
  if (errno != ENOENT) return no(std::strerror(errno));
  std::error_code error;
  const fs::path target = fs::read_symlink(path, error);
  // A link to a file that does not exist. Missing folders on the way to the link will be made, but those of its target must exist.
  if (!error && links > 0) return check(path.parent_path() / target, Folders::there, links - 1);

  fs::path folder = path.parent_path();
  while (::stat(folder.c_str(), &found) != 0) {
    const int why = errno;
    const bool makes = why == ENOENT && folders == Folders::made && folder != folder.parent_path();
    if (!makes || fs::is_symlink(folder, error)) return no(folder, why);
    folder = folder.parent_path();
  }
  if (!S_ISDIR(found.st_mode)) return no(folder, ENOTDIR);
  return check_folder(folder);
}

}  // namespace

Result<void> check_writable(const String& path, Folders folders) {
  if (path.ends_with('/')) return no("it names a folder, and a file is expected");
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return no(error.message());
  return check(absolute, folders, most_hops);
}

}  // namespace parley::config
