// A store on a file of its own and lanes to talk to it, for the tests of this folder.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sqlite/store.hpp"

namespace parley::sqlite::test {

namespace asio = boost::asio;

/// A directory that goes with the object.
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
  settings.path = path;
  settings.page_changes = page_changes;
  return settings;
}

/// What one operation on one lane gives, waiting for it.
inline asio::awaitable<void, contract::Executor> execute_into(contract::BackendSession& session,
                                                              const Operation& operation, const contract::Call& call,
                                                              std::optional<Result<Outcome>>& result) {
  Result<Outcome> got = co_await session.execute(operation, call);
  result.emplace(std::move(got));
}

/// A worker: a context and its lane. Used on one thread.
class Worker {
 public:
  explicit Worker(contract::Backend& backend) : session_(backend.open_session({context_.get_executor(), poller_})) {}

  Result<Outcome> run(const Operation& operation, const contract::Call& call = {}) {
    std::optional<Result<Outcome>> result;
    asio::co_spawn(context_, execute_into(*session_, operation, call, result), asio::detached);
    context_.restart();
    context_.run();
    REQUIRE(result.has_value());
    return std::move(*result);
  }
  /// The outcome of a kind that must succeed.
  template <class T>
  T get(const Operation& operation) {
    auto result = run(operation);
    REQUIRE_MESSAGE(result.has_value(), (result ? String() : result.error().message + " " + result.error().detail));
    REQUIRE(std::holds_alternative<T>(*result));
    return std::get<T>(*std::move(result));
  }
  Visitor visitor(const Operation& operation) { return *get<Ref<Visitor>>(operation); }
  Chat chat(const Operation& operation) { return *get<Ref<Chat>>(operation); }
  Agent agent(const Operation& operation) { return *get<Ref<Agent>>(operation); }
  /// The code of an operation that must fail.
  Code refused(const Operation& operation) {
    auto result = run(operation);
    REQUIRE(result.has_error());
    return result.error().code;
  }
  [[nodiscard]] asio::io_context& context() noexcept { return context_; }
  [[nodiscard]] contract::BackendSession& session() noexcept { return *session_; }

 private:
  asio::io_context context_{1};
  io::Poller poller_;
  std::unique_ptr<contract::BackendSession> session_;
};

inline std::unique_ptr<contract::Backend> open(const String& path, const String& page_changes = "url") {
  auto store = Store::open(settings_for(path, page_changes));
  REQUIRE_MESSAGE(store.has_value(), (store ? String() : store.error().message + " " + store.error().detail));
  return *std::move(store);
}

/// A fresh store with one worker.
struct World {
  explicit World(const String& page_changes = "url") : changes(page_changes), backend(open(folder.file(), changes)) {
    worker.emplace(*backend);
  }
  Worker* operator->() { return &*worker; }
  void load(const contract::Records& records) {
    const auto loaded = backend->load(records);
    REQUIRE_MESSAGE(loaded.has_value(), (loaded ? String() : loaded.error().message + " " + loaded.error().detail));
  }
  /// The program ends and starts again.
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

// --- operations and records in short ---------------------------------------------------------------------------------

inline RegisterVisitor registration(const String& token) {
  RegisterVisitor operation;
  operation.token = token;
  return operation;
}
inline GetVisitor by_token(const String& token) {
  GetVisitor operation;
  operation.token = token;
  return operation;
}
inline GetVisitor by_id(const String& id) {
  GetVisitor operation;
  operation.visitor.text = id;
  return operation;
}
inline GetChatContact contact_of(const String& chat) {
  GetChatContact operation;
  operation.chat.text = chat;
  return operation;
}
inline OpenChat opening(const String& token) {
  OpenChat operation;
  operation.token = token;
  operation.source = "api";
  return operation;
}
inline RecordPageVisit page_of(const String& token, const String& url, const String& change = "url") {
  RecordPageVisit operation;
  operation.token = token;
  operation.change = change;
  operation.title = "Title of " + url;
  operation.url = url;
  return operation;
}
inline SetAgentStatus status_for(const String& agent, const String& status) {
  SetAgentStatus operation;
  operation.agent.text = agent;
  operation.status = status;
  return operation;
}
inline Agent agent_named(const String& id, const String& name, const String& status) {
  Agent agent;
  agent.id.text = id;
  agent.name = name;
  agent.status = status;
  return agent;
}

}  // namespace parley::sqlite::test
