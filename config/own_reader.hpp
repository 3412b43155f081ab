// Reads the keys of backends and routes that belong to adapters, by the adapters' tables.
#pragma once

#include "config/grammar.hpp"

namespace parley::config {

class OwnReader {
 public:
  /// Faults go to `reading`: values that do not fit, whoever's key it is; keys that nobody has; keys that the backend's or
  /// route's own adapter requires. That a key is another adapter's is no fault here.
  OwnReader(const Grammar& grammar, shape::Reading& reading) : grammar_(grammar), reading_(reading) {}

  /// `root` is what `settings` were read from. A backend gets a value of each table of its kind, a route of its facade and of the style
  /// of `emit`.
  void read(const shape::Node& root, Settings& settings);

 private:
  /// A table with the object that is filled from it.
  struct Filled {
    const OwnTable* table;
    std::shared_ptr<void> value;
    bool kept;   ///< the backend or route gets it
    bool owned;  ///< the table is of the kind or facade itself
  };

  /// `names`: the adapters who decide, in this order, what a value of a key may be that several have.
  [[nodiscard]] List<Filled> prepare(std::initializer_list<const shape::Node*> names) const;
  void read_place(const shape::Node& node, At place, List<Filled>& filled);
  void read_both(const shape::Node& node, At place, At auth, List<Filled> filled, OwnSettings& own);

  const Grammar& grammar_;
  shape::Reading& reading_;
};

}  // namespace parley::config
