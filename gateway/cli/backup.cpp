// parley backup: a copy of a store as of one moment, also while a gateway serves it.
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/new_file.hpp"

namespace parley::gateway::cli {
namespace {

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
  /// As `give_name`.
  Result<void> rename_to(const String& final) {
    auto named = give_name(path_, final);
    if (named || !is_there(path_)) path_.clear();
    return named;
  }

 private:
  String path_;  // empty: none was made, or it has its final name
};

Result<void> back_up(contract::Archive& archive, const String& file) {
  Unfinished unfinished(file);
  if (unfinished.path().empty()) return file_error(file, "cannot be made");
  if (auto copied = archive.copy_to(unfinished.path()); !copied) return copied;
  return unfinished.rename_to(file);
}

}  // namespace

Exit backup(const BackupOptions& options, Streams streams) {
  Exit exit = Exit::done;
  const auto chosen = choose_store(options.config, options.backend, streams, exit);
  if (!chosen) return exit;
  std::error_code error;
  const String file = std::filesystem::absolute(options.file, error).string();
  if (error || is_there(file))
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
