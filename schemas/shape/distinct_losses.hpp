// Collects the losses of the records of a list, each member once. It looks members up by hash, because each of many thousands of
// records may have a member of another name, and a linear search would then block the thread that writes the list.
#pragma once

#include <unordered_set>

#include "schemas/shape/view.hpp"

namespace parley::shape {

class DistinctLosses {
 public:
  /// Adds to `losses`, which must outlive this object. Members that `losses` already names are not added again.
  explicit DistinctLosses(Losses& losses) : losses_(losses) {
    for (const Loss& loss : losses) named_.insert(loss.member);
  }

  void add(Loss loss) {
    if (named_.insert(loss.member).second) losses_.push_back(std::move(loss));
  }
  /// Adds the losses that `find_losses` finds.
  void find(const View& view, const void* object) {
    found_.clear();
    find_losses(view, object, found_);
    add_found();
  }
  /// Writes a shared record as `Ref::write` does, and adds its losses if `report`.
  template <class Shared>
  void write(const Shared& record, const View& view, Writer& writer, bool report) {
    found_.clear();
    record.write(view, writer, report ? &found_ : nullptr);
    add_found();
  }

 private:
  struct Hash {
    std::size_t operator()(const Label& label) const noexcept { return std::hash<std::string_view>{}(label.view()); }
  };

  void add_found() {
    for (Loss& loss : found_) add(std::move(loss));
  }

  Losses& losses_;
  std::unordered_set<Label, Hash> named_;
  Losses found_;  // of one record; kept for its memory
};

}  // namespace parley::shape
