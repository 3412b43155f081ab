// A store on its own file with sessions, for the tests of this folder.
#pragma once

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sqlite/settings.hpp"
#include "adapters/sqlite/store.hpp"
#include "tests/adapters/store/client.hpp"

namespace parley::sqlite::test {

namespace asio = boost::asio;

using store::test::agent_named;
using store::test::by_id;
using store::test::by_token;
using store::test::contact_of;
using store::test::opening;
using store::test::page_of;
using store::test::registration;
using store::test::status_for;

/// A directory that is deleted with the object.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "parley-store-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] String file(std::string_view name = "parley.db") const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline config::Backend settings_for(const String& path, const String& page_changes = "url") {
  config::Backend settings;
  settings.name = "local";
  settings.kind = "sqlite";
  settings.own.edit<BackendSettings>() = {.path = path, .page_changes = page_changes};
  return settings;
}

/// Executes one operation on one session and stores the result. Never answers a list from the cache.
inline asio::awaitable<void, contract::Executor> execute_into(contract::BackendSession& session,
                                                              const Operation& operation, const contract::Call& call,
                                                              std::optional<Result<Outcome>>& result) {
  Result<Outcome> got = co_await session.execute(operation, call);
  result.emplace(std::move(got));
}

inline asio::awaitable<void, contract::Executor> await_into(contract::Task<Result<void>> task,
                                                            std::optional<Result<void>>& result) {
  Result<void> got = co_await std::move(task);
  result.emplace(std::move(got));
}

/// A worker: an io_context and its session. Used on one thread.
class Worker final : public store::test::Client {
 public:
  explicit Worker(contract::Backend& backend) : session_(backend.open_session({context_.get_executor(), poller_})) {}

  using Client::run;
  /// As the pipeline does: asks for an answer that needs no waiting first.
  Result<Outcome> run(const Operation& operation, const contract::Call& call) override {
    if (auto at_once = session_->execute_now(operation)) return *std::move(at_once);
    return wait_for(operation, call);
  }
  Result<Outcome> wait_for(const Operation& operation, const contract::Call& call = {}) {
    std::optional<Result<Outcome>> result;
    asio::co_spawn(context_, execute_into(*session_, operation, call, result), asio::detached);
    context_.restart();
    context_.run();
    REQUIRE(result.has_value());
    return std::move(*result);
  }
  Result<void> keep_part(const FileId& file, std::int64_t part, std::string_view bytes) {
    return wait_for(session_->keep_part(file, part, bytes));
  }
  Result<void> drop_parts(const FileId& file) { return wait_for(session_->drop_parts(file)); }
  [[nodiscard]] asio::io_context& context() noexcept { return context_; }
  [[nodiscard]] contract::BackendSession& session() noexcept { return *session_; }

 private:
  Result<void> wait_for(contract::Task<Result<void>> task) {
    std::optional<Result<void>> result;
    asio::co_spawn(context_, await_into(std::move(task), result), asio::detached);
    context_.restart();
    context_.run();
    REQUIRE(result.has_value());
    return std::move(*result);
  }

  asio::io_context context_{1};
  io::Poller poller_;
  std::unique_ptr<contract::BackendSession> session_;
};

inline std::unique_ptr<contract::Backend> open(const String& path, const String& page_changes = "url") {
  auto store = Store::open(settings_for(path, page_changes));
  REQUIRE_MESSAGE(store.has_value(), (store ? String() : store.error().message + " " + store.error().detail));
  return *std::move(store);
}

/// A new store with one worker.
struct World {
  explicit World(const String& page_changes = "url") : changes(page_changes), backend(open(folder.file(), changes)) {
    worker.emplace(*backend);
  }
  Worker* operator->() { return &*worker; }
  void load(const contract::Records& records) {
    const auto loaded = backend->load(records);
    REQUIRE_MESSAGE(loaded.has_value(), (loaded ? String() : loaded.error().message + " " + loaded.error().detail));
  }
  /// Closes the store and opens it again, as a restart of the program does.
  void restart() {
    worker.reset();
    backend.reset();
    backend = open(folder.file(), changes);
    worker.emplace(*backend);
  }

  Folder folder;
  String changes;
  std::unique_ptr<contract::Backend> backend;
  std::optional<Worker> worker;
};

}  // namespace parley::sqlite::test
