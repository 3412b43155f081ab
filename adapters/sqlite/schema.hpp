// The store's file: who may open it, what is in it, and how an older one is brought up to date.
#pragma once

#include <memory>
#include <span>

#include "adapters/sqlite/database.hpp"

namespace parley::sqlite {

/// SQL that takes a store from the version before to this one; the first makes version 1 out of an empty file.
using Migrations = std::span<const char* const>;

/// Those of this program.
[[nodiscard]] Migrations migrations() noexcept;

/// The version of what an open file holds, 0 where it is empty. Errors: unavailable, `message` says that the file is no database,
/// belongs to another program, or to a newer Parley. Changes nothing.
Result<std::int64_t> version_of(Connection& connection, Migrations steps);

/// Brings an open store up to the last migration, each in a transaction of its own. Errors: those of
/// `version_of`, and nothing is changed then; unavailable where it cannot be written.
Result<void> migrate(Connection& connection, Migrations steps);

/// A store's file, kept for this process alone as long as the object lives: two processes would not see each other's writes.
class File {
 public:
  /// Makes the directory and the file (mode 0600) where they are missing. `path` becomes absolute. Errors: unavailable: cannot be
  /// made, or in use by another process (or by another backend of this one).
  static Result<File> take(const String& path);

  File(File&& other) noexcept : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}
  File& operator=(File&&) = delete;
  ~File();

  [[nodiscard]] const String& path() const noexcept { return path_; }

 private:
  File(String path, int lock) noexcept : path_(std::move(path)), lock_(lock) {}
  String path_;
  int lock_;
};

/// Takes the writing connection to a file: write-ahead log, every commit on disk, schema up to date.
Result<std::unique_ptr<Connection>> open_writer(const File& file);

}  // namespace parley::sqlite
