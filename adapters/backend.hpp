// A backend: what executes operations. One for the process, a lane of it for each worker.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::adapters {

/// A concrete executor: no type erasure on the request path.
using Executor = boost::asio::io_context::executor_type;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

/// What goes with one execution. Must outlive it.
struct Call {
  /// Where set, a write asks this before it is committed; an error undoes the write and becomes its result. Called on
  /// any thread.
  std::function<Result<void>(const Outcome&)> vet;
};

/// A worker's end of a backend: used on that worker's thread only.
class Lane {
 public:
  virtual ~Lane() = default;
  /// Executes. `operation` and `call` must live until it is done. A write is on disk when this returns.
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
  /// Empty where the operation can be done; else the reason, for `parley check`, `parley routes` and the client.
  [[nodiscard]] virtual std::string_view unsupported(OperationKind kind) const noexcept = 0;
  /// A lane for the worker that runs `executor`. The backend must outlive it.
  virtual std::unique_ptr<Lane> open_lane(Executor executor) = 0;
  /// Stores records as they are, replacing those of the same id: demo data and `parley load`. Blocks. Returns after
  /// commit. Not for connectors: unsupported_operation.
  virtual Result<void> load(const struct Records& records) = 0;
  /// True while a store has no record at all: then, and only then, demo records may be loaded. A connector is never empty.
  [[nodiscard]] virtual bool empty() const noexcept { return false; }
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

}  // namespace parley::adapters
