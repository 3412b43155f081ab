// The one thread that writes: it gathers what all workers ask for into one transaction and answers after the commit.
#pragma once

#include <atomic>
#include <thread>

#include "adapters/contract/counter.hpp"
#include "adapters/sqlite/changes.hpp"
#include "adapters/store/jobs.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// A write: what to do, and how to tell how it went. Called on the writer thread only.
class WriteJob : public store::Job {
 public:
  /// Changes the records. An error undoes what this job has done, and only that. May be called again, from the start: when another job of
  /// its group has spoilt the transaction.
  virtual std::optional<Error> perform(Changes& changes) = 0;
  /// Whether `perform` may return an error after it has changed something.
  [[nodiscard]] virtual bool may_undo() const noexcept = 0;
  /// The job is not on disk after all: takes the place of whatever `perform` found.
  virtual void fail(Error error) = 0;
  /// After commit or failure, for a job that nobody awaits on a lane. Ends the writer's interest in the job.
  virtual void done() {}

 protected:
  ~WriteJob() = default;
};

/// Owns the writing connection. Jobs are performed in the order of their coming.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, String page_changes, store::Versions& versions);
  /// Performs what is queued, then ends the thread and moves the log into the file.
  ~Writer();

  [[nodiscard]] store::Queue& queue() noexcept { return queue_; }
  /// True while nothing was ever stored.
  [[nodiscard]] bool empty() const noexcept { return empty_.load(std::memory_order_acquire); }
  /// Any thread.
  void measure(List<contract::Figure>& figures) const;

 private:
  void run();
  void commit(store::JobList& jobs);
  std::optional<Error> transact(store::Job* first, const store::Job* end);
  std::optional<Error> perform(WriteJob& job);
  std::optional<Error> perform_undoably(WriteJob& job);
  void deliver(store::JobList jobs);
  void checkpoint();

  std::unique_ptr<Connection> connection_;
  Changes changes_;
  store::Versions& versions_;
  Statement begin_, commit_, savepoint_, release_, back_;
  int moved_ = 0;  // pages of the log that are in the file already
  store::Queue queue_;
  std::atomic<bool> empty_;
  contract::Counter commits_, writes_, failures_, checkpoints_;
  std::atomic<int> log_pages_{0};
  std::thread thread_;
};

}  // namespace parley::sqlite
