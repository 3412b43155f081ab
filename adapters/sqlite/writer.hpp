// The one thread that writes: it gathers what all workers ask for into one transaction and answers after the commit.
#pragma once

#include <atomic>
#include <thread>

#include "adapters/contract/counter.hpp"
#include "adapters/sqlite/transaction.hpp"
#include "adapters/store/jobs.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// A write: what to do, and how to tell how it went. Called on the writer's thread only.
class WriteJob : public store::Job {
 public:
  /// Changes the records and notes what came of it. What it refuses it has not begun to change. May be called again, from the start: when
  /// the transaction was lost, and each job of the group gets one of its own.
  virtual void perform(Transaction& transaction) = 0;
  /// The job is not on disk after all: takes the place of whatever `perform` noted.
  virtual void fail(Error error) = 0;
  /// After commit or failure, for a job that nobody awaits on a session. Ends the writer's interest in the job.
  virtual void done() {}

 protected:
  ~WriteJob() = default;
};

/// Owns the writing connection. Jobs are performed in the order of their coming.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, store::Versions& versions);
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
  void deliver(store::JobList jobs);
  void checkpoint();

  std::unique_ptr<Connection> connection_;
  Transaction transaction_;
  store::Versions& versions_;
  Statement begin_, commit_;
  int moved_ = 0;  // pages of the log that are in the file already
  store::Queue queue_;
  std::atomic<bool> empty_;
  contract::Counter commits_, writes_, failures_, checkpoints_;
  std::atomic<int> log_pages_{0};
  std::thread thread_;
};

}  // namespace parley::sqlite
