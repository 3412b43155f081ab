// Keeps the JSON from the second call for a view on.
#include "schemas/shape/renderings.hpp"

namespace parley::shape {

bool Renderings::write(const View& view, const void* object, Writer& writer, Losses* losses, TextCheck check) {
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
    if (check != nullptr && !rendering.checked) rendering.checked = check(rendering.json.view());
    return check != nullptr && *rendering.checked;
  }
  renderings_.push_back({.view = &view, .checked = {}, .json = {}, .losses = {}});
  const std::size_t begin = writer.out().size();
  write_object(view, object, writer);
  if (losses != nullptr) find_losses(view, object, *losses);
  return check != nullptr && check(writer.out().view().substr(std::min(begin, writer.out().size())));
}

}  // namespace parley::shape
