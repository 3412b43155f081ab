// Finds the parts of a document that leave no trace in its translation, by leaving them out: for translations that have no
// way back (a chat's agents do not make a chat), where nothing can be compared. And the other way about: which part it was
// that left one.
#pragma once

#include <functional>
#include <optional>

#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {

class UnusedFinder {
 public:
  /// The bare document's translation; nullopt where it has none.
  using Translate = std::function<std::optional<String>(std::string_view source)>;
  using Note = std::function<void(const String& pointer, const Place& place)>;

  /// `root` and `target` must outlive the finder.
  UnusedFinder(const shape::Node& root, std::string_view target, Translate translate, Note note)
      : root_(root), target_(target), translate_(std::move(translate)), note_(std::move(note)) {}

  /// Calls `note` for each outermost value below `parent` that says something and leaves no trace.
  void look_below(const shape::Node& parent, const Place& place, String& pointer) const;
  /// Leads `pointer` from `parent` to the first innermost value below it without which the translation is another one. It
  /// stays where there is none.
  void point_at_trace(const shape::Node& parent, String& pointer) const;

 private:
  /// The translation without one of `parent`'s children; nullopt where it has none.
  [[nodiscard]] std::optional<String> without(const shape::Node& parent, std::size_t index) const;

  const shape::Node& root_;
  std::string_view target_;
  Translate translate_;
  Note note_;
};

}  // namespace parley::gateway::translate
