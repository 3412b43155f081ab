// Compares a document with what came back of it after a translation, value by value.
#pragma once

#include "gateway/translate/explain.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

/// Adds what is lost or narrowed to a report, in the order of the source.
class Comparison {
 public:
  /// Both must outlive it.
  Comparison(const Explainer& explainer, Report& report) : explainer_(explainer), report_(report) {}

  /// A value with its place in its table.
  struct Side {
    const shape::Node* node;
    Place place;
  };

  /// `back.node` is nullptr where nothing came back. `pointer` is the source's place, and is left as it was.
  void compare(const Side& source, const Side& back, String& pointer);

 private:
  void compare_members(const Side& source, const Side& back, String& pointer);
  /// What is missing was taken out of the middle as often as off the end, and what was added, put in front: elements are
  /// matched by what they share.
  void compare_elements(const Side& source, const Side& back, String& pointer);
  void note(Change change, const String& pointer, const Place& place, const shape::Node* back);

  const Explainer& explainer_;
  Report& report_;
};

}  // namespace parley::gateway::translate
