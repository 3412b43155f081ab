// While one transaction is being synced, the next writes gather in the queue: the slower the disk, the larger the groups.
#include "adapters/sqlite/writer.hpp"

namespace parley::sqlite {
namespace {

constexpr std::size_t queue_limit = 16384;  // writes waiting at once; beyond that a client is told to try again
constexpr std::size_t group_limit = 1024;   // bounds how long the first of a group waits for the last
constexpr int checkpoint_pages = 4000;      // 16 MB of log: reopening after a crash reads it once

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, String page_changes, Versions& versions)
    : connection_(std::move(connection)),
      changes_(*connection_, std::move(page_changes)),
      versions_(versions),
      begin_(*connection_, "begin immediate"),
      commit_(*connection_, "commit"),
      savepoint_(*connection_, "savepoint job"),
      release_(*connection_, "release job"),
      back_(*connection_, "rollback to job"),
      queue_(queue_limit),
      empty_(changes_.empty()),
      thread_([this] { run(); }) {}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::run() {
  for (;;) {
    JobList jobs = queue_.take(group_limit);
    if (jobs.size == 0) return;
    commit(jobs);
    deliver(jobs);
    checkpoint();
  }
}

void Writer::checkpoint() {
  // After the answers: nobody waits for it. No other connection ever does it.
  const int pages = connection_->log_pages();
  if (pages < moved_) moved_ = 0;  // the log has begun anew
  if (pages - moved_ >= checkpoint_pages) moved_ = connection_->checkpoint();
}

void Writer::commit(JobList& jobs) {
  begin_.run();
  std::optional<Error> lost = connection_->take_fault();
  for (Job* job = jobs.first; job != nullptr && !lost; job = job->next) lost = perform(static_cast<WriteJob&>(*job));
  if (!lost) {
    changes_.flush();
    commit_.run();
    lost = connection_->take_fault();
  }
  if (lost) {
    if (connection_->in_transaction()) connection_->run("rollback");
    connection_->take_fault();
    changes_.lost();
    fail_all(jobs, *lost);
    return;
  }
  if (!changes_.slots().empty()) {
    versions_.publish(changes_.slots());
    empty_.store(false, std::memory_order_release);
  }
  changes_.committed();
}

/// An error only where the whole transaction is lost.
std::optional<Error> Writer::perform(WriteJob& job) {
  const Changes::Mark before = changes_.mark();
  savepoint_.run();
  std::optional<Error> error = job.perform(changes_);
  if (auto fault = connection_->take_fault()) {
    if (!connection_->in_transaction()) return fault;  // SQLite has undone the others' writes too
    job.fail(*fault);
    error = std::move(fault);
  }
  if (error) {
    back_.run();
    changes_.rewind(before);
  }
  release_.run();
  return connection_->take_fault();
}

void Writer::fail_all(JobList& jobs, const Error& error) {
  for (Job* job = jobs.first; job != nullptr; job = job->next) static_cast<WriteJob*>(job)->fail(error);
}

void Writer::deliver(JobList jobs) {
  // One post for each lane: a handful of lanes, so looking through them is cheaper than a table.
  std::vector<std::pair<Mailbox*, JobList>> lanes;
  while (Job* job = jobs.pop()) {
    if (job->home == nullptr) {
      static_cast<WriteJob*>(job)->done();
      continue;
    }
    auto lane = lanes.begin();
    while (lane != lanes.end() && lane->first != job->home) ++lane;
    if (lane == lanes.end()) lane = lanes.insert(lane, {job->home, {}});
    lane->second.push(job);
  }
  for (const auto& [home, delivered] : lanes) home->deliver(delivered);
}

}  // namespace parley::sqlite
