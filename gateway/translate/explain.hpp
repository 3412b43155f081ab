// Finds the reason in the tables for a value that was lost or changed.
#pragma once

#include "gateway/translate/place.hpp"
#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

class Explainer {
 public:
  /// `carried`: the record as the target's kind. `direct`: the record needed no projection.
  Explainer(const NamedShape& from, const NamedShape& to, const Record& carried, bool direct);

  /// The reason for the value at that place of the source; empty if no table has one.
  [[nodiscard]] String why(const Place& place) const;
  /// The reason to print if no table has one.
  [[nodiscard]] String otherwise() const;

 private:
  [[nodiscard]] String find(const Place& place) const;
  [[nodiscard]] std::optional<String> from_table(const Place& place) const;
  [[nodiscard]] std::optional<String> from_losses(const Place& place) const;
  [[nodiscard]] std::optional<String> from_projection(const Place& place) const;

  const NamedShape& from_;
  const NamedShape& to_;
  shape::Losses losses_;
  bool direct_;
};

}  // namespace parley::gateway::translate
