// Keeps the JSON from the second call for a view on.
#include "schemas/shape/renderings.hpp"

namespace parley::shape {

void Renderings::write(const View& view, const void* object, Writer& writer, Losses* losses) {
  for (Rendering& rendering : renderings_) {
    if (rendering.view != &view) continue;
    if (!rendering.kept) {
      Writer own(rendering.json);
      write_object(view, object, own);
      find_losses(view, object, rendering.losses);
      rendering.kept = true;
    }
    writer.out().append(rendering.json.view());
    if (losses != nullptr) losses->insert(losses->end(), rendering.losses.begin(), rendering.losses.end());
    return;
  }
  renderings_.push_back({.view = &view, .json = {}, .losses = {}});
  write_object(view, object, writer);
  if (losses != nullptr) find_losses(view, object, *losses);
}

}  // namespace parley::shape
