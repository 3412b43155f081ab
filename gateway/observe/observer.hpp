// All that a process notes about itself, and its text for Prometheus.
#pragma once

#include <atomic>
#include <memory>
#include <span>

#include "adapters/contract/backend.hpp"
#include "gateway/observe/shard.hpp"
#include "gateway/observe/standing.hpp"

namespace parley::gateway::observe {

/// What one backend has counted.
struct Measured {
  String backend;
  List<contract::Figure> figures;
  List<contract::Timing> timings{};
};

/// Any thread, but for what says otherwise.
class Observer {
 public:
  explicit Observer(std::size_t workers);

  /// The worker's own. The worker must have it before it starts.
  [[nodiscard]] const std::shared_ptr<Shard>& shard(std::size_t worker) const noexcept { return shards_[worker]; }
  /// The series of an operation of a route; the same one after a reload, so that no counter falls. Valid as long as this.
  [[nodiscard]] Series& series(std::string_view route, std::string_view style, std::string_view operation) {
    return series_.named(route, style, operation);
  }
  /// The access log's file: another one at the start and with a reload, `reopen` after a rotation.
  [[nodiscard]] LineFile& access() noexcept { return *access_; }

  std::atomic<std::uint64_t> reloads{0};         ///< that brought a new revision
  std::atomic<std::uint64_t> reloads_failed{0};  ///< that changed nothing, as the file was bad
  std::atomic<std::uint64_t> revision{1};        ///< that is served

  /// The page /metrics.
  [[nodiscard]] String expose(std::span<const Measured> backends, const Standing& standing = {}) const;

 private:
  std::shared_ptr<LineFile> access_ = std::make_shared<LineFile>();
  std::shared_ptr<LossNames> losses_ = std::make_shared<LossNames>();
  SeriesTable series_;
  List<std::shared_ptr<Shard>> shards_;
};

/// The type of what `expose` gives.
inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace parley::gateway::observe
