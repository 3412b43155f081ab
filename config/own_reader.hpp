// Reads the adapters' own keys of backends and routes by the adapters' tables.
#pragma once

#include "config/grammar.hpp"

namespace parley::config {

class OwnReader {
 public:
  /// Adds faults to `reading`: values that do not fit, of any adapter's key; unknown keys; missing keys that the adapter of the backend's
  /// `kind` or the route's `facade` requires. A key of another adapter is not a fault here. Both references must outlive the object.
  OwnReader(const Grammar& grammar, shape::Reading& reading) : grammar_(grammar), reading_(reading) {}

  /// `root` is the node that `settings` were read from. Puts a value of each table of the `kind` into a backend, and of each table of the
  /// `facade` and the `emit` into a route.
  void read(const shape::Node& root, Settings& settings);

 private:
  /// A table, and the object that is filled by it.
  struct Filled {
    const OwnTable* table;
    std::shared_ptr<void> value;
    bool kept;   ///< the backend or route keeps the value
    bool owned;  ///< the table belongs to the `kind` or `facade`
  };

  /// A new object for each table. If several adapters have a key, the first table decides which values it takes. First come the tables
  /// of the adapters in `names`, in this order.
  [[nodiscard]] List<Filled> prepare(std::initializer_list<const shape::Node*> names) const;
  void read_place(const shape::Node& node, At place, List<Filled>& filled);
  void read_both(const shape::Node& node, At place, At auth, List<Filled> filled, OwnSettings& own);

  const Grammar& grammar_;
  shape::Reading& reading_;
};

}  // namespace parley::config
