// See new_file.hpp.
#include "gateway/cli/new_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>

namespace parley::gateway::cli {
namespace {

Error refusal(String message) { return Error{.code = Code::unavailable, .message = std::move(message)}; }

Result<void> sync(const String& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be opened");
  const bool synced = ::fsync(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  if (!synced) return file_error(path, "cannot be written to the disk");
  return {};
}

/// Whether the name is still that of the open file, which is a plain file.
bool names(const String& path, int descriptor) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && S_ISREG(opened.st_mode) &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// Reads as much as there is. Returns nothing on an error, with errno set.
std::optional<std::string_view> read_at(int descriptor, std::size_t offset, std::span<char> into) {
  std::size_t size = 0;
  while (size < into.size()) {
    const ssize_t got = ::pread(descriptor, into.data() + size, into.size() - size, static_cast<off_t>(offset + size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  return std::string_view(into.data(), size);
}

}  // namespace

Error file_error(const String& file, const char* what) {
  return refusal(file + ": " + what + ": " + std::strerror(errno));
}

bool is_there(const String& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0;
}

Result<void> give_name(const String& unfinished, const String& final) {
  if (auto synced = sync(unfinished, O_RDONLY); !synced) return synced;
  int done = ::renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, final.c_str(), RENAME_NOREPLACE);
  // Some file systems cannot refuse to replace; a file that came in the meantime is then replaced.
  if (done != 0 && (errno == EINVAL || errno == ENOSYS)) done = std::rename(unfinished.c_str(), final.c_str());
  if (done != 0) return file_error(final, "cannot be made");
  std::error_code error;
  const String folder = std::filesystem::absolute(final, error).parent_path().string();
  return sync(folder, O_RDONLY | O_DIRECTORY);
}

PartialFile::~PartialFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> PartialFile::open(const String& file, std::string_view begin, bool go_on) {
  file_ = file;
  path_ = file + ".partial";
  if (is_there(file)) return refusal(file + ": there is a file of this name, which is never replaced");
  descriptor_ =
      ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (go_on ? 0 : O_EXCL), S_IRUSR | S_IWUSR);
  if (descriptor_ < 0 && errno == EEXIST) {
    return refusal(path_ +
                   " is of an earlier run that did not end; --resume goes on with it, or remove it to begin anew");
  }
  if (descriptor_ < 0) return file_error(path_, "cannot be made");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 || !names(path_, descriptor_))
    return refusal(path_ + " is being written by another process, or is no plain file");
  std::array<char, 64> found{};
  const auto head = read_at(descriptor_, 0, {found.data(), std::min(found.size(), begin.size())});
  if (!head) return file_error(path_, "cannot be read");
  if (!begin.starts_with(*head)) return refusal(path_ + " holds something else; --resume would overwrite it");
  compares_ = !head->empty();
  return {};
}

Result<void> PartialFile::compare(std::string_view& bytes) {
  std::array<char, 16384> buffer;
  while (compares_ && !bytes.empty()) {
    const auto there = read_at(descriptor_, kept_, {buffer.data(), std::min(buffer.size(), bytes.size())});
    if (!there) return file_error(path_, "cannot be read");
    const auto differs = std::mismatch(there->begin(), there->end(), bytes.begin()).first;
    const auto same = static_cast<std::size_t>(differs - there->begin());
    kept_ += same;
    bytes.remove_prefix(same);
    if (same == there->size() && same != 0) continue;
    compares_ = false;
    if (::ftruncate(descriptor_, static_cast<off_t>(kept_)) != 0 ||
        ::lseek(descriptor_, static_cast<off_t>(kept_), SEEK_SET) < 0)
      return file_error(path_, "cannot be written");
  }
  return {};
}

Result<void> PartialFile::write(std::string_view bytes) {
  if (auto compared = compare(bytes); !compared) return compared;
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return file_error(path_, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

Result<void> PartialFile::finish() {
  if (compares_ && ::ftruncate(descriptor_, static_cast<off_t>(kept_)) != 0)
    return file_error(path_, "cannot be written");
  return give_name(path_, file_);
}

}  // namespace parley::gateway::cli
