// All counters and logs of the process, and their text for Prometheus.
#pragma once

#include <atomic>
#include <memory>
#include <span>

#include "adapters/contract/backend.hpp"
#include "gateway/observe/shard.hpp"
#include "gateway/observe/standing.hpp"

namespace parley::gateway::observe {

/// The counts of one backend.
struct Measured {
  String backend;
  List<contract::Figure> figures;
  List<contract::Timing> timings{};
};

/// Any thread, unless a function says otherwise.
class Observer {
 public:
  explicit Observer(std::size_t workers);

  /// The shard of a worker. Give it to the worker before the worker starts.
  [[nodiscard]] const std::shared_ptr<Shard>& shard(std::size_t worker) const noexcept { return shards_[worker]; }
  /// The series of an operation of a route. A reload gets the same series, so that no counter falls. Valid as long as the
  /// observer.
  [[nodiscard]] Series& series(std::string_view route, std::string_view style, std::string_view operation) {
    return series_.named(route, style, operation);
  }
  /// The file of the access log. It is switched at the start and at a reload, and reopened after a rotation.
  [[nodiscard]] LineFile& access() noexcept { return *access_; }

  std::atomic<std::uint64_t> reloads{0};         ///< successful reloads
  std::atomic<std::uint64_t> reloads_failed{0};  ///< reloads that failed and changed nothing
  std::atomic<std::uint64_t> revision{1};        ///< number of the revision in use

  /// The text of /metrics.
  [[nodiscard]] String expose(std::span<const Measured> backends, const Standing& standing = {}) const;

 private:
  std::shared_ptr<LineFile> access_ = std::make_shared<LineFile>();
  std::shared_ptr<LossNames> losses_ = std::make_shared<LossNames>();
  SeriesTable series_;
  List<std::shared_ptr<Shard>> shards_;
};

/// The content type of the text of `expose`.
inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace parley::gateway::observe
