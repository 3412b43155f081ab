// Answers lists on a thread of its own, so a search among 100,000 visitors does not block a worker.
#pragma once

#include <thread>

#include "adapters/sqlite/list_reader.hpp"
#include "adapters/store/jobs.hpp"

namespace parley::sqlite {

/// A list, or another read that takes long.
struct ListJob : store::Job {
  /// The operation must outlive the job.
  explicit ListJob(const Operation& which) noexcept : operation(which) {}
  const Operation& operation;
  Result<Outcome> result = Error{};
  std::size_t bytes = 0;  ///< of the JSON that the records of the page were read from
};

class Lister {
 public:
  /// A writer must have opened the file before.
  explicit Lister(String path);
  ~Lister();

  [[nodiscard]] store::Queue& queue() noexcept { return queue_; }
  [[nodiscard]] const store::Queue& queue() const noexcept { return queue_; }

 private:
  void run();
  Result<Outcome> list(const Operation& operation);
  /// Opens the connection if it is not open yet.
  Result<void> connect();

  String path_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<ListReader> reader_;
  store::Queue queue_;
  std::thread thread_;
};

}  // namespace parley::sqlite
