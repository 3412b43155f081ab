// The embedded store as a backend: one writer, one lister, and for each worker a session with its own connection and cache.
#pragma once

#include <mutex>

#include "adapters/contract/backend.hpp"
#include "adapters/contract/support.hpp"
#include "adapters/sqlite/keeper.hpp"
#include "adapters/sqlite/lister.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/writer.hpp"
#include "adapters/store/cache.hpp"
#include "config/settings.hpp"

namespace parley::sqlite {

/// The store can execute every operation.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats, GetChat, PostMessage,
                  EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts, CloseChat, CloseAllChats,
                  AssignChat, RateChat, DeleteChats, ListDepartments, GetDepartment, PutDepartment, DeleteDepartment,
                  LeaveOfflineMessage, ListOfflineMessages, GetOfflineMessage, ChangeOfflineMessage,
                  DeleteOfflineMessages, SetPresence, DeleteVisitor, GetSite, PostMessages, ChangeChat,
                  RequestTranscript, PostFile, GetFile, ListContacts, GetContact, PutContact, PutIdentity,
                  DeleteIdentity, MergeContacts, DeleteContacts>);

class Store final : public contract::Backend {
 public:
  /// Opens the file; makes or migrates it if needed. Errors: those of LockedFile::take and open_writer.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& backend);

  Store(LockedFile file, std::unique_ptr<Connection> writing, const config::Backend& backend);

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  /// Stores groups of 500 records; each group is stored in full or not at all. Errors: invalid_field (a record without
  /// an id; nothing is stored), unavailable.
  Result<void> load(const contract::Records& records) override;
  [[nodiscard]] bool empty() const noexcept override { return writer_.empty(); }
  void measure(List<contract::Figure>& figures) const override;
  /// Also begins to keep house, which is the gateway's business: a store that a command opens keeps what it has.
  void report_to(const std::shared_ptr<contract::EventSink>& sink) override;
  /// The writer's queue, for tests.
  [[nodiscard]] store::Queue& writes() noexcept { return writer_.queue(); }

 private:
  friend class StoreSession;

  LockedFile file_;  // first: so the lock is released last
  String name_;
  String page_changes_;
  store::Retention retention_;
  mutable std::mutex sessions_mutex_;
  List<std::shared_ptr<const store::CacheCounts>> caches_;  // of all sessions that ever existed
  store::Versions versions_;
  Writer writer_;
  Lister lister_;
  std::unique_ptr<Keeper> keeper_;  // last: it uses the writer
};

/// A worker's session. Reads are answered at once from the cache or from the session's connection, and lists that are cached, too. Writes
/// and other lists suspend.
class StoreSession final : public contract::BackendSession {
 public:
  StoreSession(Store& store, contract::Executor executor);

  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;
  std::optional<Result<Outcome>> execute_now(const Operation& operation) override;
  contract::Task<Result<void>> keep_part(const FileId& file, std::int64_t part, std::string_view bytes) override;
  contract::Task<Result<void>> drop_parts(const FileId& file) override;

 private:
  friend class Store;

  /// Makes the change as one write.
  contract::Task<Result<void>> change(store::Change change);

  contract::Task<Result<Outcome>> read(const Operation& operation);
  contract::Task<Result<Outcome>> write(const Operation& operation, const contract::Call& call);
  /// Reads a list and caches it. Does not look into the cache: `execute_now` has done so.
  contract::Task<Result<Outcome>> list(const Operation& operation);

  /// Reads from the file and caches the result.
  Result<Outcome> fetch(const Operation& operation);
  /// Opens the connection if it is not open yet.
  Result<void> connect();

  Store& store_;
  store::Mailbox mailbox_;
  store::Cache cache_;
  std::shared_ptr<Reader> reader_;  // files that are being sent share it
};

}  // namespace parley::sqlite
