// Compares a document with the result of its translation and back, value by value.
#pragma once

#include "gateway/translate/explain.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

/// Adds lost and narrowed values to a report, in the order of the source.
class Comparison {
 public:
  /// Both must outlive it.
  Comparison(const Explainer& explainer, Report& report) : explainer_(explainer), report_(report) {}

  /// A value and its place.
  struct Side {
    const shape::Node* node;
    Place place;
  };

  /// Compares two values. `back.node` is nullptr if nothing came back. `pointer` points at the source; it is unchanged after
  /// the call.
  void compare(const Side& source, const Side& back, String& pointer);

 private:
  void compare_members(const Side& source, const Side& back, String& pointer);
  /// Elements may be missing or added anywhere in a list, so elements are matched by the values that they share.
  void compare_elements(const Side& source, const Side& back, String& pointer);
  void note(Change change, const String& pointer, const Place& place, const shape::Node* back);

  const Explainer& explainer_;
  Report& report_;
};

}  // namespace parley::gateway::translate
