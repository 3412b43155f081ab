// While one transaction is synced, the next writes gather in the queue. So the slower the disk, the larger the groups.
#include "adapters/sqlite/writer.hpp"

namespace parley::sqlite {
namespace {

constexpr std::size_t queue_limit = 16384;  // waiting writes; beyond that, clients are told to try again
constexpr std::size_t group_limit = 1024;   // bounds how long the first of a group waits for the last
constexpr std::chrono::milliseconds longest_patience{2};
constexpr int checkpoint_pages = 4000;  // 16 MB of log, which opening after a crash reads once

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, store::Versions& versions)
    : connection_(std::move(connection)),
      transaction_(*connection_),
      versions_(versions),
      begin_(*connection_, "begin immediate"),
      commit_(*connection_, "commit"),
      queue_(queue_limit),
      empty_(transaction_.empty()),
      thread_([this] { run(); }) {}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::measure(List<contract::Figure>& figures) const {
  const auto add = [&figures](std::string_view name, std::string_view about, auto value) {
    figures.push_back({name, about, static_cast<double>(value)});
  };
  add("store_commits_total", "Transactions that are on disk.", commits_.value());
  add("store_writes_total", "Writes that are on disk; many share one commit.", writes_.value());
  add("store_commit_failures_total", "Transactions that were undone, as the disk or the file failed.",
      failures_.value());
  add("store_checkpoints_total", "How often the write-ahead log was moved into the file.", checkpoints_.value());
  add("store_log_pages", "Pages in the write-ahead log after the last commit.",
      log_pages_.load(std::memory_order_relaxed));
  add("store_writes_waiting", "Writes that wait for their turn.", queue_.size());
}

void Writer::run() {
  std::size_t wanted = 1;
  store::Queue::Clock::time_point patience;
  for (;;) {
    store::JobList jobs = queue_.take(group_limit, wanted, patience);
    if (jobs.size == 0) return;
    // Clients that have got their answers soon send the next request. If the writer did not wait for them, two halves
    // of the clients would alternate, and each commit would carry half of what it could.
    const auto begun = store::Queue::Clock::now();
    const std::size_t size = jobs.size;
    commit(jobs);
    const auto done = store::Queue::Clock::now();
    patience = done + std::min<store::Queue::Clock::duration>((done - begun) / 4, longest_patience);
    wanted = std::min(size + queue_.size(), group_limit);
    deliver(jobs);
    checkpoint();
  }
}

void Writer::checkpoint() {
  // After the answers, so nobody waits for it. Only this connection checkpoints.
  const int pages = connection_->log_pages();
  log_pages_.store(pages, std::memory_order_relaxed);
  if (pages < moved_) moved_ = 0;  // the log has begun anew
  if (pages - moved_ < checkpoint_pages) return;
  moved_ = connection_->checkpoint();
  checkpoints_.add();
}

void Writer::commit(store::JobList& jobs) {
  if (!transact(jobs.first, nullptr)) return;
  // One write may be the cause (the disk is full for a large one, but not for the others). So each is repeated in a
  // transaction of its own.
  for (store::Job* job = jobs.first; job != nullptr; job = job->next) {
    if (auto lost = transact(job, job->next)) static_cast<WriteJob*>(job)->fail(*std::move(lost));
  }
}

/// Performs the jobs before `end` and commits them together. An error: none of them is stored.
std::optional<Error> Writer::transact(store::Job* first, const store::Job* end) {
  begin_.run();
  std::optional<Error> lost = connection_->take_fault();
  std::uint64_t writes = 0;
  for (store::Job* next = first; next != end && !lost; next = next->next) {
    static_cast<WriteJob&>(*next).perform(transaction_);
    lost = connection_->take_fault();
    ++writes;
  }
  if (!lost) {
    transaction_.flush();
    commit_.run();
    lost = connection_->take_fault();
  }
  if (lost) {
    if (connection_->in_transaction()) connection_->run("rollback");
    connection_->take_fault();
    transaction_.lost();
    failures_.add();
    return lost;
  }
  if (transaction_.changed()) {
    versions_.publish(transaction_.slots());
    empty_.store(false, std::memory_order_release);
  }
  transaction_.committed();
  commits_.add();
  writes_.add(writes);
  return std::nullopt;
}

void Writer::deliver(store::JobList jobs) {
  // One post for each session. There are few sessions, so a linear search is cheaper than a table.
  std::vector<std::pair<store::Mailbox*, store::JobList>> sessions;
  while (store::Job* job = jobs.pop()) {
    if (job->home == nullptr) {
      static_cast<WriteJob*>(job)->done();
      continue;
    }
    auto session = sessions.begin();
    while (session != sessions.end() && session->first != job->home) ++session;
    if (session == sessions.end()) session = sessions.insert(session, {job->home, {}});
    session->second.push(job);
  }
  for (const auto& [home, delivered] : sessions) home->deliver(delivered);
}

}  // namespace parley::sqlite
