// A backend: what executes operations. One for the process, a lane of it for each worker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/contract/durations.hpp"
#include "adapters/contract/upstream_news.hpp"
#include "adapters/io/poller.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::contract {

using io::Executor;
using io::Loop;
using io::Task;

/// What goes with one execution. Must outlive it.
struct Call {
  /// Where set, a write asks this before it is committed; an error undoes the write and becomes its result. Called on
  /// any thread. A connector cannot undo: it has `lossless` instead.
  std::function<Result<void>(const Outcome&)> vet;
  /// When the client gives up: a connector ends with upstream_timeout before that.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  /// A write that the vendor's API cannot carry whole is refused (Code::lossy) before anything is sent.
  bool lossless = false;
  /// What this is done for, by which calls are told apart in the metrics; nothing: for the gateway itself.
  std::optional<OperationKind> operation{};
  /// Where a connector notes what a write asked for and the upstream did not keep, by canonical name: what its API
  /// cannot say, and what was not there when it was read back. Of a read too: which text that the answer shows was no
  /// Unicode. On the lane's thread.
  shape::Losses* losses = nullptr;
  /// The value of the `traceparent` header for the calls that this causes; empty = none is sent.
  std::string_view trace;
  /// The value of the `Via` header for the calls that this causes: through whom the request came, and this gateway behind
  /// them. Empty = none is sent.
  std::string_view via{};
  /// The value of the `X-Request-Id` header for the calls that this causes; empty = none is sent.
  std::string_view request_id{};
  /// Where a connector notes what it did, for the logs. On the lane's thread.
  struct Upstream {
    std::uint32_t calls = 0;
    std::chrono::microseconds time{0};  ///< of all of them together
    std::string_view server{};          ///< `host:port` that was called last; lives as long as the backend
  }* upstream = nullptr;
};

/// One figure of a backend, for the metrics and the state: `upstream_connections`, `store_commits_total`.
struct Figure {
  std::string_view name;   ///< without the program's prefix; ends in `_total` where it only grows
  std::string_view about;  ///< for people
  double value = 0;
  std::string_view label{};  ///< `outcome`, where several figures share the name: these stand in a row
  std::string_view word{};   ///< `good`
};

/// How long what a backend waits for has taken, for the metrics: `upstream_request_seconds` of one operation.
struct Timing {
  std::string_view name;   ///< without the program's prefix; ends in `_seconds`
  std::string_view about;  ///< for people
  std::string_view label;  ///< `operation`
  std::string_view word;   ///< `GetVisitor`
  Durations durations;
};

/// A worker's end of a backend: used on that worker's thread only.
class BackendSession {
 public:
  virtual ~BackendSession() = default;
  /// Executes an operation that the adapter's table says it can. `operation` and `call` must live until it is done. A write is
  /// on disk when this returns. The outcome is the operation's `Answer`.
  virtual Task<Result<Outcome>> execute(const Operation& operation, const Call& call) = 0;
  /// The same for a read that needs no waiting, such as a record in a cache: asked first, as it spares the coroutines.
  /// Nothing: `execute` has to be asked.
  virtual std::optional<Result<Outcome>> execute_now(const Operation& operation) {
    static_cast<void>(operation);
    return {};
  }
};

class Backend {
 public:
  virtual ~Backend() = default;
  /// A lane for the worker that runs `loop`. Backend and loop must outlive it.
  virtual std::unique_ptr<BackendSession> open_session(const Loop& loop) = 0;
  /// Stores records as they are, replacing those of the same id: demo data and `parley load`. Blocks. Returns after
  /// commit. Not for connectors: unsupported_operation.
  virtual Result<void> load(const struct Records& records) = 0;
  /// True while a store has no record at all: then, and only then, demo records may be loaded. A connector is never empty.
  [[nodiscard]] virtual bool empty() const noexcept { return false; }
  /// How long what it waits for has taken; any thread.
  virtual void measure_times(List<Timing>& timings) const { static_cast<void>(timings); }
  /// What it has counted; any thread.
  virtual void measure(List<Figure>& figures) const { static_cast<void>(figures); }
  /// The servers that it calls; none of a store. Any thread.
  virtual void describe(List<UpstreamStatus>& upstreams) const { static_cast<void>(upstreams); }
  /// From now on tells `sink` what happens to those servers. Called once, before a lane is opened.
  virtual void report_to(const std::shared_ptr<EventSink>& sink) { static_cast<void>(sink); }
};

/// What `parley load` reads from vendor documents.
struct Records {
  List<Visitor> visitors;
  List<Agent> agents;
  List<Chat> chats;
  List<Contact> contacts;
  [[nodiscard]] bool empty() const noexcept {
    return visitors.empty() && agents.empty() && chats.empty() && contacts.empty();
  }
};

}  // namespace parley::contract
