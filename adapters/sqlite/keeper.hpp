// Keeps house in a store: silent visitors leave the site, and what is older than the settings allow is removed.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/contract/backend.hpp"
#include "adapters/contract/counter.hpp"
#include "adapters/store/jobs.hpp"
#include "adapters/store/rules/sweep.hpp"

namespace parley::sqlite {

/// Does what store::sweep does, as one write of a writer's queue, and waits for the commit. Errors: those of store::sweep; unavailable.
[[nodiscard]] Result<store::Swept> sweep(store::Queue& writer, const store::Retention& retention, Time now,
                                         std::size_t limit);

/// How long a keeper rests: as long as the shortest of the durations, but at least 1 s and at most 30 s. nullopt: there is nothing to do.
[[nodiscard]] std::optional<std::chrono::milliseconds> rest_of(const store::Retention& retention) noexcept;

/// Sweeps on a thread of its own, at once and after each rest, in steps that clients hardly notice.
class Keeper {
 public:
  /// `name`: that of the backend. `writer` must outlive the keeper. `news` hears of each sweep that has removed something; it may be empty.
  /// Starts no thread where there is nothing to do.
  Keeper(String name, store::Queue& writer, const store::Retention& retention,
         std::shared_ptr<contract::EventSink> news);
  /// Waits for the step that is running.
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  /// Adds what all sweeps have done. Any thread.
  void measure(List<contract::Figure>& figures) const;

 private:
  void run(std::chrono::milliseconds rest);
  /// Whether the keeper shall end. Waits up to `rest` for that.
  bool ends(std::chrono::milliseconds rest);
  void sweep_all(const store::Retention& retention, Time now);

  const Time begun_ = Time::now();
  const String name_;
  store::Queue& writer_;
  const store::Retention retention_;
  const std::shared_ptr<contract::EventSink> news_;
  contract::Counter visitors_left_, emptied_, chats_, pages_, offline_messages_, uploads_, failures_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace parley::sqlite
