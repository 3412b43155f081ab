// Takes the JSON out of a JSONP script. Some upstreams, or proxies in front of them, answer in JSONP although the request did not
// ask for it.
#pragma once

#include <optional>
#include <string_view>

namespace parley::enghouse {

/// The part of a body that should be JSON, without blanks and a byte order mark around it: the argument of the script's call, or
/// the whole body where it is not a script. A script is an optional `/**/`, an optional guard (`typeof NAME === 'function' &&` or
/// `NAME &&`), `NAME(…)` and an optional `;`, with the same name throughout. The argument may have further parentheses. Nothing is
/// evaluated. nullopt: the body begins like a script but is not one.
[[nodiscard]] std::optional<std::string_view> unwrap(std::string_view body) noexcept;

}  // namespace parley::enghouse
