// Reads whole tables on a thread of its own, so that a list of 100,000 visitors holds up nobody's worker.
#pragma once

#include <thread>

#include "adapters/sqlite/tables.hpp"
#include "adapters/store/jobs.hpp"

namespace parley::sqlite {

/// ListVisitors, ListAgents or ListChats.
struct ListJob : store::Job {
  explicit ListJob(OperationKind which) noexcept : kind(which) {}
  OperationKind kind;
  Result<Outcome> result = Error{};
};

class Lister {
 public:
  /// The file must have been opened by a writer before.
  explicit Lister(String path);
  ~Lister();

  [[nodiscard]] store::Queue& queue() noexcept { return queue_; }
  [[nodiscard]] const store::Queue& queue() const noexcept { return queue_; }

 private:
  void run();
  Result<Outcome> list(OperationKind kind);
  List<Chat> open_chats();
  /// Opens the connection if it is not open yet.
  Result<void> connect();

  String path_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Tables> tables_;
  store::Queue queue_;
  std::thread thread_;
};

}  // namespace parley::sqlite
