// Finds parts of a document without which the translation is the same, for translations without a way back (a chat's agents do
// not make a chat). Also finds a part without which it is different.
#pragma once

#include <functional>
#include <optional>

#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {

class UnusedFinder {
 public:
  /// Translates a document without an envelope; nullopt if that fails.
  using Translate = std::function<std::optional<String>(std::string_view source)>;
  using Note = std::function<void(const String& pointer, const Place& place)>;

  /// `root` and `target` must outlive the finder.
  UnusedFinder(const shape::Node& root, std::string_view target, Translate translate, Note note)
      : root_(root), target_(target), translate_(std::move(translate)), note_(std::move(note)) {}

  /// Calls `note` for each outermost non-empty value below `parent` without which the translation is the same.
  void look_below(const shape::Node& parent, const Place& place, String& pointer) const;
  /// Extends `pointer` from `parent` to the first innermost value without which the translation is different. Leaves it
  /// unchanged if there is none.
  void point_at_trace(const shape::Node& parent, String& pointer) const;

 private:
  /// The translation without one of `parent`'s children; nullopt if that fails.
  [[nodiscard]] std::optional<String> without(const shape::Node& parent, std::size_t index) const;

  const shape::Node& root_;
  std::string_view target_;
  Translate translate_;
  Note note_;
};

}  // namespace parley::gateway::translate
