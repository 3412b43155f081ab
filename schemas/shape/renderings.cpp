// Keeps the JSON from the second call for a view on.
#include "schemas/shape/renderings.hpp"

#include <algorithm>

namespace parley::shape {

Renderings::Rendering* Renderings::find_again(const View& view) {
  for (Rendering& one : renderings_) {
    if (one.view == &view) return &one;
  }
  if (first_ == &view) return &renderings_.emplace_back(&view);
  if (first_ == nullptr) {
    first_ = &view;
  } else {
    renderings_.emplace_back(&view);
  }
  return nullptr;
}

bool Renderings::write(const View& view, const void* object, Writer& writer, Losses* losses, TextCheck check) {
  Buffer& out = writer.out();
  Rendering* const rendering = find_again(view);
  if (rendering == nullptr || !rendering->kept) {
    const std::size_t begin = out.size();
    write_object(view, object, writer);
    if (rendering == nullptr || out.overflowed()) {  // after an overflow the JSON is not all there
      if (losses != nullptr) find_losses(view, object, *losses);
      return check != nullptr && check(out.view().substr(std::min(begin, out.size())));
    }
    rendering->json.append(out.view().substr(begin));
    find_losses(view, object, rendering->losses);
    rendering->kept = true;
  } else {
    out.append(rendering->json.view());
  }
  if (losses != nullptr) losses->insert(losses->end(), rendering->losses.begin(), rendering->losses.end());
  if (check != nullptr && !rendering->checked) rendering->checked = check(rendering->json.view());
  return check != nullptr && *rendering->checked;
}

const Losses* Renderings::kept_losses(const View& view) const noexcept {
  for (const Rendering& one : renderings_) {
    if (one.view == &view) return one.kept ? &one.losses : nullptr;
  }
  return nullptr;
}

}  // namespace parley::shape
