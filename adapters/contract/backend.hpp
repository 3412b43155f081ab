// A backend executes operations. There is one backend for the process, and one session of it for each worker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/contract/durations.hpp"
#include "adapters/contract/upstream_news.hpp"
#include "adapters/io/poller.hpp"
#include "schemas/canonical/counter.hpp"
#include "schemas/canonical/file.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::contract {

using io::Executor;
using io::Loop;
using io::Task;

/// Per-call context for the backend: deadline, trace, loss policy. Must outlive the execution.
struct Call {
  /// If set, a store calls this before it commits a write. An error undoes the write and becomes its result. May be
  /// called on any thread. A connector cannot undo a write; it uses `lossless` instead.
  std::function<Result<void>(const Outcome&)> vet;
  /// When the client gives up. A connector returns upstream_timeout before that.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  /// If true, a connector refuses a write that the vendor's API cannot carry in full (Code::lossy), before it sends
  /// anything.
  bool lossless = false;
  /// The operation that this call serves; the metrics group calls by it. Empty: the gateway makes the call for itself.
  std::optional<OperationKind> operation{};
  /// Where a connector notes losses, by canonical name. Of a write: the fields that its API cannot carry, and those
  /// that were missing when it read the record back; also if it refuses the write for them. Of a read: the shown text that
  /// was not valid Unicode. Used on the session's thread.
  shape::Losses* losses = nullptr;
  /// The `traceparent` header for calls to upstreams; empty: none is sent.
  std::string_view trace;
  /// The `Via` header for calls to upstreams: the gateways that the request passed through, then this one. Empty: none
  /// is sent.
  std::string_view via{};
  /// The `X-Request-Id` header for calls to upstreams; empty: none is sent.
  std::string_view request_id{};
  /// Where a connector notes what it did, for the logs. Used on the session's thread.
  struct Upstream {
    std::uint32_t calls = 0;
    std::chrono::microseconds time{0};  ///< total time of all calls
    std::string_view server{};          ///< `host:port` of the last call; lives as long as the backend
  }* upstream = nullptr;
};

/// One value for the metrics and the state page: `upstream_connections`, `store_commits_total`.
struct Figure {
  std::string_view name;   ///< without the program's prefix; ends in `_total` if the value only grows
  std::string_view about;  ///< description for people
  double value = 0;
  std::string_view label{};  ///< label name (`outcome`), where adjacent figures share one name
  std::string_view word{};   ///< label value: `good`
};

/// How long a backend had to wait, for the metrics: `upstream_request_seconds` of one operation.
struct Timing {
  std::string_view name;   ///< without the program's prefix; ends in `_seconds`
  std::string_view about;  ///< description for people
  std::string_view label;  ///< label name: `operation`
  std::string_view word;   ///< label value: `GetVisitor`
  Durations durations;
};

/// One worker's access to a backend. Used on that worker's thread only.
class BackendSession {
 public:
  virtual ~BackendSession() = default;
  /// Executes an operation that the adapter's table lists as possible. `operation` and `call` must live until it is
  /// done. A write is on disk when this returns. The outcome has the operation's `Answer` type.
  virtual Task<Result<Outcome>> execute(const Operation& operation, const Call& call) = 0;
  /// Executes a read that needs no waiting, such as a cached record. The pipeline tries this first, because it needs no
  /// coroutine. Empty: `execute` is needed.
  virtual std::optional<Result<Outcome>> execute_now(const Operation& operation);

  /// Keeps a part of a file that is being received, so that its bytes are never whole in memory. Parts are numbered from 0 and come in that
  /// order; PostFile makes a file of them. They are nobody's until then, and a store removes them when they grow old. `bytes` must live
  /// until it is done. Errors: unavailable; unsupported_operation, where the backend cannot execute PostFile.
  virtual Task<Result<void>> keep_part(const FileId& file, std::int64_t part, std::string_view bytes);
  /// Removes the parts of a file that will never be complete. Does nothing if they have become a file.
  virtual Task<Result<void>> drop_parts(const FileId& file);
};

class Backend {
 public:
  virtual ~Backend() = default;
  /// Opens the session of the worker that runs `loop`. The backend and the loop must outlive the session.
  virtual std::unique_ptr<BackendSession> open_session(const Loop& loop) = 0;
  /// Stores records as they are and replaces those with the same id: demo data and `parley load`. Blocks until they are
  /// committed. Connectors return unsupported_operation.
  virtual Result<void> load(const struct Records& records) = 0;
  /// True while a store has no records: only then may demo records be loaded. Always false for a connector.
  [[nodiscard]] virtual bool empty() const noexcept { return false; }
  /// Adds the times that the backend has spent waiting. Any thread.
  virtual void measure_times(List<Timing>& timings) const { static_cast<void>(timings); }
  /// Adds the backend's figures. Any thread.
  virtual void measure(List<Figure>& figures) const { static_cast<void>(figures); }
  /// Adds the servers that the backend calls; a store adds none. Any thread.
  virtual void describe(List<UpstreamStatus>& upstreams) const { static_cast<void>(upstreams); }
  /// Sets the sink that is told what happens to those servers. Called once, before the first session is opened.
  virtual void report_to(const std::shared_ptr<EventSink>& sink) { static_cast<void>(sink); }
};

/// The records that `parley load` reads from vendor documents and dumps.
struct Records {
  List<Visitor> visitors;
  List<Agent> agents;
  List<Chat> chats;
  List<Contact> contacts;
  List<Message> messages;  ///< of chats that are stored before, or among `chats`
  List<Department> departments{};
  List<OfflineMessage> offline_messages{};
  List<PageVisit> page_visits{};
  List<CounterRecord> counters{};
  List<File> files{};
  List<FilePart> file_parts{};  ///< of files that are stored before, or among `files`
  [[nodiscard]] bool empty() const noexcept {
    return visitors.empty() && agents.empty() && chats.empty() && contacts.empty() && messages.empty() &&
           departments.empty() && offline_messages.empty() && page_visits.empty() && counters.empty() &&
           files.empty() && file_parts.empty();
  }
};

}  // namespace parley::contract
