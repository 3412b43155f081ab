// Whether an answer is one that a client can use, whatever vendor wrote it.
#pragma once

#include "adapters/contract/adapter.hpp"

namespace parley::test {

/// A route of that adapter with every kind of credential set.
[[nodiscard]] config::Route route_of(const contract::Adapter& adapter, std::string_view profile = {});
/// The profiles among those of all vendors that the adapter's check_route has nothing against; "" is one of them.
[[nodiscard]] List<String> profiles_of(const contract::Adapter& adapter);

/// Empty where `script` is `NAME(JSON);` in one of the safe forms; else what is wrong with it.
[[nodiscard]] String fault_of_script(std::string_view script);
/// Empty where status, type, body and header lines belong together: JSON for a JSON type, a script for a script type,
/// plain text without markup, valid UTF-8, one `Name: value` a line. Else what is wrong.
[[nodiscard]] String fault_of(const http::Reply& reply);

}  // namespace parley::test
