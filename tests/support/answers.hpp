// Checks whether a client can use an answer, independent of the vendor.
#pragma once

#include "adapters/contract/adapter.hpp"

namespace parley::test {

/// A route of that adapter with every kind of credential set.
[[nodiscard]] config::Route route_of(const contract::Adapter& adapter, std::string_view profile = {});
/// The profiles of all vendors that the adapter's `check_route` accepts. "" is one of the candidates.
[[nodiscard]] List<String> profiles_of(const contract::Adapter& adapter);

/// Empty if `script` is `NAME(JSON);` in one of the safe forms. Otherwise what is wrong with it.
[[nodiscard]] String fault_of_script(std::string_view script);
/// Empty if status, content type, body and header lines fit together: JSON for a JSON type, a script for a script type, plain text
/// without markup, a body that is valid UTF-8 and not empty, one `Name: value` a line. Otherwise what is wrong.
[[nodiscard]] String fault_of(const http::Reply& reply);

}  // namespace parley::test
