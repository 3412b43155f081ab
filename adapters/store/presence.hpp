// Who is on the site, and whose the page visits are.
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

/// The token of a visitor's page visits: a visitor without a token uses its id as one.
[[nodiscard]] inline const Text& token_of_pages(const Visitor& visitor) noexcept {
  return visitor.token.empty() ? visitor.id.text : visitor.token;
}

}  // namespace parley::store
