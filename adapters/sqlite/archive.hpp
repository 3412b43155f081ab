// A store's file, read by another process than the one that serves it.
#pragma once

#include "adapters/contract/archive.hpp"
#include "adapters/sqlite/tables.hpp"
#include "config/settings.hpp"

namespace parley::sqlite {

class Archive final : public contract::Archive {
 public:
  /// Errors: unavailable, with the path: there is no such file, or it is no store of this version.
  static Result<std::unique_ptr<contract::Archive>> open(const config::Backend& settings);

  Archive(String path, std::unique_ptr<Connection> connection);

  Result<void> read_visitor(std::string_view id, std::string_view token, const contract::TakeRecord& take) override;
  Result<void> read_all(const contract::TakeRecord& take) override;
  Result<void> copy_to(const String& path) override;

 private:
  Result<void> read_traces(const Visitor& visitor, const contract::TakeRecord& take);
  Result<void> read_offline_messages(const Visitor& visitor, const contract::TakeRecord& take);
  Result<void> read_tables(const contract::TakeRecord& take);
  /// Each chat, and its messages behind it.
  Result<void> read_chats(const contract::TakeRecord& take);
  /// Gives `take` the files of rows of id and body, each with its parts behind it.
  Result<void> read_files(Rows&& rows, const contract::TakeRecord& take);
  /// Gives `take` the page visits of rows of token, chat, change, title, url, at and repeat.
  Result<void> read_pages(Rows&& rows, const contract::TakeRecord& take);
  /// Gives `take` the first column of each row.
  Result<void> read_bodies(std::string_view kind, Rows&& rows, const contract::TakeRecord& take);
  /// The fault of the connection, with the path.
  Result<void> check();

  const String path_;
  std::unique_ptr<Connection> connection_;
  Tables tables_;
};

}  // namespace parley::sqlite
