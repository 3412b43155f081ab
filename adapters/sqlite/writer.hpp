// The only thread that writes. It gathers the writes of all workers into one transaction and answers after the commit.
#pragma once

#include <atomic>
#include <thread>

#include "adapters/contract/counter.hpp"
#include "adapters/sqlite/transaction.hpp"
#include "adapters/store/jobs.hpp"
#include "adapters/store/versions.hpp"

namespace parley::sqlite {

/// One write and its result. Called on the writer's thread only.
class WriteJob : public store::Job {
 public:
  /// Changes the records and keeps the result. A refused write must not have changed anything. May be called again,
  /// from the start: if the transaction was lost, each job of the group is repeated in a transaction of its own.
  virtual void perform(Transaction& transaction) = 0;
  /// The job is not on disk: replaces the result of `perform`.
  virtual void fail(Error error) = 0;
  /// For a job that no session waits for: called after commit or failure. The writer does not use the job afterwards.
  virtual void done() {}

 protected:
  ~WriteJob() = default;
};

/// Owns the writing connection. Performs jobs in the order of their arrival.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, store::Versions& versions);
  /// Performs the queued jobs, ends the thread, and closes the connection, which moves the log into the file.
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
