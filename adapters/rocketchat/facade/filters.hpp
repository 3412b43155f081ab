// The filters of the vendor's lists. A filter looks at the document that the client would be shown, so what the document does not
// tell, such as the tags of a chat that another vendor keeps, matches no filter.
#pragma once

#include <functional>

#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/operation.hpp"

namespace parley::rocketchat {

/// Whether a document is wanted.
using Filter = std::function<bool(const shape::Node& document)>;

/// The filter of a parameter; an empty one where the parameter or its value filters nothing: `sort`, `onhold=false`.
/// Errors: malformed_request, with the vendor's text, for what is no JSON or no date.
Result<Filter> make_filter(const Parameter& parameter);

/// The parameter `term`: e-mail and phone are it, or name or username contain it, case ignored. Looked for in the record, which is
/// faster than in its document: a store may hold many visitors. No term matches every visitor.
[[nodiscard]] bool matches(const Visitor& visitor, std::string_view term);

/// Whether a list that a server gave for a query can be one that it selected. Old servers pass over parameters that they do not
/// know, and a document that the query leaves out tells so. Filters whose meaning has changed, or that look at more than the
/// document, are not asked.
[[nodiscard]] bool obeys(const ListQuery& query, const shape::Node& list);

/// The first node at a path such as `v.name`, or nullptr. A list on the way stands for its first element.
[[nodiscard]] const shape::Node* find_path(const shape::Node& document, std::string_view path) noexcept;

}  // namespace parley::rocketchat
