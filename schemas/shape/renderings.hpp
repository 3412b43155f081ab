// Caches the JSON of an immutable record, so that a record that is served often is not written again each time.
#pragma once

#include <cstdint>
#include <optional>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// A question about a JSON text.
using TextCheck = bool (*)(std::string_view json) noexcept;

/// The cached JSON of one record, one text for each shape. The record must not change. Used on one thread.
class Renderings {
 public:
  /// Writes `object` by `view` as `write_object` does. Adds what `find_losses` finds to `losses`, unless that is nullptr. Keeps the JSON
  /// from the second call for a view on, so that a record that is served only once is not copied. Returns what `check` says about the
  /// JSON, and remembers that, too; false where `check` is nullptr. All calls for a view have the same check, or none.
  bool write(const View& view, const void* object, Writer& writer, Losses* losses, TextCheck check);
  /// What `find_losses` found for a view whose JSON is kept; nullptr for another view. Valid until the next call of `write`.
  [[nodiscard]] const Losses* kept_losses(const View& view) const noexcept;

 private:
  struct Rendering {
    explicit Rendering(const View* of) noexcept : view(of) {}
    const View* view;
    bool kept = false;
    std::optional<bool> checked;
    Buffer json;
    Losses losses;
  };
  /// The rendering of a view that was written before; nullptr, and notes the view, if it was not.
  Rendering* find_again(const View& view);

  const View* first_ = nullptr;  // the first view that was written; so a record that is served once allocates nothing
  List<Rendering> renderings_;   // one for each other view, and for the first from its second call on; these are few
};

}  // namespace parley::shape
