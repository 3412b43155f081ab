// Why a value did not come through: the reason that stands in the tables.
#pragma once

#include "gateway/translate/place.hpp"
#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

class Explainer {
 public:
  /// `carried` is the record as the target's kind; `direct` says that it never was of another kind.
  Explainer(const NamedShape& from, const NamedShape& to, const Record& carried, bool direct);

  /// The reason for the value at that place of the source; empty where no table has one.
  [[nodiscard]] String why(const Place& place) const;
  /// What is said where no table has a reason.
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
