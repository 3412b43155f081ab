// parley backup: a copy of a store as of one moment, also while a gateway serves it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"

namespace parley::gateway::cli {
namespace {

Error failed(const String& file, const char* what) {
  return {.code = Code::unavailable, .message = file + ": " + what + ": " + std::strerror(errno)};
}

Result<void> sync(const String& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return failed(path, "cannot be opened");
  const bool synced = ::fsync(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  if (!synced) return failed(path, "cannot be written to the disk");
  return {};
}

/// A new file that only its owner can read, removed with the object unless it got its final name.
class Unfinished {
 public:
  explicit Unfinished(const String& final) : path_(final + ".XXXXXX") {
    const int made = ::mkstemp(path_.data());
    if (made < 0) {
      path_.clear();
    } else {
      ::close(made);
    }
  }
  ~Unfinished() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  [[nodiscard]] const String& path() const noexcept { return path_; }
  /// Never replaces a file. Errors: unavailable.
  Result<void> rename_to(const String& final) {
    int done = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, final.c_str(), RENAME_NOREPLACE);
    // Some file systems cannot refuse to replace; a file that came in the meantime is then replaced.
    if (done != 0 && (errno == EINVAL || errno == ENOSYS)) done = std::rename(path_.c_str(), final.c_str());
    if (done != 0) return failed(final, "cannot be made");
    path_.clear();
    return {};
  }

 private:
  String path_;  // empty: none was made, or it has its final name
};

Result<void> back_up(contract::Archive& archive, const String& file) {
  Unfinished unfinished(file);
  if (unfinished.path().empty()) return failed(file, "cannot be made");
  if (auto copied = archive.copy_to(unfinished.path()); !copied) return copied;
  if (auto synced = sync(unfinished.path(), O_RDONLY); !synced) return synced;
  if (auto renamed = unfinished.rename_to(file); !renamed) return renamed;
  return sync(std::filesystem::path(file).parent_path().string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace

Exit backup(const BackupOptions& options, Streams streams) {
  Exit exit = Exit::done;
  const auto chosen = choose_store(options.config, options.backend, streams, exit);
  if (!chosen) return exit;
  std::error_code error;
  const String file = std::filesystem::absolute(options.file, error).string();
  struct stat found {};
  if (error || ::lstat(file.c_str(), &found) == 0)
    return fail(streams, Exit::failed, options.file + ": there is a file of this name, which a backup never replaces");
  auto archive = chosen->open_archive();
  if (!archive) return fail(streams, Exit::failed, archive.error().message);
  if (auto made = back_up(**archive, file); !made) return fail(streams, Exit::failed, made.error().message);
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);
  streams.out << "backed up " << chosen->backend.name << " to " << options.file << " (" << (error ? 0 : bytes)
              << " bytes)\n";
  return written(streams);
}

}  // namespace parley::gateway::cli
