// The way of a job from a session's coroutine to one of the store's own threads and back.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "adapters/contract/backend.hpp"

namespace parley::store {

class Mailbox;

/// Holds a suspended coroutine; destroying it destroys the coroutine.
class Suspended {
 public:
  virtual ~Suspended() = default;
  /// On the session's thread, once. Destroys this.
  virtual void resume() = 0;
};

/// One piece of work. It lives in the frame of the coroutine that waits for it; whoever has it in hand (a queue, a thread, a delivery) owns
/// the suspended coroutine and with it the job.
struct Job {
  Job* next = nullptr;
  Mailbox* home = nullptr;  ///< nullptr: nobody waits on a session
  std::unique_ptr<Suspended> waiting;
};

/// Jobs in a row, not owned.
struct JobList {
  Job* first = nullptr;
  Job* last = nullptr;
  std::size_t size = 0;

  void push(Job* job) noexcept {
    job->next = nullptr;
    (first == nullptr ? first : last->next) = job;
    last = job;
    ++size;
  }
  Job* pop() noexcept {
    Job* job = first;
    if (job == nullptr) return nullptr;
    first = job->next;
    --size;
    return job;
  }
};

/// A session's address for other threads. Its end waits until none of the session's jobs is in other hands any more.
class Mailbox {
 public:
  explicit Mailbox(contract::Executor executor) noexcept : executor_(std::move(executor)) {}
  ~Mailbox() {
    std::unique_lock lock(mutex_);
    home_.wait(lock, [this] { return away_ == 0; });
  }
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  [[nodiscard]] const contract::Executor& executor() const noexcept { return executor_; }
  void sent() {
    const std::scoped_lock lock(mutex_);
    ++away_;
  }
  /// Resumes the coroutines of these jobs on the session's thread, soon. All of them are this session's.
  void deliver(JobList jobs);

 private:
  contract::Executor executor_;
  std::mutex mutex_;
  std::condition_variable home_;
  std::size_t away_ = 0;
};

/// Jobs on their way to a thread. Bounded: refuses what it cannot hold.
class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Queue(std::size_t limit) noexcept : limit_(limit) {}

  /// False: full or closed; the job stays with the caller.
  [[nodiscard]] bool push(Job* job);
  /// Waits for a job, then until `patience` for `wanted` of them, and takes up to `most`. None: closed and empty.
  [[nodiscard]] JobList take(std::size_t most, std::size_t wanted = 1, Clock::time_point patience = {});
  [[nodiscard]] std::size_t size() const;
  /// No further jobs; what is queued is still to be taken.
  void close();

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  JobList jobs_;
  std::size_t awaited_ = 0;  // the taker sleeps until there are so many; 0 = it does not sleep
  bool closed_ = false;
};

/// Sends `job` through `queue` and suspends until it has come home. The result is false where the queue refused it.
contract::Task<bool> send(Queue& queue, Job& job, Mailbox& home);

}  // namespace parley::store
