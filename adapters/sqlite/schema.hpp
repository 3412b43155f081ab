// The store's file: its lock, its contents, and its migration from older versions.
#pragma once

#include <memory>
#include <span>

#include "adapters/sqlite/database.hpp"

namespace parley::sqlite {

/// The error of a file that cannot be opened as a store: unavailable, `field` is `path`.
[[nodiscard]] Error refusal(String message, String detail = {});

/// SQL statements. Each brings a store from the previous version to its own; the first makes version 1 of an empty file.
using Migrations = std::span<const char* const>;

/// The migrations of this program.
[[nodiscard]] Migrations migrations() noexcept;

/// The schema version of an open file; 0 if it is empty. Changes nothing. Errors: unavailable; `message` says that the
/// file is no database, or belongs to another program or to a newer Parley.
Result<std::int64_t> version_of(Connection& connection, Migrations steps);

/// Brings an open store up to the last migration; each migration has its own transaction. Errors: those of
/// `version_of`, with nothing changed; unavailable if the store cannot be written.
Result<void> migrate(Connection& connection, Migrations steps);

/// A store's file, locked for this process during the lifetime of the object. Two processes would not see each other's
/// writes in their caches.
class LockedFile {
 public:
  /// Makes the directory and the file (mode 0600) if they are missing. `path` becomes absolute. Errors: unavailable:
  /// the file cannot be made, or is in use by another process or by another backend of this process.
  static Result<LockedFile> take(const String& path);

  LockedFile(LockedFile&& other) noexcept : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}
  LockedFile& operator=(LockedFile&&) = delete;
  ~LockedFile();

  [[nodiscard]] const String& path() const noexcept { return path_; }

 private:
  LockedFile(String path, int lock) noexcept : path_(std::move(path)), lock_(lock) {}
  String path_;
  int lock_;
};

/// Opens the writing connection of a file: write-ahead log, every commit synced to disk, schema up to date.
Result<std::unique_ptr<Connection>> open_writer(const LockedFile& file);

}  // namespace parley::sqlite
