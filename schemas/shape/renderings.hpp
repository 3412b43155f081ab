// The JSON that shapes made of a record that does not change any more, so that a record served often is written once.
#pragma once

#include <cstdint>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Of one record, which must stay as it is. Used on one thread.
class Renderings {
 public:
  /// Writes `object` by `view` as `write_object` does, and adds to `losses`, unless it is nullptr, what `find_losses` finds.
  /// From the second time on the JSON is kept: a record that is served but once costs no copy.
  void write(const View& view, const void* object, Writer& writer, Losses* losses);

 private:
  struct Rendering {
    const View* view;
    bool kept = false;
    Buffer json;
    Losses losses;
  };
  List<Rendering> renderings_;  // one for each shape that was asked for: few
};

}  // namespace parley::shape
