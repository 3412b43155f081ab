// What the records of a list lose, each member once: found by hash, since records may have members of a name that no other
// record has, and a list of many thousands must not hold up whoever writes it.
#pragma once

#include <unordered_set>

#include "schemas/shape/view.hpp"

namespace parley::shape {

class DistinctLosses {
 public:
  /// Adds to `losses`, which must outlive this. What it names already is not added.
  explicit DistinctLosses(Losses& losses) : losses_(losses) {
    for (const Loss& loss : losses) named_.insert(loss.member);
  }

  void add(Loss loss) {
    if (named_.insert(loss.member).second) losses_.push_back(std::move(loss));
  }
  /// Adds what `find_losses` finds.
  void find(const View& view, const void* object) {
    Losses found;
    find_losses(view, object, found);
    for (Loss& loss : found) add(std::move(loss));
  }

 private:
  Losses& losses_;
  std::unordered_set<String> named_;
};

}  // namespace parley::shape
