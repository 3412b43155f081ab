// A store's records, read beside the process that serves it: for exports, dumps and backups.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

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
  /// files, page visits and offline messages. Errors: no_such_visitor, unavailable; those of `take`.
  virtual Result<void> read_visitor(std::string_view id, std::string_view token, const TakeRecord& take) = 0;
  /// All that the store has, in an order in which a store can load it: agents, departments, visitors, each chat with its messages and files
  /// behind it, page visits, offline messages, contacts, counters. Each kind is in the order in which the store has it. Takes the same
  /// memory for a store of any size. Errors: unavailable; those of `take`.
  virtual Result<void> read_all(const TakeRecord& take) = 0;
  /// Writes a copy of the whole store into an empty file. Errors: unavailable.
  virtual Result<void> copy_to(const String& path) = 0;
};

}  // namespace parley::contract
