// A store's records, read beside the process that serves it: for exports, dumps and backups.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "config/settings.hpp"
#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::contract {

/// Takes a record: the name of its kind (`visitor`, `page_visit`) and its canonical JSON, which live only during the call. An error ends
/// the reading, and is its result.
using TakeRecord = std::function<Result<void>(std::string_view kind, std::string_view json)>;

/// Reads a store and changes nothing in it, whether or not another process has it open. Each call reads the records as of one moment. Used
/// on one thread.
class Archive {
 public:
  virtual ~Archive() = default;
  /// All that the store has of a visitor, named by id or by token (exactly one is not empty): the visitor, then contacts, chats, messages,
  /// page visits and offline messages. Errors: no_such_visitor, unavailable; those of `take`.
  virtual Result<void> read_visitor(std::string_view id, std::string_view token, const TakeRecord& take) = 0;
  /// Writes a copy of the whole store into an empty file. Errors: unavailable.
  virtual Result<void> copy_to(const String& path) = 0;
};

/// Opens an archive of a backend. Errors: unavailable, with the reason.
using OpenArchive = Result<std::unique_ptr<Archive>> (*)(const config::Backend& settings);

/// Makes it known how the stores of a kind are read. The folder of a store has one beside its `Adapter`.
struct ArchiveKind {
  ArchiveKind(std::string_view kind, OpenArchive open);
};
/// How the stores of that kind are read; nullptr: it is no store.
[[nodiscard]] OpenArchive find_archive(std::string_view kind) noexcept;

}  // namespace parley::contract
