// Who is on the site.
#pragma once

#include "schemas/canonical/visitor.hpp"

namespace parley::store {

/// A sign of life of a visitor. One who had left the site begins a new visit.
inline void come_back(Visitor& visitor, Time now) {
  if (visitor.status != VisitorStatus::out_of_site) return;
  visitor.status = VisitorStatus::in_site;
  visitor.visits += 1;
  visitor.visit_at = now;
}

}  // namespace parley::store
