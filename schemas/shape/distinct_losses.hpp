// Collects the losses of the records of a list, each member once. It looks members up by hash, because each of many thousands of
// records may have a member of another name, and a linear search would then block the thread that writes the list. Most members are
// constants of the tables that record after record loses: it knows those again by their address.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <unordered_set>

#include "schemas/shape/view.hpp"

namespace parley::shape {

class DistinctLosses {
 public:
  /// Adds to `losses`, which must outlive this object. Members that `losses` already names are not added again.
  explicit DistinctLosses(Losses& losses) : losses_(losses) {
    for (const Loss& loss : losses) named_.insert(loss.member);
  }
  DistinctLosses(const DistinctLosses&) = delete;
  DistinctLosses& operator=(const DistinctLosses&) = delete;

  void add(const Loss& loss) {
    if (is_known_constant(loss.member)) return;
    if (named_.insert(loss.member).second) losses_.push_back(loss);
  }
  /// Adds the losses that `find_losses` finds.
  void find(const View& view, const void* object) {
    found_.clear();
    find_losses(view, object, found_);
    for (const Loss& loss : found_) add(loss);
  }
  /// Writes a shared record as `Ref::write` does, and adds its losses if `report`.
  template <class Shared>
  void write(const Shared& record, const View& view, Writer& writer, bool report) {
    record.write(view, writer, nullptr);
    if (!report) return;
    if (const Losses* kept = record.kept_losses(view)) {
      for (const Loss& loss : *kept) add(loss);
    } else {
      find(view, record.get());
    }
  }

 private:
  struct Hash {
    std::size_t operator()(const Label& label) const noexcept { return std::hash<std::string_view>{}(label.view()); }
  };

  /// Whether `member` is a constant that was seen before, and is not forgotten; remembers it.
  bool is_known_constant(const Label& member) noexcept {
    const std::string_view text = member.view();
    if (!member.is_constant() || text.empty()) return false;
    constexpr std::size_t places = 4;  // where a constant may stand: two often want the same place
    const std::size_t first =
        (reinterpret_cast<std::uintptr_t>(text.data()) * 0x9E3779B97F4A7C15U) >> (64U - constant_bits);
    for (std::size_t i = 0; i < places; ++i) {
      std::string_view& seen = constants_[(first + i) % constants_.size()];
      if (seen.data() == text.data() && seen.size() == text.size()) return true;
      if (seen.data() == nullptr) {
        seen = text;
        return false;
      }
    }
    constants_[first] = text;
    return false;
  }

  static constexpr unsigned constant_bits = 7;

  Losses& losses_;
  std::array<std::string_view, 1U << constant_bits> constants_{};
  std::array<std::byte, 4096> memory_;  // for the names of some tens of members
  std::pmr::monotonic_buffer_resource pool_{memory_.data(), memory_.size()};
  std::pmr::unordered_set<Label, Hash> named_{&pool_};
  Losses found_;  // of one record; kept for its memory
};

}  // namespace parley::shape
