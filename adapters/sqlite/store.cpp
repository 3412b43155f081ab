// Executes operations: reads on the worker, writes through the writer, lists through the lister.
#include "adapters/sqlite/store.hpp"

#include <algorithm>
#include <filesystem>
#include <future>

#include "adapters/sqlite/settings.hpp"
#include "adapters/store/cached_reads.hpp"
#include "adapters/store/execute.hpp"
#include "adapters/store/rules/load.hpp"

namespace parley::sqlite {
namespace {

constexpr std::size_t cache_budget = 32U << 20U;  // bytes, for each session
constexpr std::size_t load_group = 500;           // records in one transaction
constexpr std::chrono::hours oldest_part{1};      // of an upload that still goes on

Error overload() {
  Error error = store::refusal(Code::unavailable, "the store has too much to do; try again");
  error.retryable = true;
  return error;
}

class OperationJob final : public WriteJob {
 public:
  OperationJob(const Operation& operation, const contract::Call& call, std::string_view page_changes) noexcept
      : operation_(operation), call_(call), page_changes_(page_changes) {}

  void perform(Transaction& transaction) override {
    const store::DecisionContext context{.now = Time::now(), .page_changes = page_changes_};
    result_ = store::execute(operation_, transaction, context, call_.vet);
  }
  void fail(Error error) override { result_ = std::move(error); }
  [[nodiscard]] Result<Outcome>& result() noexcept { return result_; }

 private:
  const Operation& operation_;
  const contract::Call& call_;
  std::string_view page_changes_;
  Result<Outcome> result_ = Error{};
};

class LoadJob final : public WriteJob {
 public:
  explicit LoadJob(const contract::Records& records) noexcept : records_(records) {}

  void perform(Transaction& transaction) override { result_ = store::load(records_, transaction); }
  void fail(Error error) override { result_ = std::move(error); }
  void done() override { done_.set_value(std::move(result_)); }
  [[nodiscard]] std::future<Result<void>> finished() { return done_.get_future(); }

 private:
  const contract::Records& records_;
  Result<void> result_;
  std::promise<Result<void>> done_;
};

/// One change that is no operation: of a file that is being received.
class ChangeJob final : public WriteJob {
 public:
  explicit ChangeJob(store::Change change) { changes_.push_back(std::move(change)); }

  void perform(Transaction& transaction) override { result_ = transaction.apply(changes_); }
  void fail(Error error) override { result_ = std::move(error); }
  [[nodiscard]] Result<void>& result() noexcept { return result_; }

 private:
  store::Changes changes_;
  Result<void> result_;
};

/// The bytes of a file, on the connection of a session.
class StoredBytes final : public FileBytes {
 public:
  StoredBytes(std::shared_ptr<Reader> reader, String file) : reader_(std::move(reader)), file_(std::move(file)) {}
  Result<void> read(std::int64_t part, Buffer& out) override { return reader_->read_part(file_, part, out); }

 private:
  std::shared_ptr<Reader> reader_;
  String file_;
};

Result<void> load_group_of(store::Queue& queue, contract::Records& group) {
  if (group.empty()) return {};
  LoadJob job(group);
  auto finished = job.finished();
  if (!queue.push(&job)) return overload();
  auto result = finished.get();
  group = {};
  return result;
}

store::Retention retention_of(const BackendSettings& settings) {
  const RetentionSettings& kept = settings.retention;
  return {.out_of_site = settings.out_of_site,
          .messages = kept.messages,
          .chats = kept.chats,
          .page_visits = kept.page_visits,
          .offline_messages = kept.offline_messages,
          .uploads = oldest_part};
}

/// Whether an operation reads so many records that it would hold up its worker.
bool takes_long(const Operation& operation) noexcept {
  const auto* messages = std::get_if<ListMessages>(&operation);
  if (messages == nullptr) return false;
  const MessageQuery& query = messages->query;
  return query.limit == 0 || query.limit > 100 || query.offset > 1000 || query.count || !query.text.empty();
}

/// The size of a file; 0 if there is none.
double bytes_of(const String& path) {
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(path, missing);
  return missing ? 0 : static_cast<double>(size);
}

}  // namespace

// --- the backend ----------------------------------------------------------------------------------------------------

Result<std::unique_ptr<contract::Backend>> Store::open(const config::Backend& backend) {
  auto file = LockedFile::take(config::settings_of<BackendSettings>(backend).path);
  if (!file) return std::move(file).error();
  auto writing = open_writer(*file);
  if (!writing) return std::move(writing).error();
  return std::unique_ptr<contract::Backend>(std::make_unique<Store>(*std::move(file), *std::move(writing), backend));
}

Store::Store(LockedFile file, std::unique_ptr<Connection> writing, const config::Backend& backend)
    : file_(std::move(file)),
      name_(backend.name),
      page_changes_(config::settings_of<BackendSettings>(backend).page_changes),
      retention_(retention_of(config::settings_of<BackendSettings>(backend))),
      writer_(std::move(writing), versions_),
      lister_(file_.path()) {}

std::unique_ptr<contract::BackendSession> Store::open_session(const contract::Loop& loop) {
  auto session = std::make_unique<StoreSession>(*this, loop.executor);
  const std::scoped_lock lock(sessions_mutex_);
  caches_.push_back(session->cache_.counts());
  return session;
}

void Store::measure(List<contract::Figure>& figures) const {
  writer_.measure(figures);
  if (keeper_) keeper_->measure(figures);
  constexpr std::string_view bytes = "Size of the store's files; log: the write-ahead log.";
  figures.push_back({"store_bytes", bytes, bytes_of(file_.path()), "file", "data"});
  figures.push_back({"store_bytes", bytes, bytes_of(file_.path() + "-wal"), "file", "log"});
  figures.push_back(
      {"store_lists_waiting", "Lists that wait for their turn.", static_cast<double>(lister_.queue().size())});
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  {
    const std::scoped_lock lock(sessions_mutex_);
    for (const std::shared_ptr<const store::CacheCounts>& counts : caches_) {
      hits += counts->hits.value();
      misses += counts->misses.value();
    }
  }
  constexpr std::string_view about = "Lookups of records and lists in the workers' caches.";
  figures.push_back({"store_cache_lookups_total", about, static_cast<double>(hits), "outcome", "hit"});
  figures.push_back({"store_cache_lookups_total", about, static_cast<double>(misses), "outcome", "miss"});
}

void Store::report_to(const std::shared_ptr<contract::EventSink>& sink) {
  keeper_ = std::make_unique<Keeper>(name_, writer_.queue(), retention_, sink);
}

Result<void> Store::load(const contract::Records& records) {
  if (auto checked = store::check_loadable(records); !checked) return checked;
  contract::Records group;
  std::size_t gathered = 0;
  Result<void> result;
  const auto add = [&](const auto& from, auto& to) {
    for (const auto& record : from) {
      if (!result) return;
      to.push_back(record);
      if (++gathered % load_group == 0) result = load_group_of(writer_.queue(), group);
    }
  };
  // Chats come after their visitors, whose status they set, and before their messages.
  add(records.departments, group.departments);
  add(records.visitors, group.visitors);
  add(records.agents, group.agents);
  add(records.contacts, group.contacts);
  add(records.chats, group.chats);
  // Messages are numbered as they come, and vendors list them in either order. Those of a dump have their place.
  const auto time_of = [](const Message& message) {
    return message.number > 0 && message.shown_at.known() ? message.shown_at : message.at;
  };
  List<const Message*> messages;
  for (const Message& message : records.messages) messages.push_back(&message);
  std::stable_sort(messages.begin(), messages.end(),
                   [&time_of](const Message* a, const Message* b) { return time_of(*a) < time_of(*b); });
  for (const Message* message : messages) add(std::span(message, 1), group.messages);
  add(records.files, group.files);
  add(records.file_parts, group.file_parts);
  add(records.page_visits, group.page_visits);
  add(records.offline_messages, group.offline_messages);
  add(records.counters, group.counters);
  if (!result) return result;
  return load_group_of(writer_.queue(), group);
}

// --- a session ------------------------------------------------------------------------------------------------------

StoreSession::StoreSession(Store& store, contract::Executor executor)
    : store_(store), mailbox_(std::move(executor)), cache_(store.versions_, cache_budget) {
  static_cast<void>(connect());  // after a failure, the first read tries again
}

// Not a coroutine itself, so that the frame of a read stays small.
contract::Task<Result<Outcome>> StoreSession::execute(const Operation& operation, const contract::Call& call) {
  const OperationKind kind = kind_of(operation);
  if (writes(kind)) return write(operation, call);
  if (lists(kind) || takes_long(operation)) return list(operation);
  return read(operation);
}

std::optional<Result<Outcome>> StoreSession::execute_now(const Operation& operation) {
  const OperationKind kind = kind_of(operation);
  if (writes(kind)) return {};
  if (auto cached = store::find_cached(operation, cache_)) return cached;
  if (lists(kind) || takes_long(operation)) return {};
  return fetch(operation);
}

contract::Task<Result<Outcome>> StoreSession::read(const Operation& operation) {
  if (auto cached = store::find_cached(operation, cache_)) co_return *std::move(cached);
  co_return fetch(operation);
}

contract::Task<Result<Outcome>> StoreSession::write(const Operation& operation, const contract::Call& call) {
  OperationJob job(operation, call, store_.page_changes_);
  const bool accepted = co_await store::send(store_.writer_.queue(), job, mailbox_);
  if (!accepted) co_return overload();
  co_return std::move(job.result());
}

contract::Task<Result<void>> StoreSession::keep_part(const FileId& file, std::int64_t part, std::string_view bytes) {
  return change(store::PutFilePart{file.text.str(), part, bytes, Time::now()});
}

contract::Task<Result<void>> StoreSession::drop_parts(const FileId& file) {
  return change(store::RemoveUpload{file.text.str()});
}

contract::Task<Result<void>> StoreSession::change(store::Change change) {
  ChangeJob job(std::move(change));
  const bool accepted = co_await store::send(store_.writer_.queue(), job, mailbox_);
  if (!accepted) co_return overload();
  co_return std::move(job.result());
}

contract::Task<Result<Outcome>> StoreSession::list(const Operation& operation) {
  const store::Versions::Number since = store_.versions_.now();
  ListJob job(operation);
  const bool accepted = co_await store::send(store_.lister_.queue(), job, mailbox_);
  if (!accepted) co_return overload();
  if (job.result) store::keep_list(operation, *job.result, since, job.bytes, cache_);
  co_return std::move(job.result);
}

Result<Outcome> StoreSession::fetch(const Operation& operation) {
  if (auto connected = connect(); !connected) return std::move(connected).error();
  const store::Versions::Number since = store_.versions_.now();
  store::Gathered gathered;
  Result<Outcome> outcome = reader_->read(operation, gathered);
  if (outcome) store::keep(operation, *outcome, gathered, since, cache_);
  if (auto* opened = outcome ? std::get_if<OpenedFile>(&*outcome) : nullptr) {
    opened->bytes = std::make_shared<StoredBytes>(reader_, opened->file->id.text.str());
  }
  return outcome;
}

Result<void> StoreSession::connect() {
  if (reader_) return {};
  auto opened = Reader::open(store_.file_.path());
  if (!opened) return std::move(opened).error();
  reader_ = *std::move(opened);
  return {};
}

}  // namespace parley::sqlite
