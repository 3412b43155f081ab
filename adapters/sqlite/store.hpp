// The embedded store as a backend: one writer, one lister, and a session with its own connection and cache for each worker.
#pragma once

#include <mutex>

#include "adapters/contract/backend.hpp"
#include "adapters/contract/support.hpp"
#include "adapters/sqlite/lister.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/writer.hpp"
#include "adapters/store/cache.hpp"
#include "config/settings.hpp"

namespace parley::sqlite {

/// What a store can do: everything.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>);

class Store final : public contract::Backend {
 public:
  /// Opens the file, making or migrating it where needed. Errors: those of File::take and open_writer.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& backend);

  Store(File file, std::unique_ptr<Connection> writing, String page_changes);

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  /// In groups of some hundred records; each group is there as a whole or not at all. Errors: invalid_field (a record without
  /// an id: nothing is stored then), unavailable.
  Result<void> load(const contract::Records& records) override;
  [[nodiscard]] bool empty() const noexcept override { return writer_.empty(); }
  void measure(List<contract::Figure>& figures) const override;

 private:
  friend class StoreSession;

  File file_;  // first: the lock goes last
  String page_changes_;
  mutable std::mutex sessions_mutex_;
  List<std::shared_ptr<const store::CacheCounts>> caches_;  // of all sessions that there ever were
  store::Versions versions_;
  Writer writer_;
  Lister lister_;
};

/// A worker's end. Reads answer at once from the cache or from its own connection; writes and lists suspend.
class StoreSession final : public contract::BackendSession {
 public:
  StoreSession(Store& store, contract::Executor executor);

  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;
  std::optional<Result<Outcome>> execute_now(const Operation& operation) override;

 private:
  friend class Store;

  contract::Task<Result<Outcome>> read(const Operation& operation);
  contract::Task<Result<Outcome>> write(const Operation& operation, const contract::Call& call);
  contract::Task<Result<Outcome>> list(const Operation& operation);

  /// Reads from the file what the cache does not have, and keeps it.
  Result<Outcome> fetch(const Operation& operation);
  /// Opens the connection if it is not open yet.
  Result<void> connect();

  Store& store_;
  store::Mailbox mailbox_;
  store::Cache cache_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace parley::sqlite
