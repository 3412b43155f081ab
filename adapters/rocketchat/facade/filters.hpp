// The filters of the vendor's lists. Each parameter becomes conditions on the documents that the client would be shown.
#pragma once

#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/list_query.hpp"

namespace parley::rocketchat {

/// The conditions of a parameter; none where the parameter or its value filters nothing: `sort`, `onhold=false`.
/// Errors: malformed_request, with the vendor's text, where JSON or a date is expected and the value is not one.
Result<List<ListCondition>> make_conditions(const Parameter& parameter);

/// False: the list has a document that the query excludes, so the server has ignored a parameter. Old servers ignore parameters
/// that they do not know. Does not check filters whose meaning has changed between versions, or that depend on more than the document.
[[nodiscard]] bool obeys(const ListQuery::Asked& asked, const shape::Node& list);

}  // namespace parley::rocketchat
