// JSON out of a script: some upstreams, or a proxy before them, answer in JSONP although nobody asked for it.
#pragma once

#include <optional>
#include <string_view>

namespace parley::enghouse {

/// The part of a body that has to be JSON: what stands in the call of a script, else the whole body; blanks and a byte order
/// mark around it are gone. A script is an optional `/**/`, an optional guard (`typeof NAME === 'function' &&` or `NAME &&`),
/// `NAME(…)` and perhaps a `;`, with one name throughout; the argument may stand in parentheses of its own. Nothing is
/// evaluated. nullopt: it begins like a script and is none.
[[nodiscard]] std::optional<std::string_view> unwrap(std::string_view body) noexcept;

}  // namespace parley::enghouse
