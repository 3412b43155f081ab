// The filters of the vendor's lists: what each parameter asks of the document that the client would be shown.
#pragma once

#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// The conditions of a parameter; none where the parameter or its value filters nothing: `sort`, `onhold=false`.
/// Errors: malformed_request, with the vendor's text, for what is no JSON or no date.
Result<List<ListCondition>> make_conditions(const Parameter& parameter);

/// Whether a list that a server gave for a query in this API's words can be one that it selected. Old servers pass over parameters
/// that they do not know, and a document that the query leaves out tells so. Filters whose meaning has changed, or that look at more
/// than the document, are not asked.
[[nodiscard]] bool obeys(const ListQuery::Asked& asked, const shape::Node& list);

}  // namespace parley::rocketchat
