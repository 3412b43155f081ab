// Hands jobs over between threads: one lock to queue a job, one post for all finished jobs of a session.
#include "adapters/store/jobs.hpp"

namespace parley::store {
namespace {

template <class Handler>
class SuspendedHandler final : public Suspended {
 public:
  SuspendedHandler(Handler handler, const contract::Executor& executor)
      : handler_(std::move(handler)), work_(executor) {}

  // The handler may destroy the coroutine's frame and with it the job that pointed here. So this object is deleted
  // before the handler runs.
  void resume() override {
    Handler handler = std::move(handler_);
    delete this;
    std::move(handler)();
  }

 private:
  Handler handler_;
  boost::asio::executor_work_guard<contract::Executor> work_;
};

struct Start {
  template <class Handler>
  void operator()(Handler handler, Queue* queue, Job* job, bool* accepted) const {
    const contract::Executor executor = job->home->executor();
    job->waiting = std::make_unique<SuspendedHandler<Handler>>(std::move(handler), executor);
    job->home->sent();
    // After a successful push the job may already be done and destroyed.
    if (queue->push(job)) return;
    *accepted = false;
    JobList refused;
    refused.push(job);
    job->home->deliver(refused);
  }
};

/// Owns finished jobs until it runs. If it never runs, because the session's event loop is destroyed first, it destroys their coroutines.
class Delivery {
 public:
  explicit Delivery(JobList jobs) noexcept : jobs_(jobs) {}
  Delivery(Delivery&& other) noexcept : jobs_(std::exchange(other.jobs_, {})) {}
  Delivery& operator=(Delivery&&) = delete;
  ~Delivery() {
    while (Job* job = jobs_.pop()) {
      const std::unique_ptr<Suspended> ended = std::move(job->waiting);
    }
  }

  void operator()() {
    while (Job* job = jobs_.pop()) job->waiting.release()->resume();
  }

 private:
  JobList jobs_;
};

}  // namespace

void Mailbox::deliver(JobList jobs) {
  boost::asio::post(executor_, Delivery(jobs));
  const std::scoped_lock lock(mutex_);
  outstanding_ -= jobs.size;
  all_back_.notify_all();  // under the lock: right after it the mailbox may be destroyed
}

bool Queue::push(Job* job) {
  const std::scoped_lock lock(mutex_);
  if (closed_ || jobs_.size >= limit_) return false;
  jobs_.push(job);
  if (awaited_ != 0 && jobs_.size >= awaited_) {
    awaited_ = 0;
    filled_.notify_one();
  }
  return true;
}

JobList Queue::take(std::size_t most, std::size_t wanted, Clock::time_point patience) {
  std::unique_lock lock(mutex_);
  while (jobs_.size == 0 && !closed_) {
    awaited_ = 1;
    filled_.wait(lock);
  }
  while (jobs_.size < wanted && !closed_ && Clock::now() < patience) {
    awaited_ = wanted;
    filled_.wait_until(lock, patience);
  }
  awaited_ = 0;
  JobList taken;
  while (taken.size < most && jobs_.size != 0) taken.push(jobs_.pop());
  return taken;
}

std::size_t Queue::size() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.size;
}

void Queue::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

contract::Task<bool> send(Queue& queue, Job& job, Mailbox& home) {
  job.home = &home;
  bool accepted = true;
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<contract::Executor>, void()>(
      Start{}, boost::asio::use_awaitable_t<contract::Executor>{}, &queue, &job, &accepted);
  co_return accepted;
}

}  // namespace parley::store
