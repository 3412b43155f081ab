// Executing operations: reads here and now on the worker, writes by the writer, lists by the lister.
#include "adapters/sqlite/store.hpp"

#include <algorithm>
#include <filesystem>
#include <future>

namespace parley::sqlite {
namespace {

constexpr std::size_t cache_budget = 32U << 20U;  // bytes for each lane
constexpr std::size_t load_group = 500;           // records in one transaction

Error overload() {
  Error error;
  error.code = Code::unavailable;
  error.source = "store";
  error.message = "the store has too much to do; try again";
  error.retryable = true;
  return error;
}

/// A composed record takes about twice its JSON, and the struct; what shapes make of it, about its JSON again.
std::size_t size_of(std::size_t json) { return json * 3 + sizeof(Chat); }

class OperationJob final : public WriteJob {
 public:
  OperationJob(const Operation& operation, const contract::Call& call) noexcept : operation_(operation), call_(call) {}

  std::optional<Error> perform(Changes& changes) override {
    result_ = changes.apply(operation_);
    if (result_ && call_.vet) {
      if (auto vetted = call_.vet(*result_); !vetted) result_ = std::move(vetted).error();
    }
    if (!result_) return result_.error();
    return std::nullopt;
  }
  [[nodiscard]] bool may_undo() const noexcept override { return static_cast<bool>(call_.vet); }
  void fail(Error error) override { result_ = std::move(error); }
  [[nodiscard]] Result<Outcome>& result() noexcept { return result_; }

 private:
  const Operation& operation_;
  const contract::Call& call_;
  Result<Outcome> result_ = Error{};
};

class LoadJob final : public WriteJob {
 public:
  explicit LoadJob(const contract::Records& records) noexcept : records_(records) {}

  std::optional<Error> perform(Changes& changes) override {
    changes.load(records_);
    return std::nullopt;
  }
  [[nodiscard]] bool may_undo() const noexcept override { return false; }
  void fail(Error error) override { result_ = std::move(error); }
  void done() override { done_.set_value(std::move(result_)); }
  [[nodiscard]] std::future<Result<void>> finished() { return done_.get_future(); }

 private:
  const contract::Records& records_;
  Result<void> result_;
  std::promise<Result<void>> done_;
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

template <class T>
Result<void> check_ids(const List<T>& records, std::string_view name) {
  for (std::size_t at = 0; at < records.size(); ++at) {
    if (!records[at].id.empty()) continue;
    Error error;
    error.code = Code::invalid_field;
    error.source = "store";
    error.message = "a record without an id cannot be stored";
    error.field = String(name) + '[' + std::to_string(at) + "].id";
    return error;
  }
  return {};
}

/// 0 where there is none.
double bytes_of(const String& path) {
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(path, missing);
  return missing ? 0 : static_cast<double>(size);
}

bool is_list(OperationKind kind) noexcept {
  return kind == OperationKind::list_visitors || kind == OperationKind::list_agents ||
         kind == OperationKind::list_chats;
}

/// One entry for each channel name: the one with the latest chat, where the name first stood.
List<Channel> group_channels(List<Channel> channels) {
  List<Channel> grouped;
  for (Channel& channel : channels) {
    const auto same =
        std::find_if(grouped.begin(), grouped.end(), [&](const Channel& one) { return one.name == channel.name; });
    if (same == grouped.end()) {
      grouped.push_back(std::move(channel));
    } else if (channel.last_chat_at > same->last_chat_at) {  // no chat yet is earlier than any
      *same = std::move(channel);
    }
  }
  return grouped;
}

}  // namespace

// --- the backend ----------------------------------------------------------------------------------------------------

Result<std::unique_ptr<contract::Backend>> Store::open(const config::Backend& settings) {
  auto file = File::take(settings.path);
  if (!file) return std::move(file).error();
  auto writing = open_writer(*file);
  if (!writing) return std::move(writing).error();
  return std::unique_ptr<contract::Backend>(
      std::make_unique<Store>(*std::move(file), *std::move(writing), settings.page_changes));
}

Store::Store(File file, std::unique_ptr<Connection> writing, String page_changes)
    : file_(std::move(file)), writer_(std::move(writing), std::move(page_changes), versions_), lister_(file_.path()) {}

std::unique_ptr<contract::BackendSession> Store::open_session(const contract::Loop& loop) {
  auto session = std::make_unique<StoreSession>(*this, loop.executor);
  const std::scoped_lock lock(sessions_mutex_);
  caches_.push_back(session->cache_.counts());
  return session;
}

void Store::measure(List<contract::Figure>& figures) const {
  writer_.measure(figures);
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
  constexpr std::string_view about = "Records that were asked of the workers' caches.";
  figures.push_back({"store_cache_lookups_total", about, static_cast<double>(hits), "outcome", "hit"});
  figures.push_back({"store_cache_lookups_total", about, static_cast<double>(misses), "outcome", "miss"});
}

Result<void> Store::load(const contract::Records& records) {
  for (const Result<void>& checked : {check_ids(records.visitors, "visitors"), check_ids(records.agents, "agents"),
                                      check_ids(records.contacts, "contacts"), check_ids(records.chats, "chats")}) {
    if (!checked) return checked;
  }
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
  // Chats last: they set the status of their visitors.
  add(records.visitors, group.visitors);
  add(records.agents, group.agents);
  add(records.contacts, group.contacts);
  add(records.chats, group.chats);
  if (!result) return result;
  return load_group_of(writer_.queue(), group);
}

// --- a lane ---------------------------------------------------------------------------------------------------------

StoreSession::StoreSession(Store& store, contract::Executor executor)
    : store_(store), mailbox_(std::move(executor)), cache_(store.versions_, cache_budget) {
  static_cast<void>(connect());  // what fails now is tried again
}

// Not a coroutine itself: the frame of a read stays small.
contract::Task<Result<Outcome>> StoreSession::execute(const Operation& operation, const contract::Call& call) {
  const OperationKind kind = kind_of(operation);
  if (writes(kind)) return write(operation, call);
  if (is_list(kind)) return list(kind);
  return read(operation);
}

std::optional<Result<Outcome>> StoreSession::execute_now(const Operation& operation) {
  const OperationKind kind = kind_of(operation);
  if (writes(kind) || is_list(kind)) return {};
  return find(operation);
}

contract::Task<Result<Outcome>> StoreSession::read(const Operation& operation) { co_return find(operation); }

contract::Task<Result<Outcome>> StoreSession::write(const Operation& operation, const contract::Call& call) {
  OperationJob job(operation, call);
  const bool accepted = co_await store::send(store_.writer_.queue(), job, mailbox_);
  if (!accepted) co_return overload();
  co_return std::move(job.result());
}

contract::Task<Result<Outcome>> StoreSession::list(OperationKind kind) {
  ListJob job(kind);
  const bool accepted = co_await store::send(store_.lister_.queue(), job, mailbox_);
  if (!accepted) co_return overload();
  co_return std::move(job.result);
}

Result<Outcome> StoreSession::find(const Operation& operation) {
  switch (kind_of(operation)) {
    case OperationKind::get_chat_contact:
      return find_chat(std::get<GetChatContact>(operation).chat.text);
    case OperationKind::get_visitor: {
      const auto& get = std::get<GetVisitor>(operation);
      return get.visitor.empty() ? find_visitor(store::Kind::token, get.token)
                                 : find_visitor(store::Kind::visitor, get.visitor.text);
    }
    case OperationKind::get_agent:
      return find_agent(std::get<GetAgent>(operation).agent.text);
    case OperationKind::list_contact_channels:
      return find_channels(std::get<ListContactChannels>(operation).contact.text);
    default:
      break;
  }
  return Error{};  // `execute` sends no other kind here
}

Result<void> StoreSession::connect() {
  if (tables_) return {};
  auto opened = Connection::open(store_.file_.path(), Connection::Mode::read);
  if (!opened) return std::move(opened).error();
  connection_ = *std::move(opened);
  tables_ = std::make_unique<Tables>(*connection_);
  return {};
}

Error StoreSession::missing(Code code, std::string_view message) {
  if (auto fault = connection_->take_fault()) {
    if (connection_->in_transaction()) connection_->run("rollback");  // or it would see that moment for ever
    return *std::move(fault);
  }
  Error error;
  error.code = code;
  error.source = "store";
  error.message = message;
  return error;
}

Result<Outcome> StoreSession::find_chat(const String& id) {
  if (const store::CachedRecord* cached = cache_.find(store::Kind::chat, id))
    return Outcome(std::get<Ref<Chat>>(*cached));
  if (auto connected = connect(); !connected) return std::move(connected).error();
  const store::Versions::Number since = store_.versions_.now();
  connection_->run("begin");  // chat, visitor and agents as of one commit
  auto found = tables_->chat(id);
  Dependencies origins;
  if (found && found->value.state != ChatState::ended)
    refresh_participants(found->value, *tables_, origins, ChatDetail::of_visit);
  connection_->run("commit");
  if (!found || found->value.state == ChatState::ended || connection_->faulty()) {
    return missing(Code::no_such_chat, "no active chat has this id");
  }
  Ref<Chat> chat(std::move(found->value));
  cache_.keep(store::Kind::chat, id, chat, since, std::move(origins.slots), size_of(found->bytes + origins.bytes));
  return Outcome(std::move(chat));
}

Result<Outcome> StoreSession::find_visitor(store::Kind kind, const String& key) {
  if (const store::CachedRecord* cached = cache_.find(kind, key)) return Outcome(std::get<Ref<Visitor>>(*cached));
  if (auto connected = connect(); !connected) return std::move(connected).error();
  const store::Versions::Number since = store_.versions_.now();
  auto found = kind == store::Kind::token ? tables_->visitor_by_token(key) : tables_->visitor(key);
  if (!found || connection_->faulty()) return missing(Code::no_such_visitor, "no such visitor");
  Ref<Visitor> visitor(std::move(found->value));
  cache_.keep(kind, key, visitor, since,
              {store::slot_of(kind, key), store::slot_of(store::Kind::visitor, visitor->id.text)},
              size_of(found->bytes));
  return Outcome(std::move(visitor));
}

Result<Outcome> StoreSession::find_agent(const String& id) {
  if (const store::CachedRecord* cached = cache_.find(store::Kind::agent, id))
    return Outcome(std::get<Ref<Agent>>(*cached));
  if (auto connected = connect(); !connected) return std::move(connected).error();
  const store::Versions::Number since = store_.versions_.now();
  auto found = tables_->agent(id);
  if (!found || connection_->faulty()) return missing(Code::no_such_agent, "no such agent");
  Ref<Agent> agent(std::move(found->value));
  cache_.keep(store::Kind::agent, id, agent, since,
              {store::slot_of(store::Kind::agent, id), store::slot_of(store::Kind::agent, agent->id.text)},
              size_of(found->bytes));
  return Outcome(std::move(agent));
}

// Not cached: the outcome owns its list, so that a hit would copy what a read makes anyway.
Result<Outcome> StoreSession::find_channels(const String& contact) {
  if (auto connected = connect(); !connected) return std::move(connected).error();
  auto found = tables_->contact(contact);
  if (connection_->faulty()) return missing(Code::internal, {});
  return Outcome(found ? group_channels(std::move(found->value.channels)) : List<Channel>());
}

}  // namespace parley::sqlite
