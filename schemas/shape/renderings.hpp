// Caches the JSON of an immutable record, so that a record that is served often is not written again each time.
#pragma once

#include <cstdint>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// The cached JSON of one record, one text for each shape. The record must not change. Used on one thread.
class Renderings {
 public:
  /// Writes `object` by `view` as `write_object` does. Adds what `find_losses` finds to `losses`, unless that is nullptr. Keeps the JSON
  /// from the second call for a view on, so that a record that is served only once is not copied.
  void write(const View& view, const void* object, Writer& writer, Losses* losses);

 private:
  struct Rendering {
    const View* view;
    bool kept = false;
    Buffer json;
    Losses losses;
  };
  List<Rendering> renderings_;  // one for each shape in use; these are few
};

}  // namespace parley::shape
