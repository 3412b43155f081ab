// Counts losses by canonical field. Names can come from documents, so their number is limited.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "gateway/observe/counter.hpp"
#include "schemas/shape/view.hpp"

namespace parley::gateway::observe {

/// The field under which a lost member is counted. A canonical field keeps its name (`visitor.token`). A member that only one
/// vendor's document has counts as that document (`zendesk.visitor`). Anything else is `other`. Returns a view into `member`,
/// or a literal.
[[nodiscard]] std::string_view loss_field(std::string_view member) noexcept;

/// Numbers the lost fields, for all workers alike. Any thread.
class LossNames {
 public:
  static constexpr std::size_t most = 256;

  /// The number of a field, a new one if needed. 0 (`other`) if there are `most` names already.
  std::size_t number(std::string_view field);
  [[nodiscard]] std::size_t size() const noexcept { return size_.load(std::memory_order_acquire); }
  /// `number` must be below `size()`.
  [[nodiscard]] std::string_view name(std::size_t number) const noexcept { return names_[number]; }

 private:
  std::mutex mutex_;
  std::array<String, most> names_{"other"};  // names below `size_` never change
  std::atomic<std::size_t> size_{1};
};

/// Losses by the number of their field.
using LossTally = std::array<Counter, LossNames::most>;

/// The members that an answer has lost, in order, and what is made of them.
struct LossSet {
  List<shape::Label> members;
  List<std::uint16_t> numbers;  ///< of their fields
  String listed;                ///< empty at first; whoever lists the members for people keeps the text here
};

/// One worker's counts. `value` on any thread, the rest on the worker's.
class LossCounts {
 public:
  static constexpr std::size_t most_members = 32;     ///< of a set that is kept
  static constexpr std::size_t longest_member = 128;  ///< of a set that is kept

  explicit LossCounts(std::shared_ptr<LossNames> names) : names_(std::move(names)) {}

  /// The set of the members of `losses`: the one that was kept, else a new one. Most answers lose the same members as one before, so
  /// usually nothing is computed or allocated. Keeps a limited number of sets of limited size. Valid until the next call.
  [[nodiscard]] LossSet& set_of(const shape::Losses& losses);
  /// `of_route`: this worker's counts for the route, or nullptr.
  void count(const shape::Losses& losses, LossTally* of_route = nullptr);
  [[nodiscard]] std::uint64_t value(std::size_t number) const noexcept { return counts_[number].value(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  std::size_t number_of(std::string_view member);

  std::shared_ptr<LossNames> names_;
  std::array<LossSet, 32> sets_;  // by the hash of their members
  LossSet unkept_;                // the last one that is too large to be kept; its members are not listed
  std::unordered_map<String, std::size_t, Hash, std::equal_to<>> known_;  // cache, so that the lock is not needed
  LossTally counts_;
};

}  // namespace parley::gateway::observe
