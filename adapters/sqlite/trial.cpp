// Checks what Store::open needs, in the same order. Opens the database only if its lock is free: closing any descriptor
// of a file that this process has open would release SQLite's locks on it.
#include "adapters/sqlite/trial.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/settings.hpp"
#include "config/writable.hpp"

namespace parley::sqlite {
namespace {

/// Whether somebody has the store open. False if it has no lock file.
bool in_use(const String& path) {
  const int lock = ::open((path + ".lock").c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (lock < 0) return false;
  const bool taken = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(lock);
  return taken;
}

}  // namespace

Result<void> try_open(const config::Backend& settings) {
  std::error_code error;
  const String path = std::filesystem::absolute(config::settings_of<BackendSettings>(settings).path, error).string();
  if (error) return refusal("the store's path cannot be used: " + error.message());
  for (const char* suffix : {"", ".lock", "-wal", "-shm", "-journal"}) {
    const Result<void> writable = config::check_writable(path + suffix, config::Folders::made);
    if (!writable) return refusal("the store " + path + suffix + " cannot be opened: " + writable.error().message);
  }
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0 || in_use(path)) return {};
  if (!S_ISREG(found.st_mode)) return refusal("the store " + path + " cannot be opened: it is no ordinary file");
  if (::access(path.c_str(), R_OK) != 0)
    return refusal("the store " + path + " cannot be opened: " + std::system_category().message(errno));
  struct stat journal {};
  const bool interrupted = ::stat((path + "-journal").c_str(), &journal) == 0 && journal.st_size > 0;
  if (found.st_size == 0 || interrupted) return {};  // an interrupted write, not yet undone, can look like damage
  const auto connection = Connection::open(path, Connection::Mode::look);
  if (!connection) return refusal(path + ": " + connection.error().detail);
  const Result<std::int64_t> version = version_of(**connection, migrations());
  if (version) return {};
  return refusal(path + ": " + version.error().message +
                 (version.error().detail.empty() ? "" : ": " + version.error().detail));
}

}  // namespace parley::sqlite
