// Moves a job from a session's coroutine to one of the store's threads and back.
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

/// A suspended coroutine. Destroying this object destroys the coroutine.
class Suspended {
 public:
  virtual ~Suspended() = default;
  /// Resumes the coroutine and destroys this object. Call it once, on the session's thread.
  virtual void resume() = 0;
};

/// One piece of work. It lives in the frame of the coroutine that waits for it. Its present holder (a queue, a thread,
/// a delivery) owns the suspended coroutine, and with it the job.
struct Job {
  Job* next = nullptr;
  Mailbox* home = nullptr;  ///< the session that waits for it; nullptr: none
  std::unique_ptr<Suspended> waiting;
};

/// A list of jobs; it does not own them.
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

/// Where other threads send a session's finished jobs. Its destructor waits until no other thread holds a job of the session.
class Mailbox {
 public:
  explicit Mailbox(contract::Executor executor) noexcept : executor_(std::move(executor)) {}
  ~Mailbox() {
    std::unique_lock lock(mutex_);
    all_back_.wait(lock, [this] { return outstanding_ == 0; });
  }
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  [[nodiscard]] const contract::Executor& executor() const noexcept { return executor_; }
  void sent() {
    const std::scoped_lock lock(mutex_);
    ++outstanding_;
  }
  /// Soon resumes the coroutines of these jobs on the session's thread. All of them must belong to this session.
  void deliver(JobList jobs);

 private:
  contract::Executor executor_;
  std::mutex mutex_;
  std::condition_variable all_back_;
  std::size_t outstanding_ = 0;
};

/// A bounded queue of jobs for a thread.
class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Queue(std::size_t limit) noexcept : limit_(limit) {}

  /// false: the queue is full or closed; the caller keeps the job.
  [[nodiscard]] bool push(Job* job);
  /// Waits for a job, then waits until `patience` for `wanted` jobs, and takes at most `most`. Empty: the queue is closed and empty.
  [[nodiscard]] JobList take(std::size_t most, std::size_t wanted = 1, Clock::time_point patience = {});
  [[nodiscard]] std::size_t size() const;
  /// Refuses further jobs. Jobs in the queue can still be taken.
  void close();

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  JobList jobs_;
  std::size_t awaited_ = 0;  // the taker sleeps until there are this many jobs; 0 = it does not sleep
  bool closed_ = false;
};

/// Sends `job` through `queue` and suspends the coroutine until the job is done and delivered. false: the queue refused it.
contract::Task<bool> send(Queue& queue, Job& job, Mailbox& home);

}  // namespace parley::store
